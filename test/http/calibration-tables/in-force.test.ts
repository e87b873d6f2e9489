// The table of a date: the latest that had begun, until its hard stop, and never a neighbour's. With a credential and
// without, the answer is about the same table.
import type { Test } from 'tap'
import { withService } from '../../support/folder.ts'
import { publish } from '../../support/service.ts'
import { changedTable, get, post, refused, withSmall } from '../driver.ts'

export const tests = withService(import.meta, (t, service) => {
  t.test('the table in force', async (t) => {
    const alpha = await withSmall(service, 'alpha', { table: false })
    const ask = (on: string, questionnaire = 'small') => {
      const query = `calibration-tables/in-force?questionnaire=${questionnaire}&on=${on}`
      return Promise.all([
        get(service, alpha.author, `/v1/${query}`),
        service.request({ url: `/public/${alpha.id}/${query}` }),
      ])
    }
    const none = async (t: Test, on: string, detail: RegExp, questionnaire?: string) => {
      for (const answer of await ask(on, questionnaire)) {
        refused(t, answer, 'no-table-in-force')
        t.match(answer.json().detail, detail)
      }
    }

    await t.test('is none while none is published, drafts or not', async (t) => {
      await post(
        service,
        alpha.author,
        '/v1/calibration-tables',
        changedTable({ key: 'never', effectiveFrom: '2000-01-01' }),
      )
      await none(t, '2026-05-01', /none is published/)
    })

    await publish(
      service,
      alpha,
      'calibration-tables',
      changedTable({ key: 'spring', effectiveFrom: '2026-04-01' }),
    )
    await publish(
      service,
      alpha,
      'calibration-tables',
      changedTable({ key: 'summer', effectiveFrom: '2026-07-01', effectiveBefore: '2026-09-01' }),
    )
    await publish(
      service,
      alpha,
      'calibration-tables',
      changedTable({ key: 'winter', effectiveFrom: '2026-12-01', effectiveBefore: '2028-01-01' }),
    )
    await publish(
      service,
      alpha,
      'calibration-tables',
      changedTable({ key: 'spring', effectiveFrom: '2027-04-01' }),
    )

    for (const [on, table, why] of [
      ['2026-04-01', 'spring 1', 'the first day of the first'],
      ['2026-06-30', 'spring 1', 'the last day before a successor'],
      ['2026-07-01', 'summer 1', 'the first day of a successor'],
      ['2026-08-31', 'summer 1', 'the last day before a hard stop'],
      ['2026-12-01', 'winter 1', 'the first day after a gap'],
      ['2027-03-31', 'winter 1', 'the last day before a successor that comes before the hard stop'],
      ['2027-04-01', 'spring 2', 'a successor ends a table before its hard stop, in a date to come'],
      ['2199-12-31', 'spring 2', 'without an end, for ever'],
    ] as const) {
      await t.test(`${on}: ${table}, ${why}`, async (t) => {
        const [known, open] = await ask(on)
        for (const answer of [known, open]) {
          t.equal(answer.statusCode, 200, answer.body)
          const { key, version } = answer.json()
          t.equal(`${key} ${version}`, table)
        }
        t.equal(known.json().contentHash, open.json().contentHash)
      })
    }

    for (const [on, detail, why] of [
      ['2026-03-31', /first is in force from 2026-04-01/, 'the day before the first'],
      ['1900-01-01', /first is in force from 2026-04-01/, 'the first day there is'],
      ['2026-09-01', /ended at the start of 2026-09-01/, 'a hard stop is exclusive'],
      [
        '2026-11-30',
        /ended at the start of 2026-09-01/,
        'the last day of a gap: the one before does not come back',
      ],
    ] as const) {
      await t.test(`${on}: none, ${why}`, (t) => none(t, on, detail))
    }

    await t.test('of another questionnaire is none', (t) =>
      none(t, '2026-05-01', /none is published/, 'other'),
    )

    await t.test('as of an instant, is what was known then', async (t) => {
      const beta = await withSmall(service, 'beta', { table: false })
      const instants: string[] = []
      for (const [key, effectiveFrom] of [
        ['a', '2026-04-01'],
        ['c', '2027-04-01'],
        ['b', '2026-04-01'],
      ] as const) {
        instants.push(new Date().toISOString())
        await publish(service, beta, 'calibration-tables', changedTable({ key, effectiveFrom }))
      }
      const [never, beforeC, beforeB] = instants
      const known = async (on: string, asOf?: string) => {
        const query = `questionnaire=small&on=${on}${asOf === undefined ? '' : `&asOf=${asOf}`}`
        const answers = await Promise.all([
          get(service, beta.author, `/v1/calibration-tables/in-force?${query}`),
          service.request({ url: `/public/${beta.id}/calibration-tables/in-force?${query}` }),
        ])
        const [one, other] = answers.map((answer) => answer.json().key ?? answer.json().code)
        t.equal(one, other, 'the public is told the same')
        return one
      }
      t.equal(await known('2026-05-01', never), 'no-table-in-force')
      t.equal(await known('2026-05-01', beforeC), 'a')
      t.equal(await known('2026-05-01', beforeB), 'a')
      t.equal(await known('2026-05-01'), 'b')
      t.equal(await known('2027-05-01', beforeC), 'a')
      t.equal(await known('2027-05-01', beforeB), 'c')
      t.equal(await known('2027-05-01'), 'c')
      const offset = new Date(Date.parse(String(beforeB)) + 3_600_000).toISOString().replace('Z', '%2B01:00')
      t.equal(await known('2027-05-01', offset), 'c', 'an instant may be written with an offset')
      const later = new Date(Date.now() + 60_000).toISOString()
      for (const url of [`/v1`, `/public/${beta.id}`]) {
        const asked = `${url}/calibration-tables/in-force?questionnaire=small&on=2026-05-01&asOf=${later}`
        refused(t, await get(service, beta.author, asked), 'request-invalid', ['value-range /query/asOf'])
      }
    })

    for (const [query, faults] of [
      ['', ['field-missing /query/questionnaire', 'field-missing /query/on']],
      ['?questionnaire=small&on=2026-02-30', ['value-format /query/on']],
      ['?questionnaire=small&on=1899-12-31', ['value-format /query/on']],
      ['?questionnaire=Small&on=today', ['value-format /query/questionnaire', 'value-format /query/on']],
    ] as const) {
      await t.test(`a query is refused: ${query || 'none'}`, async (t) => {
        refused(
          t,
          await get(service, alpha.author, `/v1/calibration-tables/in-force${query}`),
          'request-invalid',
          faults,
        )
        refused(
          t,
          await service.request({ url: `/public/${alpha.id}/calibration-tables/in-force${query}` }),
          'request-invalid',
          faults,
        )
      })
    }
  })
})
