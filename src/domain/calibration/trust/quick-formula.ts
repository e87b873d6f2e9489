// The last step of every quick method, as ../fitting.ts is of the exact ones: a formula becomes knots that give the
// sample its target, within floor and cap.
import type { CalibrationFaultCode } from '../../../contract/faults.ts'
import { at } from '../../number/double.ts'
import { present } from '../../present.ts'
import type { MethodInput } from '../methods/method-input.ts'
import type { QuickCurve } from './quick-curve.ts'
import { type QuickKnots, quickKnots } from './quick-knots.ts'
import { type QuickTerms, quickClamped, quickLevel } from './quick-level.ts'
import type { Sample } from './sample.ts'

/** clamp(offset + rate × level, low, high) at some points, in pence. `high` may be infinite. */
export type QuickPieces = Omit<QuickTerms, 'mass'>

/** A method before its budget: what it says at points that rise, with one level still free. */
export type QuickFormula = {
  readonly piecesAt: (points: Float64Array) => QuickPieces
  readonly ownLevel: number
  readonly kinks: readonly number[]
}

export type QuickResult =
  | { readonly fitted: true; readonly curve: QuickCurve }
  | { readonly fitted: false; readonly code: CalibrationFaultCode }

/** A sample with what a method is to do with it; the target in pence × ten-thousandths. */
export type QuickInput = {
  readonly sample: Sample
  readonly target: number
  readonly bounds: Pick<MethodInput, 'floor' | 'cap' | 'surplus' | 'neutral' | 'scaleMaximum'>
}

/** The formula as a curve, at the level that gives the sample its target. */
export function quickFitted(input: QuickInput, formula: QuickFormula): QuickResult {
  const first = through(input, formula, [])
  if (first === undefined) return { fitted: false, code: 'budget-unreachable' }
  // The bounds' own knots move no one to a new amount, unless the cohort's had to be thinned out.
  const found = first.bends.length === 0 ? first : present(through(input, formula, first.bends))
  return { fitted: true, curve: found.curve }
}

/** Amounts that the level multiplies. */
export function scaledPieces(amounts: Float64Array): QuickPieces {
  const none = new Float64Array(amounts.length)
  return { offset: none, rate: amounts, low: none, high: unlimited(amounts.length) }
}

/** As many upper bounds that bind nowhere. */
export function unlimited(length: number): Float64Array {
  return new Float64Array(length).fill(Number.POSITIVE_INFINITY)
}

type Through = { readonly curve: QuickCurve; readonly bends: readonly number[] }

function through(input: QuickInput, formula: QuickFormula, bends: readonly number[]): Through | undefined {
  const { sample, bounds } = input
  const knots = quickKnots(sample, bounds.scaleMaximum, [...formula.kinks, ...bends])
  const pieces = formula.piecesAt(knots.points)
  const capped = within(knots, pieces, bounds.floor ?? 0, bounds.cap ?? Number.POSITIVE_INFINITY)
  const level = bounds.neutral ? levelFor(input, knots, pieces, capped) : formula.ownLevel
  if (level === null) return undefined
  return {
    curve: { points: knots.points, amounts: quickClamped(capped, level) },
    bends: bendsOf(knots.points, capped, level),
  }
}

// Money that a cap keeps from people goes to others only where that is asked for; else the level does not see the cap.
function levelFor(
  { target, bounds }: QuickInput,
  knots: QuickKnots,
  pieces: QuickPieces,
  capped: QuickTerms,
): number | null {
  if (bounds.surplus === 'redistribute') return quickLevel(capped, target)
  return quickLevel(within(knots, pieces, bounds.floor ?? 0, Number.POSITIVE_INFINITY), target)
}

// The request's bounds win where they contradict the formula's own.
function within(knots: QuickKnots, pieces: QuickPieces, floor: number, cap: number): QuickTerms {
  const mass = knots.weight
  if (floor === 0 && cap === Number.POSITIVE_INFINITY) return { ...pieces, mass }
  const low = new Float64Array(mass.length)
  const high = new Float64Array(mass.length)
  for (let i = 0; i < mass.length; i += 1) {
    low[i] = Math.min(Math.max(at(pieces.low, i), floor), cap)
    high[i] = Math.min(Math.max(at(pieces.high, i), at(low, i)), cap)
  }
  return { ...pieces, mass, low, high }
}

// The whole hundredths around every place where the formula meets a bound between two knots.
function bendsOf(points: Float64Array, { offset, rate, low, high }: QuickTerms, level: number): number[] {
  const bends: number[] = []
  let [below, above] = [0, 0]
  for (let i = 0; i < points.length; i += 1) {
    const value = at(offset, i) + at(rate, i) * level
    const nowBelow = distance(value, at(low, i))
    const nowAbove = distance(value, at(high, i))
    if (i > 0) {
      const [from, to] = [at(points, i - 1), at(points, i)]
      if (below * nowBelow < 0) bends.push(...crossing(from, to, below, nowBelow))
      if (above * nowAbove < 0) bends.push(...crossing(from, to, above, nowAbove))
    }
    below = nowBelow
    above = nowAbove
  }
  return bends
}

// What exact arithmetic calls equal, doubles may miss by a hair.
const HAIR = 1e-9

/** Above or below a bound, or 0 on it. */
export function distance(value: number, bound: number): number {
  return Math.abs(value - bound) <= HAIR * Math.abs(value) ? 0 : value - bound
}

/** The one or two whole hundredths around where a straight line of these ends, of unlike signs, is 0. */
export function crossing(from: number, to: number, before: number, after: number): readonly number[] {
  const place = from + ((to - from) * before) / (before - after)
  // A place on the scale of points, where a knot of a resample goes: never an amount.
  const nearest = Math.round(place)
  const around = Math.abs(place - nearest) <= HAIR * place ? [nearest] : [Math.floor(place), Math.ceil(place)]
  return around.filter((points) => points > from && points < to)
}
