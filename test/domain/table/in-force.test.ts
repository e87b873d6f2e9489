// Which table a date uses: both sides of each day on which something begins or ends.
import t from 'tap'
import {
  periodOf,
  standing,
  standingAt,
  type TableTerm,
  termFor,
  termInForce,
} from '../../../src/domain/table/in-force.ts'
import { refusal } from '../../cases/documents.ts'

function term(version: number, effectiveFrom: string, effectiveBefore: string | null = null): TableTerm {
  const questionnaire = { key: 'small', version: version < 3 ? 1 : 2 }
  const table = { key: 'prices', version }
  const publishedAt = '2025-01-10T09:00:00.000Z'
  return { table, questionnaire, effectiveFrom, effectiveBefore, publishedAt, withdrawnAt: null }
}

const first = term(1, '2025-04-01')
const second = term(2, '2026-04-01')
const ending = term(1, '2025-04-01', '2026-01-01')
const overtaken = term(1, '2025-04-01', '2027-01-01')

const cases: readonly {
  readonly why: string
  readonly terms: readonly TableTerm[]
  readonly on: string
  readonly uses: number | RegExp
}[] = [
  {
    why: 'no table is published',
    terms: [],
    on: '2026-11-16',
    uses: /none is published for this questionnaire/,
  },
  {
    why: 'the day before the first begins',
    terms: [second, first],
    on: '2025-03-31',
    uses: /the first is in force from 2025-04-01/,
  },
  { why: 'the day on which the first begins', terms: [first, second], on: '2025-04-01', uses: 1 },
  { why: 'the day before its successor begins', terms: [first, second], on: '2026-03-31', uses: 1 },
  { why: 'the day on which its successor begins', terms: [first, second], on: '2026-04-01', uses: 2 },
  { why: 'one published earlier may begin later', terms: [second, first], on: '2026-04-01', uses: 2 },
  { why: 'and leaves the days before it', terms: [second, first], on: '2026-03-31', uses: 1 },
  {
    why: 'of two that begin on one day, the one published last',
    terms: [second, term(7, '2026-04-01'), first],
    on: '2026-04-01',
    uses: 7,
  },
  {
    why: 'a hard stop of the one published last does not bring the one it corrects back',
    terms: [second, term(7, '2026-04-01', '2026-06-01')],
    on: '2026-06-01',
    uses: /ended at the start of 2026-06-01/,
  },
  { why: 'long after the last began, without an end', terms: [first, second], on: '2099-12-31', uses: 2 },
  { why: 'the day before the hard stop', terms: [ending], on: '2025-12-31', uses: 1 },
  {
    why: 'the day of the hard stop',
    terms: [ending],
    on: '2026-01-01',
    uses: /ended at the start of 2026-01-01/,
  },
  {
    why: 'the gap between a hard stop and the successor',
    terms: [ending, second],
    on: '2026-03-31',
    uses: /ended at the start of 2026-01-01/,
  },
  { why: 'the end of the gap', terms: [ending, second], on: '2026-04-01', uses: 2 },
  { why: 'a successor before the hard stop', terms: [overtaken, second], on: '2026-04-01', uses: 2 },
  { why: 'the day before that successor', terms: [overtaken, second], on: '2026-03-31', uses: 1 },
  {
    why: 'the hard stop of a table already overtaken is nothing',
    terms: [overtaken, second],
    on: '2027-01-01',
    uses: 2,
  },
  {
    why: 'a hard stop of the successor does not bring its predecessor back',
    terms: [first, term(2, '2026-04-01', '2026-06-01')],
    on: '2026-06-01',
    uses: /ended at the start of 2026-06-01/,
  },
]

for (const { why, terms, on, uses } of cases) {
  t.test(`in force on ${on}: ${why}`, async (t) => {
    if (typeof uses === 'number') return t.equal(termInForce(terms, on).table.version, uses)
    for (const find of [() => termInForce(terms, on), () => termFor(terms, first.questionnaire, on)]) {
      const refused = refusal(find)
      t.equal(refused.code, 'no-table-in-force')
      t.match(refused.message, uses)
      if (!(uses.test(on) || terms.some((term) => term.effectiveBefore === on)))
        t.notMatch(refused.message, on)
      t.match(refused.message, /Check the date, or publish a table for it\.$/)
    }
  })
}

