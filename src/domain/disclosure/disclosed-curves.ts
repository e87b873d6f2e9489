// The curves that an audience may see. A method that follows costs one by one writes single people's costs into its
// table: a rank or a step that one person holds has that person's cost as its amount, and a published table shows it to
// anybody who knows who has those points. The public sees such a curve at even steps of the scale, rounded coarsely.

import type { MethodRequest } from '../../contract/calibration/method.ts'
import type { Bands } from '../../contract/calibration/trust.ts'
import type { Knot } from '../../contract/documents/calibration-table.ts'
import { amountsOf } from '../calibration/methods/published.ts'
import { decimal } from '../number/decimal.ts'
import { wholeNumber } from '../number/whole-number.ts'
import { present } from '../present.ts'
import { type Audience, mayShow } from './may-show.ts'

/** Pounds: wide enough that nobody's cost can be read from an amount. */
export const COARSE = 500
export const STEPS = 20

/** A table's curve and its bands, as far as an audience may see them. */
export type DisclosedCurve = {
  readonly knots: readonly Knot[]
  readonly bands: Bands | null
  /** Rounded coarsely, since the amounts follow single people's costs. */
  readonly coarse: boolean
  /** What the table gives at points (hundredths), in pounds: the one source of every figure that is printed of it. */
  readonly amountsAt: (points: readonly number[]) => readonly string[]
}

/** Whether the table follows costs one by one, and not through a line or a price that rests on everybody. */
export function followsSingleCosts({ method }: { readonly method: string }): boolean {
  return method === 'percentile' || method === 'isotonic'
}

/** What a draft made from such a method says of itself, and what can be done about it. */
export const SINGLE_COSTS =
  'This method follows present costs one by one: at points that one person of the cohort has, the amount is or comes ' +
  'close to that person’s own cost, and publishing the table publishes it. Before publication, take knots out of the ' +
  'draft until each stands for at least 10 people, or choose a method whose line rests on everybody (fixed, incremental).'

/** One curve of a method for an audience. The estimate of each band is the table's own amount there. */
export function disclosedCurve(
  { knots, bands }: { readonly knots: readonly Knot[]; readonly bands: Bands | null },
  request: Pick<MethodRequest, 'method'>,
  scaleMaximum: string,
  audience: Audience,
): DisclosedCurve {
  const coarse = followsSingleCosts(request) && !mayShow(1, audience)
  const shown = (amount: string) => (coarse ? nearestCoarse(amount) : amount)
  const own = coarse ? atSteps(knots, evenPoints(scaleMaximum, STEPS)) : knots
  const amountsAt = (points: readonly number[]) => read(own, points).map(shown)
  return { knots: own, bands: bands && disclosedBands(bands, amountsAt, shown), coarse, amountsAt }
}

/** 0 and the ends of so many even parts of the scale, in whole hundredths: evenPoints('100', 4) = [0, 2500, …, 10000]. */
export function evenPoints(scaleMaximum: string, parts: number): readonly number[] {
  const step = decimal(scaleMaximum).times(100).div(parts)
  return Array.from({ length: parts + 1 }, (_, i) => wholeNumber(BigInt(step.times(i).toFixed(0))))
}

function atSteps(knots: readonly Knot[], steps: readonly number[]): readonly Knot[] {
  const amounts = read(knots, steps)
  return steps.map((points, i) => ({
    points: decimal(String(points)).div(100).toFixed(),
    amountAnnual: nearestCoarse(present(amounts[i])),
  }))
}

// As the service itself works an allocation out, to the penny.
function read(knots: readonly Knot[], points: readonly number[]): readonly string[] {
  const people = points.map((own) => ({ points: own }))
  return amountsOf(knots, people, 1).map((pence) => decimal(String(pence)).div(100).toFixed(2))
}

function disclosedBands(
  bands: Bands,
  amountsAt: DisclosedCurve['amountsAt'],
  shown: (amount: string) => string,
): Bands {
  const estimates = amountsAt(bands.curve.map(({ points }) => points))
  return {
    ...bands,
    curve: bands.curve.map(({ points, lower, upper }, i) => ({
      points,
      estimate: present(estimates[i]),
      lower: lower && shown(lower),
      upper: upper && shown(upper),
    })),
  }
}

function nearestCoarse(amount: string): string {
  return decimal(amount).div(COARSE).toDecimalPlaces(0).times(COARSE).toFixed(2)
}
