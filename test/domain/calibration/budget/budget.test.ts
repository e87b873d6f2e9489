// The budget a council states, and curves brought to it.
import { strictEqual } from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { neutralised, targetOf } from '../../../../src/domain/calibration/budget/budget.ts'
import { curveTotal, masses } from '../../../../src/domain/calibration/methods/knots.ts'
import { add, compare, fraction } from '../../../../src/domain/number/fraction.ts'
import { arbBounds, arbCohort, cohort, refusalOf, tiny } from '../methods/method-cohorts.ts'

t.test('a stated budget is taken to the penny', async (t) => {
  t.strictSame(targetOf({ basis: 'stated', amountAnnual: '1885762.05' }, tiny), fraction(188_576_205n))
})

t.test('current spend is raised and lowered by decimals, exactly', async (t) => {
  t.strictSame(targetOf({ basis: 'spend', uplift: '0', efficiency: '0' }, tiny), fraction(6_600_000n))
  t.strictSame(
    targetOf({ basis: 'spend', uplift: '0.025', efficiency: '0.01' }, tiny),
    fraction(13_394_700n, 2n),
  )
  t.strictSame(
    targetOf({ basis: 'spend', uplift: '1', efficiency: '0.5' }, cohort([1, 10, 2.5])),
    fraction(2500n),
  )
})

t.test('a budget that is none is refused where it stands', async (t) => {
  t.equal(
    refusalOf(() => targetOf({ basis: 'stated', amountAnnual: '1' }, [])),
    'cohort-empty at ',
  )
  t.equal(
    refusalOf(() => targetOf({ basis: 'stated', amountAnnual: '0.00' }, tiny)),
    'budget-not-positive at /budget',
  )
  t.equal(
    refusalOf(() => targetOf({ basis: 'stated', amountAnnual: '-1' }, tiny, '/b')),
    'budget-not-positive at /b',
  )
  const change = (uplift: string, efficiency: string) =>
    refusalOf(() => targetOf({ basis: 'spend', uplift, efficiency }, tiny))
  t.equal(change('-0.01', '0'), 'parameter-out-of-range at /budget/uplift')
  t.equal(change('3', '0'), 'parameter-out-of-range at /budget/uplift', '3 is not 3 %')
  t.equal(
    change('3', '-0.1'),
    'parameter-out-of-range at /budget/uplift, parameter-out-of-range at /budget/efficiency',
  )
  t.equal(change('0', '1'), 'parameter-out-of-range at /budget/efficiency')
  t.equal(change('0', '-0.01'), 'parameter-out-of-range at /budget/efficiency')
  t.equal(
    refusalOf(() => targetOf({ basis: 'spend', uplift: '0', efficiency: '0' }, cohort([1, 0]))),
    'budget-not-positive at /budget',
  )
})

const steps = {
  knots: [
    { points: 0, amount: fraction(0n) },
    { points: 1000, amount: fraction(100n) },
    { points: 2000, amount: fraction(400n) },
  ],
}
const people = cohort([5, 0], [10, 0], [20, 0])

t.test(
  'a curve is scaled through its knots: somebody between two of them counts partly at each',
  async (t) => {
    const on = masses(people, [0, 1000, 2000])
    t.strictSame(on, [fraction(1n, 2n), fraction(3n, 2n), fraction(1n)])
    const { curve, total, unspent, warnings } = neutralised(steps, on, fraction(1100n), { surplus: 'drop' })
    t.strictSame(
      curve.knots.map(({ amount }) => fraction(amount.n, amount.d)),
      [0n, 200n, 800n].map((n) => fraction(n)),
    )
    t.strictSame([total, unspent, warnings], [fraction(1100n), fraction(0n), []])
  },
)

t.test('nobody stands where the curve gives anything: refused', async (t) => {
  const nobody = masses(cohort([0, 0]), [0, 1000, 2000])
  t.equal(
    refusalOf(() => neutralised(steps, nobody, fraction(1n), { surplus: 'drop', pointer: '/x' })),
    'budget-unreachable at /x',
  )
})

t.test(
  'under any floor and cap the curve rises between them, and total and rest are the target',
  async (t) => {
    const arbShape = fc.array(fc.nat(500_000), { minLength: 21, maxLength: 21 })
    fc.assert(
      fc.property(
        arbCohort,
        arbShape,
        fc.integer({ min: 1, max: 100_000_000 }),
        arbBounds,
        (cases, rises, sum, bounds) => {
          fc.pre(cases.some(({ points }) => points >= 100) && (rises[0] ?? 0) > 0)
          let height = 0n
          const knots = rises.map((rise, i) => {
            height += BigInt(rise)
            return { points: i * 100, amount: fraction(height, 7n) }
          })
          const target = fraction(BigInt(sum), 3n)
          const on = masses(
            cases,
            knots.map(({ points }) => points),
          )
          const { curve, total, unspent, warnings } = neutralised({ knots }, on, target, bounds)
          strictEqual(compare(add(total, unspent), target), 0)
          strictEqual(compare(curveTotal(curve, cases), total), 0)
          strictEqual(warnings.length, unspent.n === 0n ? 0 : 1)
          curve.knots.forEach(({ amount }, i) => {
            const before = curve.knots[i - 1]?.amount ?? fraction(BigInt(bounds.floor ?? 0))
            strictEqual(compare(amount, before) >= 0, true)
            if (bounds.cap !== undefined)
              strictEqual(compare(amount, fraction(BigInt(bounds.cap))) <= 0, true)
          })
          if (bounds.surplus === 'redistribute' && unspent.n !== 0n) {
            const edge = unspent.n > 0n ? bounds.cap : bounds.floor
            strictEqual(
              edge !== undefined,
              true,
              'only a bound that everybody is at keeps it from the target',
            )
          }
        },
      ),
      { seed: 66, numRuns: 300 },
    )
    t.pass('300 curves')
  },
)
