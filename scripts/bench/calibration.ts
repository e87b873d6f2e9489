// Calibration on one core: the methods on a cohort of the size councils use, resampling on a large one, and one method
// on a cohort as large as a county's caseload. Goals are printed beside the figures, and nothing fails for missing one.
// Processor time stands beside the time that passed: other work on the machine disturbs it less, and it counts V8's own
// threads too.

import type { MethodRequest } from '../../src/contract/calibration/method.ts'
import { currentSpend } from '../../src/domain/calibration/budget/budget.ts'
import { type Case, ONE_PERSON } from '../../src/domain/calibration/cohort/case.ts'
import { fit } from '../../src/domain/calibration/methods/fit.ts'
import type { MethodInput } from '../../src/domain/calibration/methods/method-input.ts'
import { amountsOf, publishedKnots } from '../../src/domain/calibration/methods/published.ts'
import { bootstrap } from '../../src/domain/calibration/trust/bootstrap.ts'
import { seeded, words } from '../../src/domain/number/random.ts'
import { percentile } from './figures.ts'
import { print, type Row } from './report.ts'

const SCALE = 10_000
const METHODS: readonly MethodRequest[] = [
  { method: 'fixed' },
  { method: 'percentile', mode: 'tie-mean' },
  { method: 'percentile', mode: 'percent-table' },
  { method: 'percentile', mode: 'excel' },
  { method: 'line' },
  { method: 'rising-price' },
  { method: 'bounded-line' },
  { method: 'isotonic' },
]

const GRID = Array.from({ length: 101 }, (_, i) => i * 100)
/** Rows, hundredths between two points values, and the milliseconds to stay below: beyond 1,001 values a table is thinned. */
const RESAMPLED = [
  [134, 25, 1_000],
  [5_000, 50, 1_000],
  [5_000, 1, 2_500],
] as const

export function benchCalibration(rounds: number): void {
  const small = inputOf(cohort(134))
  const all = times(rounds, () => {
    for (const request of METHODS) calibrated(request, small)
  })
  const resampled = RESAMPLED.flatMap(([size, step, goal]) => {
    const cases = inputOf(cohort(size, step))
    const values = new Set(cases.cases.map(({ points }) => points)).size
    return METHODS.map((request): Row => {
      const options = { request, targetFollows: 'spend', seed: 2012, resamples: 1_000, grid: GRID } as const
      const { passed, cpu } = times(1, () => bootstrap({ ...cases, ...options }))
      const name = `${size} rows, ${values} points values, 1,000 resamples: ${nameOf(request)}`
      return [name, passed.toFixed(0), cpu.toFixed(0), `${goal}`]
    })
  })
  const county = inputOf(cohort(100_000))
  const whole = METHODS.map((request): Row => {
    const { passed, cpu } = times(1, () => calibrated(request, county))
    return [`100,000 rows, table and amounts: ${nameOf(request)}`, passed.toFixed(0), cpu.toFixed(0), '2000']
  })
  print(
    'Calibration, one core',
    ['', 'ms', 'CPU ms', 'goal below'],
    [
      ['134 rows, all eight methods, tables and amounts', all.passed.toFixed(1), all.cpu.toFixed(1), '50'],
      ...resampled,
      ...whole,
    ],
  )
}

function calibrated(request: MethodRequest, input: MethodInput): void {
  amountsOf(publishedKnots(fit(request, input), 1), input.cases, 1)
}

type Times = { readonly passed: number; readonly cpu: number }

/** Milliseconds of the middle round, after one that is not counted. */
function times(rounds: number, work: () => unknown): Times {
  work()
  const found = Array.from({ length: rounds }, () => timed(work))
  const middle = (of: (one: Times) => number) =>
    percentile(
      found.map(of).sort((a, b) => a - b),
      0.5,
    )
  return { passed: middle(({ passed }) => passed), cpu: middle(({ cpu }) => cpu) }
}

function timed(work: () => unknown): Times {
  const [started, used] = [performance.now(), process.cpuUsage()]
  work()
  const { user, system } = process.cpuUsage(used)
  return { passed: performance.now() - started, cpu: (user + system) / 1000 }
}

function inputOf(cases: readonly Case[]): MethodInput {
  return { cases, scaleMaximum: SCALE, target: currentSpend(cases), neutral: true, surplus: 'redistribute' }
}

/** Points so many hundredths apart (quarters of a point unless said), costs that rise with them ever faster and scatter by two fifths: made from a seed, so that every run has the same. */
function cohort(size: number, step = 25): readonly Case[] {
  const { draws } = words(seeded(size), 2 * size)
  return Array.from({ length: size }, (_, i) => {
    const points = ((draws[2 * i] ?? 0) % (SCALE / step + 1)) * step
    const scatter = 60 + ((draws[2 * i + 1] ?? 0) % 81)
    const cost = 20_000 + Math.floor(((points * 200 + (points * points) / 20) * scatter) / 100)
    const codes = { ageBand: null, setting: null, team: null, characteristics: null }
    return {
      ...codes,
      ref: `R-${i}`,
      userGroup: 'all',
      points,
      cost,
      weight: ONE_PERSON,
      estimate: null,
      answers: null,
    }
  })
}

function nameOf(request: MethodRequest): string {
  return request.method === 'percentile' ? `percentile, ${request.mode}` : request.method
}
