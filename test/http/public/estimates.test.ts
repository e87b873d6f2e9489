// Anybody may try the sum on an authority's published documents: no credential, nothing stored, not without end.
import { withService } from '../../support/folder.ts'
import { asAdmin, startService, type TestService } from '../../support/service.ts'
import { estimateOf, post, refused, smallIntake, withSmall } from '../driver.ts'

const tryOut = (service: TestService, authority: string, payload: object, remoteAddress?: string) =>
  service.request({
    method: 'POST',
    url: `/public/${authority}/estimates`,
    payload,
    ...(remoteAddress === undefined ? {} : { remoteAddress }),
  })

export const tests = withService(import.meta, (t, service) => {
  t.test('the public’s own estimates', async (t) => {
    const alpha = await withSmall(service, 'alpha')
    const scored = estimateOf(smallIntake())

    await t.test('are the estimates that those with a credential get, byte for byte', async (t) => {
      const open = await tryOut(service, alpha.id, scored)
      t.equal(open.statusCode, 200)
      t.equal(open.body, (await post(service, alpha.author, '/v1/estimates', scored)).body)
      t.match(open.json(), { outcome: 'indicative', amountAnnual: '12500.00', currency: 'GBP' })
    })

    await t.test('take nothing that names a person, and store nothing', async (t) => {
      refused(
        t,
        await tryOut(service, alpha.id, { ...scored, personRef: 'P-1', ageBand: '75-84' }),
        'request-invalid',
        ['field-unknown /personRef', 'field-unknown /ageBand'],
      )
      const [row] = await asAdmin(
        service.adminUrl,
        'select count(*)::int as n from openras.event where authority_id = $1 and on_date is not null',
        [alpha.id],
      )
      t.equal(row?.n, 0)
      t.notMatch(service.logged.join('\n'), /washing|elders/, 'and answers stand in no log')
    })

    await t.test('of an unknown authority are those of one that has published nothing', async (t) => {
      const { id } = await service.authority('quiet')
      const [quiet, nobody] = [await tryOut(service, id, scored), await tryOut(service, 'nobody', scored)]
      refused(t, quiet, 'questionnaire-not-found')
      t.equal(quiet.body.replaceAll(`/${id}/`, '/nobody/'), nobody.body)
      const elsewhere = await tryOut(service, alpha.id, {
        ...scored,
        questionnaire: { key: 'none', version: 1 },
      })
      t.match(
        elsewhere.json().detail,
        /GET \/public\/alpha-\d+\/questionnaires lists those that are/,
        'which needs no key',
      )
    })
  })

  t.test('are limited by the minute, each address by itself', async (t) => {
    const service = await startService(t, { publicEstimatesPerMinute: 3 })
    const alpha = await withSmall(service, 'alpha')
    const scored = estimateOf(smallIntake())
    for (let i = 0; i < 3; i += 1) t.equal((await tryOut(service, alpha.id, scored)).statusCode, 200)
    for (let i = 0; i < 2; i += 1) {
      const answer = await tryOut(service, alpha.id, scored)
      refused(t, answer, 'rate-limited')
      const seconds = Number(answer.headers['retry-after'])
      t.ok(seconds >= 1 && seconds <= 60, `Retry-After is ${answer.headers['retry-after']}`)
    }
    t.equal(
      (await tryOut(service, alpha.id, scored, '10.0.0.9')).statusCode,
      200,
      'another address is not held up',
    )
    t.equal(
      (await service.request({ url: `/public/${alpha.id}/questionnaires` })).statusCode,
      200,
      'nor is reading',
    )
    for (let i = 0; i < 5; i += 1)
      t.equal(
        (await post(service, alpha.author, '/v1/estimates', scored)).statusCode,
        200,
        'nor those with a credential',
      )
  })
})