t.test('the terms given are left as they are', async (t) => {
  const terms = Object.freeze([second, first])
  t.equal(termInForce(terms, '2025-04-01'), first)
  t.strictSame(terms, [second, first])
})

t.test('a questionnaire version is priced only by a table that names it', async (t) => {
  const terms = [first, second, term(3, '2027-04-01')]
  const on = (version: number, date: string) => () => termFor(terms, { key: 'small', version }, date)
  t.equal(on(1, '2026-04-01')().table.version, 2)
  t.equal(on(1, '2027-03-31')().table.version, 2, 'the last day of version 1')
  t.equal(on(2, '2027-04-01')().table.version, 3, 'the first day of version 2')
  for (const [version, date] of [
    [2, '2027-03-31'],
    [1, '2027-04-01'],
    [9, '2026-04-01'],
  ] as const) {
    const refused = refusal(on(version, date))
    t.equal(refused.code, 'questionnaire-not-priced')
    t.match(
      refused.message,
      /in force on that date prices "small" version \d only\. Use that version, or publish/,
    )
    t.notMatch(refused.message, date)
  }
})

t.test('this year is corrected in February, after next year was published in January', async (t) => {
  const dated = (version: number, effectiveFrom: string, publishedAt: string): TableTerm => ({
    ...term(version, effectiveFrom),
    publishedAt,
  })
  const [A, C, B] = [1, 2, 3] as const
  const terms = [
    dated(A, '2026-04-01', '2026-01-10T10:00:00.000Z'),
    dated(C, '2027-04-01', '2026-01-20T10:00:00.000Z'),
    dated(B, '2026-04-01', '2026-02-15T10:00:00.000Z'),
  ]
  const inForce = (on: string, known: string) =>
    termInForce(standingAt(terms, `${known}T00:00:00.000Z`), on).table.version
  t.equal(inForce('2026-05-01', '2026-02-01'), A)
  t.equal(inForce('2026-05-01', '2026-03-01'), B)
  t.equal(inForce('2027-05-01', '2026-03-01'), C)
  t.equal(inForce('2027-05-01', '2026-01-15'), A, 'before C was published')
  t.equal(termInForce(standing(terms), '2027-03-31').table.version, B, 'until C begins')
})

t.test('a term stands from the instant of its publication to that of its withdrawal', async (t) => {
  const terms = [{ ...first, withdrawnAt: '2025-02-01T09:00:00.000Z' }, second]
  t.strictSame(standing(terms), [second])
  for (const [instant, versions] of [
    ['2025-01-10T08:59:59.999Z', []],
    ['2025-01-10T09:00:00.000Z', [1, 2]],
    ['2025-02-01T08:59:59.999Z', [1, 2]],
    ['2025-02-01T09:00:00.000Z', [2]],
  ] as const)
    t.strictSame(
      standingAt(terms, instant).map(({ table }) => table.version),
      versions,
      instant,
    )
})

t.test('the days that a table covers once it is published', async (t) => {
  const third = term(3, '2027-04-01')
  for (const [why, terms, own, expected] of [
    ['nothing else is published', [], first, { from: '2025-04-01', before: null }],
    ['another begins later', [second, third], first, { from: '2025-04-01', before: '2026-04-01' }],
    ['it has a hard stop before that', [second], ending, { from: '2025-04-01', before: '2026-01-01' }],
    ['another begins before that', [second], overtaken, { from: '2025-04-01', before: '2026-04-01' }],
    ['what began before it is nothing', [first], second, { from: '2026-04-01', before: null }],
    ['it is published already', [second, third], second, { from: '2026-04-01', before: '2027-04-01' }],
    ['it corrects one', [second], term(4, '2026-04-01'), { from: '2026-04-01', before: null }],
    ['it was corrected', [second, term(4, '2026-04-01')], second, null],
  ] as const)
    t.strictSame(periodOf(terms, own), expected, why)
  const other = { ...second, table: { key: 'others', version: second.table.version } }
  t.strictSame(periodOf([other, first], second), { from: '2026-04-01', before: null }, 'a key is looked at')
})
