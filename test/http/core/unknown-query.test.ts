// An address says nothing that is not read: a query string where none is taken is refused, and nothing is stored.
import { withService } from '../../support/folder.ts'
import { asAdmin, intake } from '../../support/service.ts'

export const tests = withService(import.meta, (t, service) => {
  t.test('a query string where none is read', async (t) => {
    const alpha = await service.authority('alpha', { sampled: true })
    const headers = { ...alpha.author, 'idempotency-key': 'k' }

    await t.test('is refused by name, and nothing is stored', async (t) => {
      const response = await service.request({
        method: 'POST',
        url: '/v1/assessments?personRef=P-1',
        headers,
        payload: intake(),
      })
      t.equal(response.statusCode, 400)
      t.match(response.json(), {
        code: 'request-invalid',
        errors: [{ pointer: '/query', code: 'field-unknown' }],
      })
      t.notMatch(response.body, /P-1/)
      t.strictSame(
        await asAdmin(
          service.adminUrl,
          'select 1 from openras.event where authority_id = $1 and on_date is not null',
          [alpha.id],
        ),
        [],
      )
    })

    await t.test('is no fault while it is empty', async (t) => {
      const response = await service.request({
        method: 'POST',
        url: '/v1/assessments?',
        headers,
        payload: intake(),
      })
      t.equal(response.statusCode, 201, response.body)
    })

    await t.test('is told before who may look: the answer says nothing of the record', async (t) => {
      const response = await service.request({
        url: '/v1/assessments/00000000-0000-4000-8000-000000000000?x=1',
        headers: alpha.author,
      })
      t.equal(response.statusCode, 400)
    })
  })
})
