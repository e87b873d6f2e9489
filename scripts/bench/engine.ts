// The pure engine with its working: allocations a second on one core, over the six worked examples. A round is long
// enough for its figure to settle; the best shows the machine, the median what to expect of it.

import { readFileSync } from 'node:fs'
import type { Answers } from '../../src/contract/allocation/assessment.ts'
import type { CalibrationTable } from '../../src/contract/documents/calibration-table.ts'
import type { Questionnaire } from '../../src/contract/documents/questionnaire.ts'
import { type AllocationInput, allocate } from '../../src/domain/allocation/allocation.ts'
import { planTable } from '../../src/domain/allocation/price.ts'
import { planScoring } from '../../src/domain/questionnaire/scoring-plan.ts'
import { percentile } from './figures.ts'

export type EngineSpeed = { readonly best: number; readonly median: number; readonly rounds: number }

export function engineSpeed(rounds: number, seconds: number): EngineSpeed {
  const questionnaire = {
    ref: { key: 'sample-adult', version: 1, contentHash: `sha256:${'0'.repeat(64)}` },
    plan: planScoring(json<Questionnaire>('examples/questionnaire-adult.json')),
  }
  const tableRef = { key: 'sample-adult', version: 1, contentHash: `sha256:${'1'.repeat(64)}` }
  const table = planTable(tableRef, json<CalibrationTable>('examples/table-adult.json'), questionnaire)
  const examples = json<readonly { assessment: Answers }[]>('test/cases/worked-examples.json')
  const inputs: AllocationInput[] = examples.map(({ assessment }) => ({
    answers: assessment,
    eligible: true,
    otherNeeds: false,
    assessedOn: table.table.effectiveFrom,
  }))
  const all = () => {
    for (const input of inputs) allocate(input, questionnaire, table)
    return inputs.length
  }
  speed(all, seconds)
  const speeds = Array.from({ length: rounds }, () => speed(all, seconds)).sort((a, b) => a - b)
  return { best: percentile(speeds, 1), median: percentile(speeds, 0.5), rounds }
}

function speed(work: () => number, seconds: number): number {
  const started = performance.now()
  let done = 0
  while (performance.now() - started < seconds * 1000) done += work()
  return done / ((performance.now() - started) / 1000)
}

function json<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')) as T
}
