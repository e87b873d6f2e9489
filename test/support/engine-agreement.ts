// The compiled engine held against the reference, person by person: the same bytes, the same pence, the same refusal.
import type { AllocationResult } from '../../src/contract/allocation/allocation.ts'
import { Refusal } from '../../src/contract/refusal.ts'
import { type AllocationInput, allocate } from '../../src/domain/allocation/allocation.ts'
import { planTable } from '../../src/domain/allocation/price.ts'
import { compileScoring } from '../../src/domain/engine/compiled-scoring.ts'
import { compile } from '../../src/domain/engine/engine.ts'
import { textWithWorking } from '../../src/domain/engine/working-text.ts'
import { planScoring } from '../../src/domain/questionnaire/scoring-plan.ts'
import { engineCase } from './engine-cases.ts'

/** How often each kind of case was met: a test of nothing but easy ones would say little. */
export type Tally = {
  people: number
  compiled: number
  refused: number
  tables: number
  tableRefused: number
  halves: number
  knots: number
  outcomes: Record<AllocationResult['outcome'], number>
  flags: Record<string, number>
}

export function tally(): Tally {
  const outcomes = { indicative: 0, 'refer-individual-costing': 0, 'not-eligible': 0 }
  return {
    people: 0,
    compiled: 0,
    refused: 0,
    tables: 0,
    tableRefused: 0,
    halves: 0,
    knots: 0,
    outcomes,
    flags: {},
  }
}

const HASH = `sha256:${'0'.repeat(64)}`

/** Every difference on the questionnaire and table of a seed; what was met is added to the tally. */
export function differences(seed: number, people: number, met: Tally): readonly string[] {
  const drawn = engineCase(seed, people)
  const questionnaire = {
    ref: { key: 'drawn', version: 1, contentHash: HASH },
    plan: planScoring(drawn.questionnaire),
  }
  const table = planTable({ key: 'table', version: 1, contentHash: HASH }, drawn.table, questionnaire)
  const engine = compile(questionnaire, table)
  met.tables += 1
  if (compileScoring(questionnaire.plan) !== null) met.compiled += 1
  return drawn.people.flatMap((input, i) => {
    const expected = outcomeOf(() => allocate(input, questionnaire, table))
    const found = outcomeOf(() => engine.allocate(input))
    count(met, input, expected.result)
    const pence = outcomeOf(() => engine.pence(input))
    const same =
      found.text === expected.text &&
      (found.result === null || textWithWorking(found.result) === expected.text) &&
      (expected.result === null
        ? pence.text === expected.text
        : pence.result === penceOf(expected.result.amountAnnual))
    if (expected.result === null && expected.text.startsWith('points-above-table')) met.tableRefused += 1
    return same ? [] : [`seed ${seed}, person ${i}: ${found.text} is not ${expected.text}`]
  })
}

type Ending<T> = { readonly result: T | null; readonly text: string }

function outcomeOf<T>(work: () => T): Ending<T> {
  try {
    const result = work()
    return { result, text: JSON.stringify(result) }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { result: null, text: `${error.code} ${error.message} ${JSON.stringify(error.faults)}` }
  }
}

// Money has two places in a result.
function penceOf(amount: string | null): number | null {
  return amount === null ? null : Number(amount.replace('.', ''))
}

function count(met: Tally, _: AllocationInput, result: AllocationResult | null): void {
  met.people += 1
  if (result === null) {
    met.refused += 1
    return
  }
  met.outcomes[result.outcome] += 1
  for (const { code } of result.flags) met.flags[code] = (met.flags[code] ?? 0) + 1
  for (const line of result.working) {
    if (line.step === 'total' && /\.\d\d5$/.test(line.unrounded)) met.halves += 1
    if (line.step === 'curve' && line.from?.points === line.points) met.knots += 1
  }
}
