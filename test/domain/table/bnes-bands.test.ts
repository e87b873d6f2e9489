// The 24 bands that Bath & North East Somerset printed in 2012: the sample table gives every one of them.

import t from 'tap'
import type { CalibrationTable } from '../../../src/contract/documents/calibration-table.ts'
import { decimal, ONE, roundFraction } from '../../../src/domain/number/decimal.ts'
import { planCurve, readCurve } from '../../../src/domain/table/curve.ts'
import { json, text } from '../../cases/documents.ts'

type Row = Readonly<Record<string, string>>

const printed = rows('test/data/bnes-table.csv')
const reconstructed = rows('test/data/bnes-points-reconstructed.csv')
const table = json<CalibrationTable>('examples/table-adult.json')
const curves = table.curves.map((curve) => planCurve(curve, table.belowFirst, decimal('100.00')))

t.test('the sample covers 134 people with 3,456 points', async (t) => {
  t.equal(reconstructed.length, 24)
  t.equal(printed.length, 24)
  t.equal(sum(reconstructed, 'count').toFixed(), '134')
  t.equal(sum(printed, 'count').toFixed(), '134')
  t.equal(sum(reconstructed, 'points_sum').toFixed(), '3456')
})

t.test('the rate is the budget divided by the points, £545.6487, and its curve carries it', async (t) => {
  const rate = roundFraction(decimal('1885762'), decimal('3456'), decimal('0.0001'), 'half-up')
  t.equal(rate.toFixed(), '545.6487')
  t.equal(curves[0]?.knots.at(-1)?.amount.toFixed(), rate.times(100).toFixed())
})

t.test('the printed Fixed amounts of all people come to £1,885,751', async (t) => {
  const all = printed
    .map((row) => decimal(cell(row, 'fixed_model_gbp')).times(cell(row, 'count')))
    .reduce((total, amount) => total.plus(amount))
  t.equal(all.toFixed(), '1885751')
})

for (const { client_group, cost_band, count, points_sum } of reconstructed) {
  const band = printed.find((row) => row.client_group === client_group && row.cost_band === cost_band)
  const fixed = band?.fixed_model_gbp
  t.test(
    `${client_group}, ${cost_band}: ${points_sum} points of ${count} people give £${fixed}`,
    async (t) => {
      t.equal(band?.count, count, 'both files count the same people')
      t.equal(meanAmount(points_sum ?? '', count ?? ''), fixed)
    },
  )
}

function meanAmount(points: string, people: string): string {
  const [curve] = curves
  if (curve === undefined) throw new Error('the sample table has a curve')
  const { numerator, denominator } = readCurve(curve, decimal(points).div(people))
  return roundFraction(numerator, denominator, ONE, 'half-up').toFixed()
}

function sum(table: readonly Row[], column: string) {
  return table.map((row) => decimal(cell(row, column))).reduce((total, value) => total.plus(value))
}

function cell(row: Row, column: string): string {
  const value = row[column]
  if (value === undefined) throw new Error(`there is no column ${column}`)
  return value
}

function rows(path: string): Row[] {
  const [header = [], ...lines] = text(path)
    .trim()
    .split('\n')
    .map((line) => [...line.matchAll(/"([^"]*)"|([^,]+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? ''))
  return lines.map((cells) => Object.fromEntries(header.map((name, i) => [name, cells[i] ?? ''])))
}
