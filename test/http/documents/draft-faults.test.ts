// A draft is stored whatever is wrong with it, and says with its first answer what its publication would refuse.
import { randomUUID } from 'node:crypto'
import { withService } from '../../support/folder.ts'
import { publish } from '../../support/service.ts'
import {
  askPublication,
  changedQuestionnaire,
  changedTable,
  get,
  post,
  put,
  refused,
  withSmall,
} from '../driver.ts'

type Found = { readonly pointer: string; readonly code: string; readonly detail: string }

const places = (faults: readonly Found[]) => faults.map(({ code, pointer }) => `${code} ${pointer}`).sort()

export const tests = withService(import.meta, (t, service) => {
  t.test('the faults of a draft', async (t) => {
    const alpha = await withSmall(service, 'alpha')
    const { author, publisher } = alpha
    const tables = '/v1/calibration-tables'

    await t.test(
      'are exactly those that publication refuses, in the first answer, and stop nothing',
      async (t) => {
        for (const [why, document, expected] of [
          [
            '20% written as 20',
            changedTable({ contingency: { fraction: '20' }, effectiveFrom: '2026-05-01' }),
            'contingency-out-of-range /contingency/fraction',
          ],
          [
            'an unknown questionnaire',
            changedTable({ questionnaire: { key: 'nowhere', version: 1 } }),
            'questionnaire-version-unknown /questionnaire',
          ],
          [
            'a factor that raises nothing',
            changedTable({
              adjustments: [{ name: 'Prices', kind: 'inflation', factor: '0.90', reason: 'A test.' }],
            }),
            'factor-out-of-range /adjustments/0/factor',
          ],
        ] as const) {
          const drafted = await post(service, author, tables, document)
          t.equal(drafted.statusCode, 201, why)
          const { faults } = drafted.json<{ faults: Found[] }>()
          t.ok(places(faults).includes(expected), `${why}: ${places(faults)}`)
          const asked = await askPublication(service, publisher, String(drafted.headers.location))
          t.strictSame(asked.json().errors, faults, 'the same, word for word')
          t.equal(asked.json().code, 'not-publishable')
        }
      },
    )

    await t.test('are none where it can be published, and gone once it is', async (t) => {
      const address = await publish(
        service,
        alpha,
        'calibration-tables',
        changedTable({ key: 'good', effectiveFrom: '2026-06-01' }),
      )
      t.notOk('faults' in (await get(service, author, address)).json())
      const good = await post(
        service,
        author,
        tables,
        changedTable({ key: 'good', effectiveFrom: '2026-07-01' }),
      )
      t.strictSame(good.json().faults, [])
    })

    await t.test('stay in a retry as they were, and are found anew by whoever gets the draft', async (t) => {
      const key = { 'idempotency-key': randomUUID() }
      const document = changedTable({ key: 'early', questionnaire: { key: 'second', version: 1 } })
      const send = () => post(service, author, tables, document, key)
      const first = await send()
      t.match(places(first.json().faults), ['questionnaire-version-unknown /questionnaire'])
      const address = String(first.headers.location)
      const seen = { 'if-none-match': '"r1"' }
      t.strictSame((await get(service, author, address, seen)).json().faults, first.json().faults)
      await publish(service, alpha, 'questionnaires', changedQuestionnaire({ key: 'second' }))
      t.strictSame((await get(service, author, address, seen)).json().faults, [], 'and by a poll as well')
      t.equal((await send()).body, first.body)
      t.equal((await askPublication(service, publisher, address)).statusCode, 201)
      t.equal((await send()).body, first.body, 'also when it is published')
    })

    await t.test('are those of the new revision where it is replaced', async (t) => {
      const drafted = await post(
        service,
        author,
        tables,
        changedTable({ key: 'fixed', effectiveFrom: '2026-08-01' }),
      )
      const address = String(drafted.headers.location)
      t.strictSame(drafted.json().faults, [])
      const worse = changedTable({
        key: 'fixed',
        effectiveFrom: '2026-08-01',
        contingency: { fraction: '20' },
      })
      const replaced = await put(service, author, address, worse, { 'if-match': '"r1"' })
      t.equal(replaced.statusCode, 200)
      const faults = [
        'contingency-out-of-range /contingency/fraction',
        'release-not-stated /contingency/release',
      ] as const
      t.strictSame(places(replaced.json().faults), faults)
      refused(t, await askPublication(service, publisher, address), 'not-publishable', faults)
      const better = changedTable({ key: 'fixed', effectiveFrom: '2026-08-01' })
      t.strictSame((await put(service, author, address, better, { 'if-match': '"r2"' })).json().faults, [])
    })

    await t.test(
      'do not count a review date that is left out: the year’s end is stored, under the hash',
      async (t) => {
        const { reviewBy: _, ...undated } = changedTable({ key: 'undated', effectiveFrom: '2026-09-01' })
        const drafted = await post(service, author, tables, undated)
        t.equal(drafted.json().reviewBy, '2027-03-31')
        t.strictSame(drafted.json().faults, [])
        const published = await askPublication(service, publisher, String(drafted.headers.location))
        t.equal(published.json().reviewBy, '2027-03-31')
        const other = { ...undated, key: 'another', effectiveFrom: '2026-09-02' }
        const replaced = await post(service, author, tables, { ...other, reviewBy: '2026-12-31' })
        const again = await put(service, author, String(replaced.headers.location), other, {
          'if-match': '"r1"',
        })
        t.equal(again.json().reviewBy, '2027-03-31', 'a replacement too')
      },
    )

    await t.test('of a questionnaire are told as well', async (t) => {
      const [domain] = changedQuestionnaire({}).domains
      if (domain === undefined) throw new Error('the small questionnaire has domains')
      const twice = changedQuestionnaire({ key: 'twice', domains: [domain, domain] })
      const drafted = await post(service, author, '/v1/questionnaires', twice)
      const { faults } = drafted.json<{ faults: Found[] }>()
      t.ok(faults.length > 0)
      const asked = await askPublication(service, publisher, String(drafted.headers.location))
      t.strictSame(asked.json().errors, faults)
    })
  })
})
