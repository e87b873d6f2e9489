// Fits a line between two prices per point: tries where the floor price ends and the ceiling price begins, fits each
// part by least squares, and keeps the curve nearest to what people cost. In doubles (+ − × ÷ only, so the same on
// every machine), then fixed to ten decimals; the money is reckoned exactly from those.

import { fractionOf, penceOf } from '../../number/decimal-fraction.ts'
import { divide, type Fraction, roundHalfUp } from '../../number/fraction.ts'
import { wholeNumber } from '../../number/whole-number.ts'
import { present } from '../../present.ts'
import { currentSpend } from '../budget/budget.ts'
import type { PointsGroup } from '../cohort/points-group.ts'
import type { BoundedLine, GivenBounds } from './bounded-line.ts'
import { type MethodInput, refuse } from './method-input.ts'

type Place = { readonly points: number; readonly weight: number; readonly cost: number }
type Candidate = { readonly a: number; readonly b: number; readonly f: number; readonly g: number }

const PARTS_NEED = 4
const MOST_SPLITS = 40

/** The bounded line of least squares, with whatever of it was given kept as it is. */
export function searchBoundedLine(
  input: MethodInput,
  groups: readonly PointsGroup[],
  given: GivenBounds,
): BoundedLine {
  const share = budgetShare(input)
  const places = groups.filter(({ points }) => points > 0).map((group) => placeOf(group, share))
  if (places.length < PARTS_NEED) {
    const detail = `A floor, a line and a ceiling cannot be fitted to ${places.length} different points values above 0. Give the line and both prices, or at least ${PARTS_NEED} values.`
    refuse(input, 'cohort-too-small', detail)
  }
  const best = nearest(places, numbersOf(given))
  if (best === null) {
    const detail =
      'No rising line between a lower and a higher price per point fits this cohort. Give the line and prices.'
    return refuse(input, 'curve-not-rising', detail)
  }
  return {
    line: given.line ?? { slope: fixed(best.b), intercept: penceOf(best.a.toFixed(10)) },
    floorPrice: given.floorPrice ?? fixed(best.f),
    ceilingPrice: given.ceilingPrice ?? fixed(best.g),
  }
}

function nearest(places: readonly Place[], given: Partial<Candidate>): Candidate | null {
  const sums = runningSums(places)
  const splits = splitsOf(places.length)
  // A middle part of two neighbours is a step, not a line.
  const shortest = Math.max(2, Math.floor(places.length / 3))
  let best: { readonly candidate: Candidate; readonly error: number } | null = null
  for (const from of splits) {
    for (const to of splits) {
      if (to < from + shortest) continue
      const candidate = candidateOf(sums, from, to, given)
      if (!(candidate.b > 0 && candidate.f >= 0 && candidate.f < candidate.g)) continue
      const error = errorOf(places, candidate, best?.error ?? Number.POSITIVE_INFINITY)
      if (best === null || error < best.error) best = { candidate, error }
    }
  }
  return best === null ? null : best.candidate
}

/** Where one part may end and the next begin: never before the first or after the last value. */
function splitsOf(count: number): readonly number[] {
  const last = count - 1
  const tries = Math.min(last, MOST_SPLITS)
  return [...new Set(Array.from({ length: tries }, (_, i) => 1 + Math.floor((i * last) / tries)))]
}

function candidateOf(sums: readonly Sums[], from: number, to: number, given: Partial<Candidate>): Candidate {
  const below = differenceOf(sums, 0, from)
  const above = differenceOf(sums, to, sums.length - 1)
  const middle = differenceOf(sums, from, to)
  const b = (middle.w * middle.pc - middle.p * middle.c) / (middle.w * middle.pp - middle.p * middle.p)
  const a = (middle.c - b * middle.p) / middle.w
  return { a, b, f: below.pc / below.pp, g: above.pc / above.pp, ...given }
}

// The sum never falls: a candidate that is as bad as the best before its end need not be followed to it.
function errorOf(places: readonly Place[], { a, b, f, g }: Candidate, enough: number): number {
  let sum = 0
  for (const { points, weight, cost } of places) {
    const gap = cost - Math.min(Math.max(a + b * points, f * points), g * points)
    sum += weight * gap * gap
    if (sum >= enough) break
  }
  return sum
}

type Sums = {
  readonly w: number
  readonly p: number
  readonly c: number
  readonly pp: number
  readonly pc: number
}

function runningSums(places: readonly Place[]): readonly Sums[] {
  let last: Sums = { w: 0, p: 0, c: 0, pp: 0, pc: 0 }
  return [
    last,
    ...places.map(({ points, weight, cost }) => {
      last = {
        w: last.w + weight,
        p: last.p + weight * points,
        c: last.c + weight * cost,
        pp: last.pp + weight * points * points,
        pc: last.pc + weight * points * cost,
      }
      return last
    }),
  ]
}

function differenceOf(sums: readonly Sums[], from: number, to: number): Sums {
  const [a, b] = [present(sums[from]), present(sums[to])]
  return { w: b.w - a.w, p: b.p - a.p, c: b.c - a.c, pp: b.pp - a.pp, pc: b.pc - a.pc }
}

/** How the budget stands to current spend: prices are fitted to what costs would be if all had moved alike. */
function budgetShare({ cases, target, neutral }: MethodInput): number {
  const spend = currentSpend(cases)
  return neutral && spend.n > 0n ? numberOf(divide(target, spend)) : 1
}

/** Points, people and mean pounds: near enough to choose between curves. */
function placeOf({ points, weight, cost }: PointsGroup, share: number): Place {
  const mean = wholeNumber(roundHalfUp({ n: cost, d: BigInt(weight) }))
  return { points: points / 100, weight: weight / 10_000, cost: (mean / 100) * share }
}

function numbersOf({ line, floorPrice, ceilingPrice }: GivenBounds): Partial<Candidate> {
  return {
    ...(line && { a: numberOf(line.intercept) / 100, b: numberOf(line.slope) }),
    ...(floorPrice && { f: numberOf(floorPrice) }),
    ...(ceilingPrice && { g: numberOf(ceilingPrice) }),
  }
}

function numberOf({ n, d }: Fraction): number {
  return wholeNumber(roundHalfUp({ n: n * 1_000_000n, d })) / 1_000_000
}

function fixed(value: number): Fraction {
  return fractionOf(value.toFixed(10))
}
