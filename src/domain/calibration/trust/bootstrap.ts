// How far another cohort of the same size could have moved the table: people drawn again with replacement, the method
// refitted each time, percentile intervals over the results. Done in slices, so that a job can pause, be cancelled and
// go on; however it is sliced, the same seed gives the same figures.

import type { Warning } from '../../../contract/calibration/figures.ts'
import type { Band, Bands } from '../../../contract/calibration/trust.ts'
import type { CalibrationFaultCode } from '../../../contract/faults.ts'
import { FEWEST_RESAMPLES, MOST_RESAMPLES } from '../../../contract/limits.ts'
import { entryAt } from '../../number/double.ts'
import { drawsBelow, type RandomState, seeded } from '../../number/random.ts'
import type { Curve } from '../methods/fitted-curve.ts'
import { bandOf } from './interval.ts'
import {
  amountsAt,
  countFailures,
  fewCases,
  fitEveryone,
  fitRows,
  type Refitting,
  refitting,
  refusal,
  type TrustInput,
  totalOf,
} from './refitting.ts'

export type BootstrapInput = TrustInput & {
  readonly seed: number
  /** From 1,000 to 10,000. */
  readonly resamples: number
  /** Hundredths of a point, rising. */
  readonly grid: readonly number[]
  /** 0.95 unless stated. */
  readonly level?: number
}

/** A bootstrap as far as it has come. Each row holds the grid's amounts and the total of one resample. */
export type BootstrapState = {
  readonly input: BootstrapInput
  readonly ready: Refitting
  readonly estimate: Float64Array
  readonly random: RandomState
  readonly rows: readonly Float64Array[]
  readonly failed: readonly CalibrationFaultCode[]
}

/** A bootstrap with nothing drawn yet. Refuses what the method refuses over the whole cohort. */
export function startBootstrap(input: BootstrapInput): BootstrapState {
  checkParameters(input)
  const random = seeded(input.seed)
  const ready = refitting(input)
  const estimate = figures(ready, fitEveryone(ready), input.grid)
  return { input, ready, estimate, random, rows: [], failed: [] }
}

/** Draws so many more resamples, never beyond the number asked for. */
export function advance(state: BootstrapState, resamples: number): BootstrapState {
  const rows = [...state.rows]
  const failed = [...state.failed]
  let { random } = state
  for (let left = Math.min(resamples, state.input.resamples - done(state)); left > 0; left -= 1) {
    const next = resampled(state, random)
    if (typeof next.found === 'string') failed.push(next.found)
    else rows.push(next.found)
    random = next.random
  }
  return { ...state, random, rows, failed }
}

/** One resample: the grid's amounts and the total in pence, or why the method refuses it; and where chance stands. */
export function resampled(
  { input, ready }: BootstrapState,
  random: RandomState,
): { readonly found: Float64Array | CalibrationFaultCode; readonly random: RandomState } {
  const size = ready.sorted.cases.length
  const { draws, state } = drawsBelow(random, size, size)
  const result = fitRows(ready, draws)
  const found = 'refused' in result ? result.refused : figures(ready, result.curve, input.grid)
  return { found, random: state }
}

/** Whether every resample asked for has been drawn. */
export function finished(state: BootstrapState): boolean {
  return done(state) === state.input.resamples
}

/** The bands from the resamples drawn so far. */
export function bands(state: BootstrapState): Bands {
  const { input, estimate, failed, rows } = state
  const level = input.level ?? 0.95
  const band = (column: number): Band =>
    bandOf(
      rows.map((row) => entryAt(row, column)),
      entryAt(estimate, column),
      level,
    )
  return {
    level,
    seed: input.seed,
    resamples: input.resamples,
    done: done(state),
    curve: input.grid.map((points, column) => ({ points, ...band(column) })),
    total: band(input.grid.length),
    failed: failed.length,
    failures: countFailures(failed),
    warnings: [...fewCases(input.cases), ...failureWarnings(failed.length, rows.length)],
  }
}

/** Start, draw all, and read the bands. */
export function bootstrap(input: BootstrapInput): Bands {
  return bands(advance(startBootstrap(input), input.resamples))
}

function done({ rows, failed }: BootstrapState): number {
  return rows.length + failed.length
}

function figures(ready: Refitting, curve: Curve<number>, grid: readonly number[]): Float64Array {
  const row = new Float64Array(grid.length + 1)
  row.set(amountsAt(curve, grid))
  row[grid.length] = totalOf(ready, curve)
  return row
}

/** Says so where some resamples could not be fitted. */
export function failureWarnings(failed: number, fitted: number): readonly Warning[] {
  if (failed === 0) return []
  const detail = `The method could not be fitted to ${failed} of ${failed + fitted} resamples. The bands are of the others, and understate the uncertainty.`
  return [{ code: 'resamples-failed', detail }]
}

function checkParameters({ resamples, grid, level = 0.95, scaleMaximum }: BootstrapInput): void {
  if (!Number.isSafeInteger(resamples) || resamples < FEWEST_RESAMPLES || resamples > MOST_RESAMPLES)
    throw outOfRange(
      '/resamples',
      `${resamples}`,
      `a whole number from ${FEWEST_RESAMPLES} to ${MOST_RESAMPLES}`,
    )
  if (!(level > 0.5 && level < 1)) throw outOfRange('/level', `${level}`, 'a level above 0.5 and below 1')
  const wrong = grid.find(
    (points, i) => !Number.isSafeInteger(points) || points > scaleMaximum || points <= (grid[i - 1] ?? -1),
  )
  if (wrong !== undefined)
    throw outOfRange('/grid', `${wrong}`, `whole hundredths that rise from 0 to at most ${scaleMaximum}`)
}

function outOfRange(pointer: string, found: string, expected: string): Error {
  return refusal(pointer, 'parameter-out-of-range', `Found ${found}; expected ${expected}.`)
}
