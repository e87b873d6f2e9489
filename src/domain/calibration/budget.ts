// Brings a curve to a budget: what the cohort gets in all is the target after floors and caps, exactly, or it is said
// by how much it is not and why.
import type { Case } from './case.ts'
import { fractionOf, penceOf, pounds } from './decimal-fraction.ts'
import type { FittedCurve, Warning } from './fitted-curve.ts'
import { add, compare, type Fraction, fraction, multiply, subtract, ZERO } from './fraction.ts'
import { levelled, type Piece } from './levelled-curve.ts'
import { type Bounds, refuse } from './method-input.ts'

/** A sum of pounds, or the cohort's current spend × (1 + uplift) × (1 − efficiency). Decimal strings. */
export type BudgetStatement =
  | { readonly stated: string }
  | { readonly uplift: string; readonly efficiency: string }

export const ONE: Fraction = fraction(1n)

/** The budget in pence a year. Refuses one that is not above £0, where there is anybody to spend it on. */
export function targetOf(budget: BudgetStatement, cases: readonly Case[], pointer = '/budget'): Fraction {
  if (cases.length === 0)
    return refuse(
      { pointer: '' },
      'cohort-empty',
      'There is nobody to set a budget for. Include at least one person.',
    )
  const target = 'stated' in budget ? penceOf(budget.stated) : spendTimes(budget, cases, pointer)
  if (target.n <= 0n)
    refuse(
      { pointer },
      'budget-not-positive',
      `A budget of ${pounds(target)} cannot be shared out. State one above £0.`,
    )
  return target
}

function spendTimes(
  { uplift, efficiency }: { readonly uplift: string; readonly efficiency: string },
  cases: readonly Case[],
  pointer: string,
): Fraction {
  const raised = add(ONE, fractionOf(uplift))
  const kept = subtract(ONE, fractionOf(efficiency))
  if (raised.n <= 0n)
    refuse(
      { pointer },
      'parameter-out-of-range',
      `Found the uplift ${uplift}; expected above -1. State a share such as 0.03.`,
      '/uplift',
    )
  if (kept.n <= 0n || compare(kept, ONE) > 0) {
    const detail = `Found the efficiency ${efficiency}; expected from 0 to below 1. State a share such as 0.02.`
    refuse({ pointer }, 'parameter-out-of-range', detail, '/efficiency')
  }
  return multiply(currentSpend(cases), multiply(raised, kept))
}

/** What the cohort costs now, in pence a year. */
export function currentSpend(cases: readonly Case[]): Fraction {
  const sum = cases.reduce((all, { weight, cost }) => all + BigInt(weight) * BigInt(cost), 0n)
  return fraction(sum, 10_000n)
}

export type NeutralCurve = {
  readonly curve: FittedCurve
  readonly total: Fraction
  readonly unspent: Fraction
  readonly warnings: readonly Warning[]
}

/** The curve scaled so that the cohort (its masses on the knots) gets the target between floor and cap. */
export function neutralised(
  { knots }: FittedCurve,
  masses: readonly Fraction[],
  target: Fraction,
  bounds: Bounds & { readonly pointer?: string },
): NeutralCurve {
  const pieces = knots.map(({ points, amount }) => ({ points, ...scaled(amount) }))
  const { curve, total, unspent, reached } = levelled(pieces, masses, { target, bounds, level: null })
  return { curve, total, unspent, warnings: budgetWarnings({ target, unspent, reached, bounds }) }
}

/** A piece that the level multiplies: an amount that goes up and down with the whole curve. */
export function scaled(amount: Fraction): Omit<Piece, 'points'> {
  return { offset: ZERO, rate: amount, low: ZERO, high: null }
}

/** Says by how much and why a curve does not give the target; nothing when it does. */
export function budgetWarnings({
  target,
  unspent,
  reached,
  bounds,
}: {
  readonly target: Fraction
  readonly unspent: Fraction
  readonly reached: 'exactly' | 'short' | 'over' | 'not-sought'
  readonly bounds: Bounds
}): readonly Warning[] {
  if (unspent.n === 0n) return []
  const gap = pounds(unspent.n < 0n ? { n: -unspent.n, d: unspent.d } : unspent)
  const side = unspent.n < 0n ? 'above' : 'below'
  const of = `the budget of ${pounds(target)}`
  const texts = {
    short: ['budget-unreachable', `With everybody at their highest amount, the total is ${gap} below ${of}.`],
    over: ['floors-above-budget', `With everybody at their lowest amount, the total is ${gap} above ${of}.`],
    'not-sought': ['not-neutral', `The total is ${gap} ${side} ${of}: a neutral total was not asked for.`],
    contingency: ['surplus-to-contingency', `The cap leaves ${gap} of ${of} for the contingency.`],
    drop: ['surplus-dropped', `The cap leaves ${gap} of ${of} unspent; it goes to nobody.`],
  } as const
  const destination = bounds.surplus === 'drop' ? 'drop' : 'contingency'
  const [code, detail] = texts[reached === 'exactly' ? destination : reached]
  return [{ code, detail }]
}
