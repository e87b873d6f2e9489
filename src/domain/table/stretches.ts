// A curve as its readers meet it: what a further point is worth along it, and where a little more need brings much more
// money at once.

import type { Cliff, Marginal } from '../../contract/calibration/effects.ts'
import type { Adjustment, CalibrationTable } from '../../contract/documents/calibration-table.ts'
import { onOneDenominator } from '../number/common-denominator.ts'
import { decimal } from '../number/decimal.ts'
import { decimalText, fractionOf, penceOf } from '../number/decimal-fraction.ts'
import { fixed, poundsOf } from '../number/figures.ts'
import { type Fraction, multiply } from '../number/fraction.ts'
import { present } from '../present.ts'

/** What of a table decides its stretches; a method of a run has them too. */
export type PricedCurves = Pick<CalibrationTable, 'belowFirst' | 'adjustments' | 'rounding'> & {
  readonly curves: readonly Pick<CalibrationTable['curves'][number], 'interpolation' | 'knots'>[]
}

/** What a further point is worth after the adjustments, curve by curve. */
export function marginalOf(table: PricedCurves): readonly (readonly Marginal[])[] {
  return table.curves.map((_, i) => {
    const { stretches, text } = readCurve(table, i)
    return stretches
      .filter(({ from, to }) => to > from)
      .map((stretch) => ({
        from: text(stretch.from),
        to: text(stretch.to),
        poundsPerPoint: fixed(priceOf(stretch), 2),
      }))
  })
}

/** Every rising step, and every stretch that is over three times as steep as each neighbour that rises. */
export function cliffsOf(table: PricedCurves): readonly Cliff[] {
  return table.curves.flatMap((_, curve) => {
    const { stretches, text, rise } = readCurve(table, curve)
    return stretches.flatMap((stretch, i) => {
      const before = stretches[i - 1]
      const place = { curve, atPoints: text(stretch.from) }
      const step = before === undefined ? 0n : stretch.low - before.high
      const steep = isSteep(stretch, [before, stretches[i + 1]])
      return [
        ...(step > 0n ? [{ ...place, kind: 'step' as const, riseAnnual: rise(step) }] : []),
        ...(steep
          ? [{ ...place, kind: 'steep' as const, riseAnnual: rise(stretch.high - stretch.low) }]
          : []),
      ]
    })
  })
}

/** Part of a curve on one line: points and amounts as whole numbers of small parts. */
type Stretch = { readonly from: bigint; readonly to: bigint; readonly low: bigint; readonly high: bigint }

type CurveInParts = {
  readonly stretches: readonly (Stretch & { readonly scale: Fraction })[]
  readonly text: (points: bigint) => string
  readonly rise: (amount: bigint) => string
}

const STEEPER = 3n

function isSteep(stretch: Stretch, neighbours: readonly (Stretch | undefined)[]): boolean {
  const rising = neighbours.flatMap((one) => (one !== undefined && one.high > one.low ? one : []))
  return rising.length > 0 && rising.every((one) => steepness(stretch, one) > 0n)
}

/** Above 0 where the one rises over three times as fast as the other. */
function steepness(one: Stretch, other: Stretch): bigint {
  return (
    (one.high - one.low) * (other.to - other.from) - STEEPER * (other.high - other.low) * (one.to - one.from)
  )
}

function priceOf({ from, to, low, high, scale }: Stretch & { readonly scale: Fraction }): Fraction {
  return { n: (high - low) * scale.n, d: (to - from) * scale.d }
}

function readCurve({ curves, belowFirst, adjustments, rounding }: PricedCurves, i: number): CurveInParts {
  const { knots, interpolation } = present(curves[i])
  const points = onOneDenominator([...knots.map((knot) => fractionOf(knot.points)), { n: 0n, d: 1n }])
  const unit = penceOf(rounding.to)
  const money = onOneDenominator([...knots.map((knot) => penceOf(knot.amountAnnual)), unit])
  const factor = factorOf(adjustments)
  const nodes = knots.map((_, k) => ({
    at: present(points.numerators[k]),
    amount: present(money.numerators[k]),
  }))
  const segments = [...belowOf(present(nodes[0]), belowFirst), ...segmentsOf(nodes, interpolation)]
  // Pounds a point: pence ÷ 100, on the parts of both.
  const scale = { n: factor.n * points.denominator, d: factor.d * money.denominator * 100n }
  return {
    stretches: merged(segments, present(money.numerators.at(-1))).map((one) => ({ ...one, scale })),
    text: (at) => decimalText({ n: at, d: points.denominator }, 4),
    rise: (amount) => poundsOf(multiply({ n: amount, d: money.denominator }, factor)),
  }
}

function factorOf(adjustments: readonly Adjustment[]): Fraction {
  return fractionOf(adjustments.reduce((all, one) => all.times(one.factor), decimal('1')).toFixed())
}

type Node = { readonly at: bigint; readonly amount: bigint }

function belowOf({ at, amount }: Node, belowFirst: PricedCurves['belowFirst']): readonly Stretch[] {
  if (at === 0n) return []
  const low = belowFirst === 'hold' ? amount : 0n
  const high = belowFirst === 'zero' ? 0n : amount
  return [{ from: 0n, to: at, low, high }]
}

// A step holds up to the next knot. The last knot is a stretch of no length, since nothing follows it.
function segmentsOf(nodes: readonly Node[], interpolation: 'linear' | 'step'): readonly Stretch[] {
  const between = nodes.slice(1).map(({ at, amount }, k) => {
    const before = present(nodes[k])
    const high = interpolation === 'step' ? before.amount : amount
    return { from: before.at, to: at, low: before.amount, high }
  })
  const { at, amount } = present(nodes.at(-1))
  return [...between, { from: at, to: at, low: amount, high: amount }]
}

/** Segments on one line within the unit that their knots are rounded to, as one stretch each. */
function merged(segments: readonly Stretch[], unit: bigint): readonly Stretch[] {
  const done: Stretch[] = []
  let first = 0
  while (first < segments.length) {
    const last = endOfLine(segments, first, unit)
    const [start, end] = [present(segments[first]), present(segments[last])]
    done.push({ from: start.from, to: end.to, low: start.low, high: end.high })
    first = last + 1
  }
  return done
}

// The line from the first knot must pass every knot on its way within the unit: its slope stays in a narrowing cone.
function endOfLine(segments: readonly Stretch[], first: number, unit: bigint): number {
  const { from, low } = present(segments[first])
  let [least, most]: [Fraction | null, Fraction | null] = [null, null]
  let last = first
  for (let i = first; i < segments.length; i += 1) {
    const { to, high } = present(segments[i])
    const before = segments[i - 1]
    if (i > first && before !== undefined && before.high !== present(segments[i]).low) break
    const [rise, run] = [high - low, to - from]
    if (least !== null && rise * least.d < least.n * run) break
    if (most !== null && rise * most.d > most.n * run) break
    last = i
    const [floor, ceiling] = [
      { n: rise - unit, d: run },
      { n: rise + unit, d: run },
    ]
    if (least === null || floor.n * least.d > least.n * floor.d) least = floor
    if (most === null || ceiling.n * most.d < most.n * ceiling.d) most = ceiling
  }
  return last
}
