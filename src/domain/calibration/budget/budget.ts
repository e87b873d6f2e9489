// The budget that a council states, and what is said where a curve does not come to it exactly.
import type { Warning } from '../../../contract/calibration/figures.ts'
import type { Budget } from '../../../contract/calibration/run-request.ts'
import { type Fault, Refusal } from '../../../contract/refusal.ts'
import { fractionOf, penceOf, pounds } from '../../number/decimal-fraction.ts'
import { add, compare, type Fraction, fraction, multiply, subtract } from '../../number/fraction.ts'
import type { Case } from '../cohort/case.ts'
import { type Bounds, refuse } from '../methods/method-input.ts'

const ONE: Fraction = fraction(1n)

/** The budget in pence a year. Refuses one that is not above £0, where there is anybody to spend it on. */
export function targetOf(budget: Budget, cases: readonly Case[], pointer = '/budget'): Fraction {
  if (cases.length === 0)
    return refuse(
      { pointer: '' },
      'cohort-empty',
      'There is nobody to set a budget for. Include at least one person.',
    )
  checkBudget(budget, pointer)
  const target = budget.basis === 'stated' ? penceOf(budget.amountAnnual) : spendTimes(budget, cases)
  if (target.n <= 0n) refuse({ pointer }, 'budget-not-positive', notShared(target))
  return target
}

/** Refuses a statement that no cohort could make a budget of, with everything that is wrong with it. */
export function checkBudget(budget: Budget, pointer: string): void {
  const faults =
    budget.basis === 'stated' ? sumFaults(budget.amountAnnual, pointer) : factorFaults(budget, pointer)
  const [first] = faults
  if (first !== undefined) throw new Refusal('calibration-impossible', first.detail, { faults })
}

function sumFaults(stated: string, pointer: string): readonly Fault[] {
  const sum = penceOf(stated)
  return sum.n > 0n ? [] : [{ pointer, code: 'budget-not-positive', detail: notShared(sum) }]
}

function notShared(sum: Fraction): string {
  return `A budget of ${pounds(sum)} cannot be shared out.`
}

function factorFaults(
  { uplift, efficiency }: { readonly uplift: string; readonly efficiency: string },
  pointer: string,
): readonly Fault[] {
  const [up, down] = [fractionOf(uplift), fractionOf(efficiency)]
  const code = 'parameter-out-of-range'
  const faults: Fault[] = []
  if (up.n < 0n || compare(up, ONE) > 0) {
    const detail = `The uplift ${uplift} must be from 0 to 1: "0.03" is 3%. What lowers the budget is an efficiency; for anything else, state the sum.`
    faults.push({ pointer: `${pointer}/uplift`, code, detail })
  }
  if (down.n < 0n || compare(down, ONE) >= 0) {
    const detail = `The efficiency ${efficiency} must be from 0 to below 1: "0.02" is 2%.`
    faults.push({ pointer: `${pointer}/efficiency`, code, detail })
  }
  return faults
}

function spendTimes(
  { uplift, efficiency }: { readonly uplift: string; readonly efficiency: string },
  cases: readonly Case[],
): Fraction {
  const factor = multiply(add(ONE, fractionOf(uplift)), subtract(ONE, fractionOf(efficiency)))
  return multiply(currentSpend(cases), factor)
}

/** What the cohort costs now, in pence a year. */
export function currentSpend(cases: readonly Case[]): Fraction {
  const sum = cases.reduce((all, { weight, cost }) => all + BigInt(weight) * BigInt(cost), 0n)
  return fraction(sum, 10_000n)
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
