// A bootstrap of several curves at once, one a group. Each resample draws every group again within itself, as many
// people as it has: a curve is fitted to its own group with its own part of the budget, and the sizes of the groups are
// no chance of the method's. The groups' draws follow one another in one stream of chance, so they are independent,
// and what all tables give together has its band from the very resamples that the groups' bands are from.
import type { JointBands } from '../../../contract/calibration/trust.ts'
import type { CalibrationFaultCode } from '../../../contract/faults.ts'
import { entryAt } from '../../number/double.ts'
import { present } from '../../present.ts'
import { type BootstrapState, failureWarnings, finished, resampled } from './bootstrap.ts'
import { bandOf } from './interval.ts'
import { countFailures } from './refitting.ts'

/** Bootstraps that go on together, from their own beginnings with the same seed and number of resamples. */
export type JointState = {
  readonly groups: readonly BootstrapState[]
  /** Pence that all tables together give the cohort as it is, for each resample that every group could be fitted to. */
  readonly totals: readonly number[]
  /** For each other resample, why the first group that refuses it does. */
  readonly failed: readonly CalibrationFaultCode[]
}

/** Groups with nothing drawn yet. */
export function startJointly(groups: readonly BootstrapState[]): JointState {
  return { groups, totals: [], failed: [] }
}

/** Draws so many more resamples of every group, never beyond the number asked for. */
export function advanceJointly(state: JointState, resamples: number): JointState {
  const groups = state.groups.map((group) => ({
    ...group,
    rows: [...group.rows],
    failed: [...group.failed],
  }))
  const totals = [...state.totals]
  const failed = [...state.failed]
  const [first] = groups
  if (first === undefined) return state
  let { random } = first
  for (let left = resamples; left > 0 && !finished(first); left -= 1) {
    let [total, refused]: [number, CalibrationFaultCode | null] = [0, null]
    for (const group of groups) {
      const next = resampled(group, random)
      random = next.random
      if (typeof next.found === 'string') {
        group.failed.push(next.found)
        refused ??= next.found
      } else {
        group.rows.push(next.found)
        total += totalOf(next.found)
      }
    }
    if (refused === null) totals.push(total)
    else failed.push(refused)
  }
  return { groups: groups.map((group) => ({ ...group, random })), totals, failed }
}

/** Whether every resample asked for has been drawn. */
export function jointlyFinished({ groups }: JointState): boolean {
  return groups.every(finished)
}

/** The band of what all tables of at least one group together give. */
export function jointBands({ groups, totals, failed }: JointState): JointBands {
  const { level = 0.95, seed, resamples } = present(groups[0]).input
  const estimate = groups.reduce((sum, group) => sum + totalOf(group.estimate), 0)
  return {
    level,
    seed,
    resamples,
    done: totals.length + failed.length,
    resampledWithin: 'groups',
    total: bandOf(totals, estimate, level),
    failed: failed.length,
    failures: countFailures(failed),
    warnings: failureWarnings(failed.length, totals.length),
  }
}

// A row ends with its total.
function totalOf(row: Float64Array): number {
  return entryAt(row, row.length - 1)
}
