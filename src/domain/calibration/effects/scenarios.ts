// Five ways to move a cohort to new amounts, and what each costs in its first year: gains at once or not at all, losses
// at once, in steps, or not at all. Every figure is the sum of what single people get, month by month; the closed
// form beside it (existing + gains + share × losses) is a check that anybody can make by hand.

import type { Scenario } from '../../../contract/calibration/impact.ts'
import type { ScenarioRequest } from '../../../contract/calibration/run-request.ts'
import { pounds, poundsOf } from '../../number/figures.ts'
import { add, type Fraction, fraction, multiply, subtract } from '../../number/fraction.ts'
import { present } from '../../present.ts'
import type { Case } from '../cohort/case.ts'
import { monthsOf, type Pace, phaseShare, planTransition } from './transition.ts'

const SCENARIOS: readonly Pick<Scenario, 'scenario' | 'gains' | 'losses'>[] = [
  { scenario: 'S1', gains: 'full', losses: 'none' },
  { scenario: 'S2', gains: 'full', losses: 'phased' },
  { scenario: 'S3', gains: 'full', losses: 'full' },
  { scenario: 'S4', gains: 'none', losses: 'phased' },
  { scenario: 'S5', gains: 'none', losses: 'full' },
]

export type ScenarioOptions = ScenarioRequest & {
  /** What people have now, in pence a year for each case; their current cost unless given. */
  readonly existing?: readonly number[]
}

/** Twelve steps, month 1 at no reduction: 11/24 of a year's losses are saved in the first year. */
export const FIRST_YEAR: ScenarioOptions = { months: 12, phase: { steps: 12, firstStepMonth: 2 } }

/** The five scenarios for new amounts in pence a year, one for each case. The order of the cases does not matter. */
export function scenarios(
  cases: readonly Case[],
  amounts: readonly number[],
  options: ScenarioOptions,
): readonly Scenario[] {
  const existing = options.existing ?? cases.map(({ cost }) => cost)
  const moves = cases.map(({ weight }, i) => ({
    weight,
    current: present(existing[i]),
    next: present(amounts[i]),
  }))
  const unmoved = monthTotals(moves, 'none', 'none', options.months)
  const sums = changeSums(moves)
  return SCENARIOS.map((scenario) => costed(scenario, moves, unmoved, sums, options))
}

type Move = { readonly weight: number; readonly current: number; readonly next: number }
type Sums = { readonly existing: bigint; readonly gains: bigint; readonly losses: bigint }

function costed(
  { scenario, gains, losses }: (typeof SCENARIOS)[number],
  moves: readonly Move[],
  unmoved: readonly bigint[],
  sums: Sums,
  { months, phase }: ScenarioOptions,
): Scenario {
  const [up, down] = [pace(gains, phase), pace(losses, phase)]
  const totals = monthTotals(moves, up, down, months)
  const [existing, cost] = [sum(unmoved), sum(totals)]
  const closed = closedForm(sums, phaseShare(up, months), phaseShare(down, months), months)
  const lossShare = phaseShare(down, months)
  return {
    scenario,
    gains,
    losses,
    lossShare: lossShare.d === 1n ? String(lossShare.n) : `${lossShare.n}/${lossShare.d}`,
    existing: pounds(existing),
    cost: pounds(cost),
    pressure: pounds(cost - existing),
    closedForm: poundsOf(closed),
    roundingDifference: poundsOf(subtract(fraction(cost, 10_000n), closed)),
    months: totals.map((total, i) => ({
      month: i + 1,
      cost: pounds(total),
      pressure: pounds(total - present(unmoved[i])),
    })),
  }
}

function pace(speed: Scenario['gains'], phase: ScenarioOptions['phase']): Pace {
  return speed === 'phased' ? phase : speed
}

/** (E + share of U + share of D) for so many months of a year, in pence. */
function closedForm(
  { existing, gains, losses }: Sums,
  gainShare: Fraction,
  lossShare: Fraction,
  months: number,
): Fraction {
  const moved = add(
    multiply(fraction(gains, 10_000n), gainShare),
    multiply(fraction(losses, 10_000n), lossShare),
  )
  return multiply(add(fraction(existing, 10_000n), moved), fraction(BigInt(months), 12n))
}

function changeSums(moves: readonly Move[]): Sums {
  let [existing, gains, losses] = [0n, 0n, 0n]
  for (const { weight, current, next } of moves) {
    const change = BigInt(next - current) * BigInt(weight)
    existing += BigInt(current) * BigInt(weight)
    if (change > 0n) gains += change
    else losses += change
  }
  return { existing, gains, losses }
}

// People of one weight are added up first, in numbers that stay whole; only their totals need more room.
function monthTotals(moves: readonly Move[], gains: Pace, losses: Pace, months: number): readonly bigint[] {
  const plan = planTransition({ months, gains, losses })
  const byWeight = new Map<number, number[]>()
  for (const { weight, current, next } of moves) {
    const sums = byWeight.get(weight) ?? new Array<number>(months).fill(0)
    byWeight.set(weight, sums)
    monthsOf(current, next, plan).forEach((paid, i) => {
      sums[i] = present(sums[i]) + paid
    })
  }
  return Array.from({ length: months }, (_, i) =>
    sum([...byWeight].map(([weight, sums]) => BigInt(present(sums[i])) * BigInt(weight))),
  )
}

function sum(values: readonly bigint[]): bigint {
  return values.reduce((total, value) => total + value, 0n)
}
