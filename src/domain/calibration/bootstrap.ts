// How far another cohort of the same size could have moved the table: people drawn again with replacement, the method
// refitted each time, percentile intervals over the results. Done in slices, so that a job can pause, be cancelled and
// go on; however it is sliced, the same seed gives the same figures.
import type { CalibrationFaultCode } from '../errors.ts'
import type { Warning } from './fitted-curve.ts'
import { drawsBelow, type RandomState, seeded } from './random.ts'
import { at, poundsText } from './resampling/double.ts'
import {
  countFailures,
  type Failures,
  fewCases,
  fitEveryone,
  fitRows,
  type QuickCalibration,
  quickCalibration,
  refusal,
  type TrustInput,
} from './resampling/quick-calibration.ts'
import { amountsAt, type QuickCurve, totalOver } from './resampling/quick-curve.ts'

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
  readonly calibration: QuickCalibration
  readonly estimate: Float64Array
  readonly random: RandomState
  readonly rows: readonly Float64Array[]
  readonly failed: readonly CalibrationFaultCode[]
}

/** Pounds a year: what the whole cohort gives, and the interval; null where no resample could be fitted. */
export type Band = { readonly estimate: string; readonly lower: string | null; readonly upper: string | null }

export type Bands = {
  readonly level: number
  readonly seed: number
  readonly resamples: number
  readonly done: number
  readonly curve: readonly (Band & { /** Hundredths. */ readonly points: number })[]
  /** What each resample's table would give the cohort as it is. */
  readonly total: Band
  readonly failed: number
  readonly failures: Failures
  readonly warnings: readonly Warning[]
}

export const FEWEST_RESAMPLES = 1000
export const MOST_RESAMPLES = 10_000

/** A bootstrap with nothing drawn yet. Refuses what the method refuses over the whole cohort. */
export function startBootstrap(input: BootstrapInput): BootstrapState {
  checkParameters(input)
  const random = seeded(input.seed)
  const calibration = quickCalibration(input)
  const estimate = figures(calibration, fitEveryone(calibration), Float64Array.from(input.grid))
  return { input, calibration, estimate, random, rows: [], failed: [] }
}

/** Draws so many more resamples, never beyond the number asked for. */
export function advance(state: BootstrapState, resamples: number): BootstrapState {
  const { input, calibration } = state
  const grid = Float64Array.from(input.grid)
  const size = calibration.sorted.cases.length
  const rows = [...state.rows]
  const failed = [...state.failed]
  let { random } = state
  for (let left = Math.min(resamples, input.resamples - done(state)); left > 0; left -= 1) {
    const drawn = drawsBelow(random, size, size)
    const result = fitRows(calibration, drawn.draws)
    if (result.fitted) rows.push(figures(calibration, result.curve, grid))
    else failed.push(result.code)
    random = drawn.state
  }
  return { ...state, random, rows, failed }
}

/** Whether every resample asked for has been drawn. */
export function finished(state: BootstrapState): boolean {
  return done(state) === state.input.resamples
}

/** The bands from the resamples drawn so far. */
export function bands(state: BootstrapState): Bands {
  const { input, estimate, failed } = state
  const level = input.level ?? 0.95
  const band = (column: number): Band => bandOf(state, column, at(estimate, column), level)
  return {
    level,
    seed: input.seed,
    resamples: input.resamples,
    done: done(state),
    curve: input.grid.map((points, column) => ({ points, ...band(column) })),
    total: band(input.grid.length),
    failed: failed.length,
    failures: countFailures(failed),
    warnings: [...fewCases(input.cases), ...failureWarnings(state)],
  }
}

/** Start, draw all, and read the bands. */
export function bootstrap(input: BootstrapInput): Bands {
  return bands(advance(startBootstrap(input), input.resamples))
}

function done({ rows, failed }: BootstrapState): number {
  return rows.length + failed.length
}

function figures(calibration: QuickCalibration, curve: QuickCurve, grid: Float64Array): Float64Array {
  const row = new Float64Array(grid.length + 1)
  row.set(amountsAt(curve, grid))
  row[grid.length] = totalOver(curve, calibration.everyone) / 10_000
  return row
}

function bandOf({ rows }: BootstrapState, column: number, estimate: number, level: number): Band {
  const sorted = Float64Array.from(rows, (row) => at(row, column)).sort()
  const tail = (1 - level) / 2
  return { estimate: poundsText(estimate), lower: quantile(sorted, tail), upper: quantile(sorted, 1 - tail) }
}

// PERCENTILE.INC, the definition the rest of calibration uses.
function quantile(sorted: Float64Array, share: number): string | null {
  if (sorted.length === 0) return null
  const place = (sorted.length - 1) * share
  const below = Math.floor(place)
  const low = at(sorted, below)
  const high = at(sorted, Math.min(below + 1, sorted.length - 1))
  return poundsText(low + (place - below) * (high - low))
}

function failureWarnings({ failed, rows }: BootstrapState): readonly Warning[] {
  if (failed.length === 0) return []
  const detail = `The method could not be fitted to ${failed.length} of ${failed.length + rows.length} resamples; the bands are of the others, and so look surer than they are.`
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
