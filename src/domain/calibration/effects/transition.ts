// How one person moves from the present amount to a new one, month by month. What has been paid up to a month is
// rounded to the penny and the month is the difference, so that the months always add up to the whole.

import { type Fraction, fraction } from '../../number/fraction.ts'
import { present } from '../../present.ts'
import { outOfRange } from '../cohort/bands.ts'

/** At once, never, or in equal monthly steps of which the first takes effect in `firstStepMonth` (1 is the first). */
export type Pace = 'full' | 'none' | { readonly steps: number; readonly firstStepMonth: number }

export type TransitionPlan = { readonly months: number; readonly gains: Pace; readonly losses: Pace }

/** A plan worked out once for many people: how many steps each month's total holds, and of how many. */
export type PlannedTransition = { readonly gains: Stairs; readonly losses: Stairs }
type Stairs = { readonly steps: number; readonly upTo: readonly number[] }

const LONGEST = 120
/** Pence a year; with the longest plan every product below stays a whole number that is held exactly. */
const HIGHEST = 100_000_000_000

/** What is paid in each month, in pence, while a yearly amount moves from `current` to `next` (pence, ≥ 0). */
export function transitionMonths(current: number, next: number, plan: TransitionPlan): readonly number[] {
  return monthsOf(current, next, planTransition(plan))
}

/** The same, for a plan that is used for many people. */
export function monthsOf(current: number, next: number, plan: PlannedTransition): readonly number[] {
  if (!(current <= HIGHEST && next <= HIGHEST))
    throw outOfRange(
      '/amount',
      `An amount is above £${HIGHEST / 100} a year, the most a transition can hold.`,
    )
  const { steps, upTo } = next > current ? plan.gains : plan.losses
  let before = 0
  return upTo.map((taken, i) => {
    const paid = rounded(current * steps * (i + 1) + (next - current) * taken, 12 * steps)
    const month = paid - before
    before = paid
    return month
  })
}

/** Refuses months and steps that cannot be, and adds the steps up. */
export function planTransition({ months, gains, losses }: TransitionPlan): PlannedTransition {
  return { gains: stairs(gains, months), losses: stairs(losses, months) }
}

/** The share of a year's change that a pace lets through on average over the months: 11/24 for 12 steps from month 2. */
export function phaseShare(pace: Pace, months: number): Fraction {
  const { steps, upTo } = stairs(pace, months)
  return fraction(BigInt(present(upTo.at(-1))), BigInt(steps * months))
}

function stairs(pace: Pace, months: number): Stairs {
  checkMonths(months, '/transition/months')
  const { steps, firstStepMonth } = inSteps(pace, months)
  let sum = 0
  const upTo = Array.from({ length: months }, (_, i) => {
    sum += Math.min(steps, Math.max(0, i + 2 - firstStepMonth))
    return sum
  })
  return { steps, upTo }
}

function inSteps(pace: Pace, months: number): { steps: number; firstStepMonth: number } {
  if (pace === 'full') return { steps: 1, firstStepMonth: 1 }
  if (pace === 'none') return { steps: 1, firstStepMonth: months + 1 }
  checkMonths(pace.steps, '/transition/steps')
  checkMonths(pace.firstStepMonth, '/transition/firstStepMonth')
  return pace
}

function checkMonths(value: number, pointer: string): void {
  if (Number.isInteger(value) && value >= 1 && value <= LONGEST) return
  throw outOfRange(pointer, `Found ${value}. Give a whole number from 1 to ${LONGEST}.`)
}

/** The nearest whole number, halves up; exact, since the remainder is taken before the quotient. */
function rounded(numerator: number, denominator: number): number {
  const doubled = 2 * numerator + denominator
  return (doubled - (doubled % (2 * denominator))) / (2 * denominator)
}
