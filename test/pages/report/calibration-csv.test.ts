import { parse } from 'csv-parse/sync'
import t from 'tap'
import { CSV_PARTS, type CsvPart, type ReportDepth } from '../../../src/contract/calibration/report.ts'
import { calibrationCsv } from '../../../src/pages/report/calibration-csv.ts'
import { CASES, REQUESTS, reportData } from './bnes-report.ts'

const TIE_MEAN = { method: 'percentile', mode: 'tie-mean', neutral: true } as const
const data = reportData(CASES, [...REQUESTS, TIE_MEAN], { trust: false })

function rows(part: CsvPart, depth: ReportDepth, from = data): Record<string, string>[] {
  return parse(calibrationCsv(from, part, depth), { columns: true })
}

t.test(
  'tables: every knot for the modeller, coarse amounts for the public where costs would show',
  async (t) => {
    const own = rows('tables', 'persons').filter(({ method }) => method === 'method-4')
    t.equal(own.length, data.methods[3]?.fits[0]?.knots.length)
    const shown = rows('tables', 'headline').filter(({ method }) => method === 'method-4')
    t.equal(shown.length, 21)
    t.ok(shown.every(({ amountAnnual, nearest }) => Number(amountAnnual) % 500 === 0 && nearest === '500.00'))
    t.ok(rows('tables', 'headline').some(({ method, nearest }) => method === 'method-1' && nearest === ''))
  },
)

t.test('a curve of a group that is joined with others is left out', async (t) => {
  const methods = data.methods.map((method) => ({
    ...method,
    fits: method.fits.map((fit) => ({ ...fit, userGroup: 'nobody' })),
  }))
  t.equal(rows('tables', 'groups', { ...data, methods }).length, 0)
})

t.test('impact: no count from 1 to 9 but for the modeller', async (t) => {
  for (const depth of ['headline', 'groups'] as const)
    for (const row of rows('impact', depth))
      for (const part of ['people', 'higher', 'lower', 'same']) {
        const count = row[part] ?? ''
        t.ok(count === '' || count === '[c]' || Number(count) === 0 || Number(count) >= 10)
      }
  const [all] = rows('impact', 'headline').filter(({ method }) => method === 'method-1')
  t.match(all, { breakdown: 'all', people: '134', higher: '68', sameCountedAs: 'lower', new: '1885761.91' })
  t.notOk(rows('impact', 'headline').some(({ breakdown }) => breakdown === 'cost-band'))
  t.ok(rows('impact', 'groups').some(({ breakdown }) => breakdown === 'cost-band'))
  t.ok(rows('impact', 'persons').some(({ people }) => people === '1'))
})

t.test('scenarios: the months and all of them together; hidden where a few would be told', async (t) => {
  const own = rows('scenarios', 'headline').filter(({ method }) => method === 'method-1')
  t.equal(own.length, 5 * 13)
  t.match(own[0], { scenario: 'S1', month: 'all', cost: '2205705.52' })
  const methods = data.methods.map((method) => ({
    ...method,
    impact: { ...method.impact, all: { ...method.impact.all, lower: { rows: 3, people: '3' } } },
  }))
  t.match(rows('scenarios', 'headline', { ...data, methods })[0], { scenario: 'S1', cost: '[c]' })
})

t.test('too few people: heads and nothing else, and text that no spreadsheet runs', async (t) => {
  const few = reportData(CASES.slice(0, 9), REQUESTS.slice(0, 1), { trust: false })
  for (const part of CSV_PARTS) t.equal(rows(part, 'groups', few).length, 0)
  const hostile = reportData(
    CASES.slice(0, 99).map((one) => ({ ...one, userGroup: '=1+1', ageBand: '+cmd' })),
    REQUESTS.slice(0, 1),
    { trust: false },
  )
  for (const depth of ['groups', 'persons'] as const) {
    const text = calibrationCsv(hostile, 'impact', depth)
    t.notMatch(text, /(^|,)"?[=+@]/m)
    t.match(text, "'=1+1")
    t.match(text, "'+cmd")
  }
})
