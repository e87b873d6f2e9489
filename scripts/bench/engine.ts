// The pure engine, compiled and by its reference: allocations for each second of processor time on one core, over the six
// worked examples. The best round shows the machine, the median what to expect of it.

import { readFileSync } from 'node:fs'
import type { Answers } from '../../src/contract/allocation/assessment.ts'
import type { CalibrationTable } from '../../src/contract/documents/calibration-table.ts'
import type { Questionnaire } from '../../src/contract/documents/questionnaire.ts'
import { type AllocationInput, allocate } from '../../src/domain/allocation/allocation.ts'
import { planTable } from '../../src/domain/allocation/price.ts'
import { compile } from '../../src/domain/engine/engine.ts'
import { textWithWorking } from '../../src/domain/engine/working-text.ts'
import { planScoring } from '../../src/domain/questionnaire/scoring-plan.ts'
import { percentile } from './figures.ts'

export type EngineSpeed = { readonly name: string; readonly median: number; readonly best: number }

/** Allocations for each second of processor time, the ways in turn, round by round. */
export function engineSpeeds(rounds: number, seconds: number): readonly EngineSpeed[] {
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
  const engine = compile(questionnaire, table)
  const ways: readonly (readonly [string, (input: AllocationInput) => unknown])[] = [
    ['compiled, with its working', (input) => engine.allocate(input)],
    ['compiled, the result as JSON', (input) => textWithWorking(engine.allocate(input))],
    ['compiled, the amount only', (input) => engine.pence(input)],
    ['the decimal.js reference, with its working', (input) => allocate(input, questionnaire, table)],
  ]
  const round = () =>
    ways.map(([, way]) =>
      speed(() => {
        for (const input of inputs) way(input)
        return inputs.length
      }, seconds),
    )
  round()
  const measured = Array.from({ length: rounds }, round)
  return ways.map(([name], way) => {
    const speeds = measured.map((one) => one[way] ?? 0).sort((a, b) => a - b)
    return { name, median: percentile(speeds, 0.5), best: percentile(speeds, 1) }
  })
}

function speed(work: () => number, seconds: number): number {
  const [started, used] = [performance.now(), process.cpuUsage()]
  let done = 0
  while (performance.now() - started < seconds * 1000) done += work()
  const { user, system } = process.cpuUsage(used)
  return done / ((user + system) / 1e6)
}

function json<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')) as T
}
