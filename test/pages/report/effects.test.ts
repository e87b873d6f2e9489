// What a report says of who gains and who loses where a share is held: what people can plan with first, in shares for
// everybody and in numbers for the modeller.
import { parse } from 'csv-parse/sync'
import t from 'tap'
import type { ReportDepth } from '../../../src/contract/calibration/report.ts'
import { fraction } from '../../../src/domain/number/fraction.ts'
import { calibrationCsv } from '../../../src/pages/report/calibration-csv.ts'
import { sections } from '../../../src/pages/report/sections.ts'
import { classWords, tenthWords } from '../../../src/pages/report/words/change-words.ts'
import { CASES, REQUESTS, reportData } from './bnes-report.ts'

const FIXED = REQUESTS.slice(0, 1)
const held = reportData(CASES, FIXED, { held: fraction(1n, 5n) })

const words = (depth: ReportDepth, id: string, data = held) =>
  JSON.stringify(sections(data, depth).find((section) => section.id === id))
const rows = (part: 'impact' | 'scenarios' | 'tenths' | 'characteristics', depth: ReportDepth) =>
  parse(calibrationCsv(held, part, depth), { columns: true }) as Record<string, string>[]

t.test('in short: what can be planned with, then the whole, then how near it comes', async (t) => {
  const said = words('headline', 'in-short')
  const order = [
    'People could plan with £1,508,609 a year now; £377,152 more is held ready.',
    'Of 134 people, 50 would be able to plan with more than their present cost',
    '84 would be able to plan with less',
    'In all it would cost £1,885,762 a year',
    'Of 134 people, 68 would get more in all than their present cost',
    'In a test with people like these, about 4 in 10 had costs within a quarter of the figure. The average miss was £4,8',
    'The table’s own uncertainty: at ',
    'It is not the range of what a person costs.',
  ]
  const places = order.map((one) => said.indexOf(one))
  for (const [i, one] of order.entries()) t.ok((places[i] ?? -1) >= 0, one)
  t.strictSame(
    places.toSorted((a, b) => a - b),
    places,
  )
  t.match(said, 'Fixed £ per point, to plan with')
  t.match(said, 'Fixed £ per point, in all')
})

t.test('the dearest and the cheapest: in numbers for the modeller, in shares for everybody', async (t) => {
  const whole = reportData(CASES, FIXED, { trust: false })
  const modeller = words('persons', 'in-short', whole)
  t.match(
    modeller,
    'Of the 13 people in the dearest tenth by present cost, 8 would lose more than a quarter.',
  )
  t.match(
    modeller,
    'Of the 14 people in the cheapest tenth by present cost, 9 would gain more than a quarter.',
  )
  const members = words('headline', 'in-short', whole)
  t.match(members, /Of the dearest half by present cost, \d+ in 100 would lose more than 5%\./)
  t.match(members, /Of the cheapest half by present cost, \d+ in 100 would gain more than a quarter\./)
  t.notMatch(members, 'In a test with people like these', 'nothing was tested')
  t.match(words('persons', 'tenths', whole), 'Tenth 5')
  t.match(words('headline', 'tenths', whole), 'The dearest half')
})

t.test('equality by characteristic; without any, that is said', async (t) => {
  const said = words('groups', 'equality')
  t.match(said, 'By Sex')
  for (const value of ['Women', 'Men', 'Not known', 'People who would lose over a quarter, by Sex'])
    t.match(said, value)
  const without = { ...held, cohort: { ...held.cohort, characteristics: [] } }
  t.match(words('groups', 'equality', without), 'does not say who has which sex, ethnicity or disability')
})

t.test('where the amount jumps: nowhere, at some points, or too often to list', async (t) => {
  t.match(words('headline', 'changes'), 'Where the amount jumps')
  t.match(words('headline', 'changes'), 'Fixed £ per point: nowhere.')
  const [method] = held.methods
  if (method === undefined) throw new Error('there is no method')
  const cliff = { curve: 0, atPoints: '40', kind: 'steep', riseAnnual: '2000.00' } as const
  const jumps = (cliffs: readonly (typeof cliff)[]) =>
    words('headline', 'changes', { ...held, methods: [{ ...method, cliffs }] })
  t.match(jumps([cliff]), 'at 40 points, by £2,000 a year.')
  const many = [{ ...cliff, riseAnnual: '1000.00' }, ...Array(5).fill(cliff)]
  t.match(jumps(many), 'at 6 places; the most at 40 points, by £2,000 a year.')
  const coarse = reportData(CASES, [{ method: 'percentile', neutral: true }], { trust: false })
  t.notMatch(words('headline', 'changes', coarse), 'Where the amount jumps')
  t.match(words('persons', 'changes', coarse), 'Where the amount jumps')
})

t.test('each side is a row of the files, and no count from 1 to 9 is in them', async (t) => {
  const all = rows('impact', 'headline').filter(({ breakdown }) => breakdown === 'all')
  t.strictSame(
    all.map(({ side, higher, new: next }) => [side, higher, next]),
    [
      ['available', '50', '1508609.48'],
      ['whole', '68', '1885761.91'],
    ],
  )
  t.strictSame([...new Set(rows('scenarios', 'groups').map(({ side }) => side))], ['available', 'whole'])
  for (const part of ['tenths', 'characteristics'] as const) {
    const shown = rows(part, 'headline')
    t.ok(shown.length > 3)
    for (const { people } of shown) t.ok(people === '0' || Number(people) >= 10, String(people))
  }
  t.equal(rows('tenths', 'persons').length, 2 * 10 * 6)
  t.match(rows('characteristics', 'persons')[0], {
    characteristic: 'sex',
    value: 'female',
    side: 'available',
  })
})

t.test('no range of the report for heads of service ends where it begins', async (t) => {
  for (const data of [held, reportData()]) {
    const said = JSON.stringify(sections(data, 'groups'))
    t.strictSame(said.match(/(£[\d,.]+) (?:to|and) \1(?![\d,.])/g), null)
    t.notMatch(said, /chance alone/)
  }
})

t.test('classes and tenths as people say them, joined ones too', async (t) => {
  t.strictSame(
    [
      classWords(['muchMore']),
      classWords(['muchMore', 'more']),
      classWords(['muchMore', 'more', 'same']),
      classWords(['more', 'same']),
      classWords(['same']),
      classWords(['same', 'less']),
      classWords(['more', 'same', 'less']),
      classWords(['less']),
      classWords(['less', 'muchLess']),
      classWords(['same', 'less', 'muchLess']),
      classWords(['withoutCost', 'muchMore']),
      classWords(['withoutCost']),
      classWords(['muchMore', 'more', 'same', 'less', 'muchLess']),
    ],
    [
      'more than 25% more',
      'more than 5% more',
      'at most 5% less, or more',
      '5% less to 25% more',
      'within 5%',
      '25% less to 5% more',
      'within 25%',
      '5 to 25% less',
      'more than 5% less',
      'at most 5% more, or less',
      'no cost now, or more than 25% more',
      'no cost now',
      'any change',
    ],
  )
  t.strictSame(
    [tenthWords({ from: 1, to: 1 }), tenthWords({ from: 6, to: 10 }), tenthWords({ from: 4, to: 4 })],
    ['the cheapest tenth', 'the dearest half', 'tenth 4'],
  )
  t.strictSame(
    [tenthWords({ from: 1, to: 3 }), tenthWords({ from: 4, to: 6 }), tenthWords({ from: 1, to: 10 })],
    ['the cheapest three tenths', 'tenths 4 to 6', 'everybody'],
  )
})
