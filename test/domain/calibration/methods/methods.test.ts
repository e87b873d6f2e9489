// What holds for every method, on any cohort: the total, the order of amounts, weights, rows; and cohorts at the edge
// of sense, which end in a named refusal or in a right answer.

import { deepStrictEqual, strictEqual } from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import type { MethodRequest } from '../../../../src/contract/calibration/method.ts'
import { MOST_KNOTS } from '../../../../src/contract/limits.ts'
import type { Case } from '../../../../src/domain/calibration/cohort/case.ts'
import { fit } from '../../../../src/domain/calibration/methods/fit.ts'
import type { MethodFit, MethodInput } from '../../../../src/domain/calibration/methods/method-input.ts'
import { add, compare, fraction, subtract } from '../../../../src/domain/number/fraction.ts'
import { draws } from '../../../support/draws.ts'
import {
  arbBounds,
  arbCohort,
  codesOf,
  cohort,
  EVERY_METHOD,
  input,
  nameOf,
  paid,
  refusalOf,
  totalOf,
} from './method-cohorts.ts'

const REFUSALS =
  /^(points-all-zero|points-all-equal|slope-not-positive|curve-not-rising|budget-unreachable|budget-not-positive|cohort-too-small) at $/

const arbAsked = fc
  .tuple(arbCohort, arbBounds, fc.integer({ min: 50, max: 200 }))
  .map(([cases, bounds, percent]) => {
    const { target } = input(cases)
    return input(cases, {
      ...bounds,
      scaleMaximum: 2000,
      target: fraction(target.n * BigInt(percent), target.d * 100n),
    })
  })

/** The fit; null where it is refused by one of the names that a cohort or a budget can earn. */
function tried(request: MethodRequest, asked: MethodInput): MethodFit | null {
  const made = refusalOf(() => fit(request, asked))
  if (typeof made !== 'string') return made
  strictEqual(REFUSALS.test(made), true, made)
  return null
}

function sameCurve(a: MethodFit | null, b: MethodFit | null): void {
  strictEqual(a === null, b === null)
  if (a === null || b === null) return
  deepStrictEqual(a.coefficients, b.coefficients)
  strictEqual(a.curve.knots.length, b.curve.knots.length)
  a.curve.knots.forEach((knot, i) => {
    strictEqual(knot.points, b.curve.knots[i]?.points)
    strictEqual(compare(knot.amount, b.curve.knots[i]?.amount ?? fraction(-1n)), 0)
  })
}

for (const request of EVERY_METHOD) {
  t.test(
    `${nameOf(request)}: exactly the budget, or it says by how much not; rising, never below £0`,
    async (t) => {
      let fits = 0
      fc.assert(
        fc.property(arbAsked, (asked) => {
          const made = tried(request, asked)
          if (made === null) return
          fits += 1
          const { knots } = made.curve
          strictEqual(compare(totalOf(made.curve, asked.cases), made.total), 0)
          strictEqual(compare(add(made.total, made.unspent), asked.target), 0)
          const said = codesOf(made).some((code) => /budget|surplus/.test(code))
          strictEqual(said, made.unspent.n !== 0n)
          strictEqual(
            knots.length <= MOST_KNOTS && knots[0]?.points === 0 && knots.at(-1)?.points === 2000,
            true,
          )
          strictEqual(made.uncapped === null, asked.cap === undefined)
          knots.forEach(({ points, amount }, i) => {
            const without = made.uncapped?.knots[i]?.amount ?? amount
            const most = fraction(BigInt(asked.cap ?? 0))
            const held = asked.cap !== undefined && compare(without, most) > 0 ? most : without
            strictEqual(compare(held, amount), 0, 'the cap is all that is between the two curves')
            const before = knots[i - 1]
            strictEqual(points > (before?.points ?? -1), true)
            strictEqual(compare(amount, before?.amount ?? fraction(0n)) >= 0, true)
          })
        }),
        { seed: 42, numRuns: 150 },
      )
      t.ok(fits >= 40, `${fits} of 150 were fitted`)
    },
  )

  t.test(
    `${nameOf(request)}: a weight is so many equal rows, and the order of rows is nothing`,
    async (t) => {
      fc.assert(
        fc.property(arbAsked, fc.infiniteStream(fc.nat()), (asked, draws) => {
          const repeated = asked.cases.flatMap((one) =>
            Array.from({ length: one.weight / 10_000 }, (): Case => ({ ...one, weight: 10_000 })),
          )
          const shuffled = repeated
            .map((one) => ({ one, place: draws.next().value ?? 0 }))
            .sort((a, b) => a.place - b.place)
            .map(({ one }) => one)
          sameCurve(tried(request, asked), tried(request, { ...asked, cases: shuffled }))
        }),
        { seed: 43, numRuns: 60 },
      )
      t.pass('60 cohorts')
    },
  )
}

