// Whom a table affects that is published late: those whom another table priced, for a date that it now covers. A
// correction puts each right.
import { withService } from '../../support/folder.ts'
import { publish, record, type TestAuthority } from '../../support/service.ts'
import { askPublication, changedTable, get, post, refused, smallIntake, withSmall } from '../driver.ts'

export const tests = withService(import.meta, (t, service) => {
  t.test('whom a table affects', async (t) => {
    const alpha = await withSmall(service, 'alpha')
    const recorded: Record<string, { id: string; assessmentRef: string }> = {}
    for (const on of ['2026-04-30', '2026-05-01', '2026-06-30', '2026-07-01'])
      recorded[on] = (await record(service, alpha, dated(on))).json().assessment
    const notEligible = {
      eligible: false,
      outcomesNotMet: [],
      wellbeingImpact: false,
      decidedOn: '2026-05-01',
    }
    await record(service, alpha, { ...dated('2026-05-02'), eligibility: notEligible })

    const drafted = await post(
      service,
      alpha.author,
      '/v1/calibration-tables',
      changedTable({ key: 'summer', effectiveFrom: '2026-05-01', effectiveBefore: '2026-07-01' }),
    )
    const address = String(drafted.headers.location)
    const affected = async (query = '') =>
      (await get(service, alpha.author, `${address}/affected${query}`)).json()
    const days = async () =>
      (await affected()).data.map(({ assessedOn }: { assessedOn: string }) => assessedOn)

    await t.test('is told of a draft as if it were published now', async (t) => {
      t.strictSame(await days(), ['2026-06-30', '2026-05-01'])
    })

    await t.test('is counted in the answer to its publication, and listed page by page', async (t) => {
      const published = await askPublication(service, alpha.publisher, address)
      t.strictSame(published.json().affected, { allocations: 2 })
      t.notOk('affected' in (await get(service, alpha.author, address)).json(), 'the version itself has none')
      const first = await affected('?limit=1')
      t.equal(first.data[0].assessedOn, '2026-06-30')
      t.equal(first.data[0].table.key, 'small-table')
      const next = await affected(`?limit=1&cursor=${first.nextCursor}`)
      t.equal(next.data[0].assessedOn, '2026-05-01')
      t.equal(next.nextCursor, null)
    })

    await t.test('is put right by a correction, one by one', async (t) => {
      const { id, assessmentRef } = recorded['2026-05-01'] ?? { id: '', assessmentRef: '' }
      const correction = { ...dated('2026-05-01'), assessmentRef, revision: 2 }
      const corrected = await post(service, alpha.author, `/v1/assessments/${id}/corrections`, correction)
      t.equal(corrected.json().allocation.table.key, 'summer')
      t.strictSame(await days(), ['2026-06-30'])
    })

    await t.test('is nobody once another covers its days, and those of the other are more', async (t) => {
      const document = changedTable({ key: 'spring', effectiveFrom: '2026-05-01' })
      const next = await draftAndPublish(alpha, document)
      t.strictSame(next.affected, { allocations: 3 }, 'also whom the first correction priced, and 1 July')
      t.strictSame(await days(), [])
      t.strictSame((await draftAndPublish(alpha, changedTable({ effectiveFrom: '2190-01-01' }))).affected, {
        allocations: 0,
      })
    })

    await t.test('is for those who may read allocations', async (t) => {
      const scoped = { authorization: `Bearer ${await alpha.key({ scopes: ['tables:draft'] })}` }
      refused(t, await get(service, scoped, `${address}/affected`), 'scope-missing')
      const nowhere = '/v1/calibration-tables/nothing/versions/1/affected'
      refused(t, await get(service, alpha.author, nowhere), 'not-found')
    })

    await t.test('is nobody once it is withdrawn', async (t) => {
      const late = await publish(
        service,
        alpha,
        'calibration-tables',
        changedTable({ key: 'late', effectiveFrom: '2026-06-15' }),
      )
      const count = async () => (await get(service, alpha.author, `${late}/affected`)).json().data.length
      t.equal(await count(), 2)
      await post(service, alpha.author, `${late}/withdrawal`, { reason: 'A test.' })
      await post(service, alpha.publisher, `${late}/withdrawal/confirmation`, {})
      t.equal(await count(), 0)
    })
  })

  const dated = (assessedOn: string) => smallIntake({ assessedOn })

  async function draftAndPublish(authority: TestAuthority, document: object) {
    const drafted = await post(service, authority.author, '/v1/calibration-tables', document)
    return (await askPublication(service, authority.publisher, String(drafted.headers.location))).json()
  }
})
