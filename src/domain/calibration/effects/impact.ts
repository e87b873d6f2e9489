// Who would gain and who would lose if a cohort's money moved to new amounts: over all, by group, by group and cost
// band, by points band and by age band. Gains are positive, losses negative, so that together they are the change.

import type { Count } from '../../../contract/calibration/figures.ts'
import type {
  AgainstTarget,
  BandEffect,
  Effect,
  Impact,
  PointsBandEffect,
  Shares,
} from '../../../contract/calibration/impact.ts'
import {
  average,
  byName,
  fixed,
  people,
  percentage,
  pounds,
  poundsOf,
  standardDeviation,
} from '../../number/figures.ts'
import { type Fraction, subtract } from '../../number/fraction.ts'
import { type Band, bandIndex, bandsOf, type CostBands, checkBands, checkCostBands } from '../cohort/bands.ts'
import type { Case } from '../cohort/case.ts'
import { type Cell, merged, type Side, type Tally, tallied, weightOf } from './tally.ts'

export type ImpactOptions = {
  readonly costBands: CostBands
  readonly pointsBands: readonly Band[]
  /** What the new amounts should come to, in pence a year; null when nothing was set. */
  readonly target: Fraction | null
  /** What people have now, in pence a year for each case; their current cost unless given. */
  readonly existing?: readonly number[]
  /** Pence a year that rounding alone may move: who changes by no more is counted as the same. */
  readonly unchangedWithin?: number
}

/** What the amounts (pence a year, one for each case) would change. The order of the cases does not matter. */
export function impact(cases: readonly Case[], amounts: readonly number[], options: ImpactOptions): Impact {
  const { costBands, pointsBands, target, existing = cases.map(({ cost }) => cost) } = options
  const { unchangedWithin = 0 } = options
  checkCostBands(costBands, '/costBands')
  checkBands(pointsBands, '/pointsBands')
  const place = ({ userGroup, points, ageBand }: Case, before: number) => ({
    userGroup,
    costBand: bandIndex(bandsOf(costBands, userGroup), before),
    pointsBand: bandIndex(pointsBands, points),
    ageBand,
  })
  const cells = tallied(cases, { existing, next: amounts }, place, unchangedWithin)
  const effect = (tally: Tally) => effectOf(tally, unchangedWithin > 0)
  const whole = merged(cells)
  return {
    all: effect(whole),
    againstTarget: target && againstTarget(whole, target),
    groups: parted(cells, ({ userGroup }) => userGroup).map(([userGroup, own]) => ({
      userGroup,
      ...effect(merged(own)),
      ...shares(merged(own), whole),
      costBands: costBandEffects(own, bandsOf(costBands, userGroup), effect),
    })),
    pointsBands: pointsBands.map(({ label }, i) => {
      const tally = merged(cells.filter(({ pointsBand }) => pointsBand === i))
      return { band: label, ...effect(tally), ...deviations(tally) }
    }),
    ageBands: parted(cells, ({ ageBand }) => ageBand).map(([ageBand, own]) => ({
      ageBand,
      ...effect(merged(own)),
      ...shares(merged(own), whole),
    })),
  }
}

function parted<K extends string | null>(cells: readonly Cell[], key: (cell: Cell) => K) {
  return [...Map.groupBy(cells, key)].sort(([a], [b]) => byName(a, b))
}

function costBandEffects(
  cells: readonly Cell[],
  bands: readonly Band[],
  effect: (tally: Tally) => Effect,
): readonly BandEffect[] {
  return bands.map(({ label }, i) => ({
    band: label,
    ...effect(merged(cells.filter(({ costBand }) => costBand === i))),
  }))
}

function deviations(tally: Tally): Omit<PointsBandEffect, keyof BandEffect> {
  const { existing, next, squares } = tally
  const weight = weightOf(tally)
  return {
    deviationExisting: standardDeviation(existing, squares.existing, weight),
    deviationNew: standardDeviation(next, squares.next, weight),
    deviationChange: standardDeviation(next - existing, squares.change, weight),
  }
}

function effectOf(tally: Tally, rounded: boolean): Effect {
  const { existing, next, higher, lower, same } = tally
  const weight = weightOf(tally)
  return {
    rows: higher.rows + lower.rows + same.rows,
    people: people(weight),
    higher: count(higher),
    lower: count(lower),
    same: count(same),
    existing: pounds(existing),
    new: pounds(next),
    gains: pounds(higher.money),
    losses: pounds(lower.money),
    ...(rounded ? { withinRounding: pounds(same.money) } : {}),
    change: pounds(next - existing),
    changePercent: percentage(next - existing, existing),
    averageExisting: average(existing, weight),
    averageNew: average(next, weight),
    averageExistingWhole: average(existing, weight, 0),
    averageNewWhole: average(next, weight, 0),
  }
}

function count({ rows, weight }: Side): Count {
  return { rows, people: people(weight) }
}

function shares(part: Tally, whole: Tally): Shares {
  const { existing, next } = whole
  return {
    shareExisting: percentage(part.existing, existing),
    shareNew: percentage(part.next, next),
    shareChange: percentage(part.next * existing - part.existing * next, existing * next),
  }
}

function againstTarget({ next }: Tally, target: Fraction): AgainstTarget {
  const difference = subtract({ n: next, d: 10_000n }, target)
  const percent = { n: difference.n * target.d * 100n, d: difference.d * target.n }
  return {
    target: poundsOf(target),
    difference: poundsOf(difference),
    differencePercent: target.n === 0n ? null : fixed(percent, 2),
  }
}
