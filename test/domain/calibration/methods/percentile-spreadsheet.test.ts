// The excel reading against a spreadsheet's two functions, written here from their public definition: on 50 random
// cohorts with ties, nobody's amount differs.
import fc from 'fast-check'
import t from 'tap'
import { fit } from '../../../../src/domain/calibration/methods/fit.ts'
import { Decimal } from '../../../../src/domain/number/decimal.ts'
import { cohort, input, paid } from './method-cohorts.ts'

/** PERCENTRANK.INC of a value in the array: how many are smaller ÷ (n − 1), cut off after three digits. */
function percentRankInc(array: readonly number[], x: number): Decimal {
  if (array.length === 1) return new Decimal(1)
  const rank = new Decimal(array.filter((value) => value < x).length).div(array.length - 1)
  // Rounded first at the 300th place, where a quotient that should end does: a spreadsheet shows 0.29 as 0.29.
  return rank.toDecimalPlaces(300).toDecimalPlaces(3, Decimal.ROUND_DOWN)
}

/** PERCENTILE.INC: the place k(n − 1) in the sorted array, on a straight line between two members. */
function percentileInc(array: readonly number[], k: Decimal): Decimal {
  const sorted = array.toSorted((a, b) => a - b)
  const place = k.times(array.length - 1)
  const low = place.floor()
  const here = new Decimal(sorted[Number(low)] ?? Number.NaN)
  const next = new Decimal(sorted[Number(low) + 1] ?? here)
  return here.plus(next.minus(here).times(place.minus(low)))
}

t.test('the functions give what their documentation prints', async (t) => {
  const printed = [13, 12, 11, 8, 4, 3, 2, 1, 1, 1]
  t.equal(percentRankInc(printed, 2).toFixed(), '0.333')
  t.equal(percentRankInc(printed, 4).toFixed(), '0.555')
  t.equal(percentRankInc(printed, 8).toFixed(), '0.666')
  t.equal(percentileInc([1, 3, 2, 4], new Decimal('0.3')).toFixed(), '1.9')
})

const arbTied = fc.array(fc.tuple(fc.nat(25), fc.nat(60_000)), { minLength: 1, maxLength: 140, size: 'max' })

t.test('50 random cohorts with ties get what a spreadsheet gives', async (t) => {
  let ties = 0
  fc.assert(
    fc.property(arbTied, (rows) => {
      fc.pre(rows.some(([points]) => points > 0) && rows.some(([, pounds]) => pounds > 0))
      const cases = cohort(...rows)
      const points = rows.map(([own]) => own)
      const costs = rows.map(([, pounds]) => pounds)
      ties += points.length - new Set(points).size
      const expected = points.map((own) =>
        percentileInc(costs, percentRankInc(points, own))
          .toDecimalPlaces(2, Decimal.ROUND_HALF_UP)
          .toNumber(),
      )
      t.strictSame(
        paid(fit({ method: 'percentile', mode: 'excel' }, input(cases, { neutral: false })), cases),
        expected,
      )
    }),
    { seed: 2012, numRuns: 50 },
  )
  t.ok(ties > 500, `${ties} ties`)
})