const EDGES: readonly (readonly [string, readonly Case[]])[] = [
  ['one person', cohort([10, 500])],
  ['two people', cohort([10, 500], [20, 1500])],
  ['three people', cohort([10, 500], [20, 1500], [30, 1600])],
  ['all tied', cohort([10, 500], [10, 700], [10, 0])],
  ['all the same cost', cohort([10, 500], [20, 500], [30, 500], [35, 500], [40, 500])],
  ['more points cost less', cohort([10, 900], [20, 700], [30, 500], [35, 200], [40, 100])],
  ['one outlier', cohort([1, 10], [2, 20], [3, 35], [4, 45], [5, 1_000_000])],
  ['zero points', cohort([0, 500], [0, 700])],
  ['nobody', []],
  ['nobody who costs anything', cohort([10, 0], [20, 0], [30, 0], [40, 0])],
  ['one at the top of the scale', cohort([100, 500])],
  ['only the first and last points of the scale', cohort([0, 500], [100, 900])],
]

for (const [what, cases] of EDGES) {
  t.test(`${what}: a named refusal or the whole budget, never a number that is none`, async (t) => {
    for (const request of EVERY_METHOD) {
      for (const neutral of [true, false]) {
        const made = refusalOf(() => fit(request, input(cases, { neutral, target: fraction(350_000n) })))
        const name = `${nameOf(request)}${neutral ? '' : ', not neutral'}`
        if (typeof made === 'string') {
          t.match(made, /^(cohort-empty|points-|slope-|curve-|budget-|cohort-too-small)/, `${name}: ${made}`)
          continue
        }
        t.ok(
          paid(made, cases).every((amount) => Number.isFinite(amount) && amount >= 0),
          name,
        )
        t.notMatch(JSON.stringify([made.coefficients, made.warnings]), /NaN|Infinity|undefined/, name)
        if (neutral && !codesOf(made).some((code) => /budget/.test(code))) t.equal(made.unspent.n, 0n, name)
      }
    }
  })
}

t.test('where points do not explain cost, a table comes only with a warning that says so', async (t) => {
  const falling = cohort([10, 900], [20, 700], [30, 500], [35, 200], [40, 100])
  const level = cohort([10, 500], [20, 500], [30, 500])
  for (const cases of [falling, level])
    for (const request of EVERY_METHOD) {
      const made = refusalOf(() => fit(request, input(cases)))
      if (typeof made === 'string')
        t.match(made, /^(slope-not-positive|cohort-too-small) at /, nameOf(request))
      else t.ok(codesOf(made).includes('points-do-not-explain-cost'), nameOf(request))
    }
  const rising = fit({ method: 'isotonic' }, input(cohort([10, 900], [20, 700], [30, 1500])))
  t.notOk(codesOf(rising).includes('points-do-not-explain-cost'))
})

/** A seeded list of so many numbers from 0 to below 1. */
function drawn(count: number, seed: number): readonly number[] {
  let state = seed
  return Array.from({ length: count }, () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  })
}

t.test(
  'more points values than a table has knots: still at most 1,001, still exactly the budget',
  async (t) => {
    const rows = drawn(draws(2000), 7).map(
      (share, i) =>
        [Math.floor(share * 10_001) / 100, share * share * 90_000 + (i % 97), 0.1 + (i % 13)] as const,
    )
    const cases = cohort(...rows)
    for (const request of EVERY_METHOD) {
      const asked = input(cases, { floor: 100_000, cap: 7_000_000 })
      const made = fit(request, asked)
      t.ok(made.curve.knots.length <= MOST_KNOTS && made.curve.knots.length > 900, nameOf(request))
      t.ok(codesOf(made).includes('quantile-nodes'))
      t.equal(compare(totalOf(made.curve, cases), made.total), 0)
      if (!codesOf(made).some((code) => /budget/.test(code))) t.equal(made.unspent.n, 0n, nameOf(request))
    }
  },
)

t.test(
  'a thousand unrelated weights: amounts are fixed to ten decimals, the budget is still met exactly',
  async (t) => {
    const cases = cohort(
      ...drawn(900, 11).map((share, i) => [i / 10, 10 + share * i * 100, 0.1 + share * 3] as const),
    )
    const made = fit({ method: 'percentile' }, input(cases))
    t.strictSame(made.unspent, fraction(0n))
    const open = fit({ method: 'percentile' }, input(cases, { neutral: false }))
    t.equal(open.unspent.n === 0n, false, 'by itself it is off')
    const most = fraction(1n, 1_000_000n)
    t.ok(
      compare(open.unspent, most) < 0 && compare(subtract(fraction(0n), open.unspent), most) < 0,
      'by next to nothing',
    )
  },
)
