// What publication refuses in a calibration table: each fault by its code and pointer, and both sides of each limit.

import t from 'tap'
import type { CalibrationTable } from '../../../src/contract/documents/calibration-table.ts'
import type { Questionnaire } from '../../../src/contract/documents/questionnaire.ts'
import type { TableFaultCode } from '../../../src/contract/faults.ts'
import { ageDefinedGroupsApart, isGroupCurve } from '../../../src/domain/table/calibration-table.ts'
import { tableAsRead, withReviewBy } from '../../../src/domain/table/table-as-read.ts'
import { tableFaults } from '../../../src/domain/table/table-faults.ts'
import { json, named, questionnaire, table } from '../../cases/documents.ts'
import { changedTable, context, tableCases } from '../../cases/table-faults.ts'

for (const tableCase of tableCases) {
  t.test(`publication of a table: ${tableCase.why}`, async (t) => {
    const found = tableFaults(changedTable(tableCase), { ...context, ...tableCase.against })
    t.strictSame(named(found), tableCase.faults ?? [])
  })
}

t.test('every code of a fault in a table is exercised', async (t) => {
  // What the content alone cannot tell is tried where runs are.
  const codes: Record<Exclude<TableFaultCode, 'evidence-run-unknown'>, true> = {
    'questionnaire-version-unknown': true,
    'user-group-not-covered': true,
    'user-group-covered-twice': true,
    'user-group-unknown': true,
    'group-curve-without-reason': true,
    'age-defined-group-without-reason': true,
    'knots-not-increasing': true,
    'curve-not-monotone': true,
    'knot-above-scale': true,
    'factor-out-of-range': true,
    'amount-out-of-range': true,
    'contingency-out-of-range': true,
    'rounding-impossible': true,
    'weeks-per-year-out-of-range': true,
    'effective-period-empty': true,
    'backdating-without-reason': true,
    'setting-unknown': true,
    'release-not-stated': true,
    'evidence-duplicate': true,
    'consultation-unclear': true,
  }
  const exercised = new Set(
    tableCases.flatMap(({ faults = [] }) => faults.map((fault) => fault.split(' ')[0])),
  )
  t.strictSame([...exercised].sort(), Object.keys(codes).sort())
})

t.test('a fault says what was found, what was expected, and what to do', async (t) => {
  const [fault] = tableFaults(table, { ...context, today: '2026-05-01' })
  t.match(fault?.detail, /^2026-04-01 is not after today, 2026-05-01\. Give a backdatingReason, or choose/)
})

t.test('the sample tables may be published', async (t) => {
  for (const name of ['adult', 'carer']) {
    const sample = json<CalibrationTable>(`examples/table-${name}.json`)
    const priced = json<Questionnaire>(`examples/questionnaire-${name}.json`)
    const against = { questionnaire: priced, today: '2026-11-16' }
    t.strictSame(tableFaults(sample, against), [], name)
  }
})

t.test('a curve treats groups differently when it leaves one of them out', async (t) => {
  const [curve] = table.curves
  if (curve === undefined) throw new Error('the small table has a curve')
  const forGroups = (...userGroups: string[]) => isGroupCurve({ ...curve, userGroups }, table, questionnaire)
  t.equal(isGroupCurve(curve, table, questionnaire), false, 'all')
  t.equal(forGroups('adults', 'elders'), false, 'each of them')
  t.equal(forGroups('adults'), true)
  const outside = [{ userGroup: 'elders', reason: 'Two people are too few.' }]
  const inside = isGroupCurve({ ...curve, userGroups: ['adults'] }, { ...table, outside }, questionnaire)
  t.equal(inside, false, 'each that outside does not name')
})

t.test('a group defined by age is named when it has a curve of its own', async (t) => {
  const [curve] = table.curves
  if (curve === undefined) throw new Error('the small table has a curve')
  const apart = (...groups: readonly (readonly string[])[]) =>
    ageDefinedGroupsApart(
      { ...table, curves: groups.map((userGroups) => ({ ...curve, userGroups })) },
      questionnaire,
    )
  t.strictSame(ageDefinedGroupsApart(table, questionnaire), [], 'one curve for all')
  t.strictSame(apart(['adults', 'elders']), [], 'one curve that names all')
  t.strictSame(apart(['adults'], ['elders']), ['elders'])
})

t.test(
  'a table is read with what an earlier one did not state, and a draft is stored with its year’s end',
  async (t) => {
    const { contingency, reviewBy: _, ...rest } = table
    const earlier = { ...rest, contingency: { fraction: contingency.fraction } }
    t.match(tableAsRead(earlier), {
      outside: [],
      settings: ['own-home'],
      reviewBy: '2027-03-31',
      evidence: [],
      release: null,
    })
    const stated = {
      outside: [{ userGroup: 'elders', reason: 'Few.' }],
      settings: ['nursing'],
      reviewBy: '2026-12-31',
    }
    t.match(tableAsRead({ ...table, ...stated }), { ...stated, release: contingency.release })
    t.strictSame(withReviewBy(earlier), { ...earlier, reviewBy: '2027-03-31' })
    t.strictSame(withReviewBy({ ...table, ...stated }), { ...table, ...stated })
  },
)
