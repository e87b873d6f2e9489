// Allocations to explain: the worked examples on the example questionnaires, with tables made for one point each.

import { readFileSync } from 'node:fs'
import type { Test } from 'tap'
import type { Answers, StatedEligibility } from '../../../src/contract/allocation/assessment.ts'
import type { Explanation, ExplanationSection } from '../../../src/contract/allocation/explanation.ts'
import type { CalibrationTable } from '../../../src/contract/documents/calibration-table.ts'
import type { Questionnaire } from '../../../src/contract/documents/questionnaire.ts'
import type { PublishedRef } from '../../../src/contract/documents/version.ts'
import { type AllocationInput, allocate } from '../../../src/domain/allocation/allocation.ts'
import { nearestChanges } from '../../../src/domain/allocation/nearest-changes.ts'
import { planTable } from '../../../src/domain/allocation/price.ts'
import { explain } from '../../../src/domain/explanation/explanation.ts'
import type { ExplanationInput } from '../../../src/domain/explanation/line.ts'
import { leastPoints } from '../../../src/domain/questionnaire/least-points.ts'
import { planScoring } from '../../../src/domain/questionnaire/scoring-plan.ts'

type WorkedExample = {
  readonly name: string
  readonly assessment: Answers
  readonly expected: { readonly total: string }
}

function read<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8'))
}

export const adult = read<Questionnaire>('examples/questionnaire-adult.json')
export const carer = read<Questionnaire>('examples/questionnaire-carer.json')
export const adultTable = read<CalibrationTable>('examples/table-adult.json')
export const carerTable = read<CalibrationTable>('examples/table-carer.json')
export const workedExamples = read<readonly WorkedExample[]>('test/cases/worked-examples.json')

/** The answers of the worked example with this letter. */
export function worked(letter: string): Answers {
  const example = workedExamples.find(({ name }) => name.startsWith(`${letter}:`))
  if (example === undefined) throw new Error(`no worked example ${letter}`)
  return example.assessment
}

/** Every need at nothing in the carer questionnaire, with some answers changed. */
export function carerAnswers(changed: Readonly<Record<string, string>>): Answers {
  const answers = Object.fromEntries(carer.domains.map(({ key, options }) => [key, options[0]?.key ?? '']))
  return { userGroup: 'carers', answers: { ...answers, ...changed }, weightings: {}, addOns: {} }
}

/** A table like the adult example, with an inflation, an efficiency, a cap and a curve for one group. */
export const fullTable: CalibrationTable = {
  ...adultTable,
  title: 'Adult table 2026 to 2027',
  financialYear: '2026-27',
  effectiveFrom: '2026-04-01',
  curves: [
    {
      userGroups: ['learning-disability', 'physical-disability', 'mental-health-under-65'],
      interpolation: 'linear',
      knots: [
        { points: '5.00', amountAnnual: '2000.00' },
        { points: '30.00', amountAnnual: '18000.00' },
        { points: '60.00', amountAnnual: '48000.00' },
      ],
      reasonForDifference: 'Local support for these groups costs more an hour, by the 2026 fee survey',
      ageReason: 'One of these groups is named by its years, but the fee survey is the ground.',
    },
    {
      userGroups: ['older-people', 'mental-health-65-plus'],
      interpolation: 'linear',
      knots: [
        { points: '0.00', amountAnnual: '0.00' },
        { points: '100.00', amountAnnual: '60000.00' },
      ],
      reasonForDifference: 'These groups use home care bought at one price.',
      ageReason: 'The ground is the price of the care bought.',
    },
  ],
  adjustments: [
    {
      name: 'Fees 2026',
      kind: 'inflation',
      factor: '1.06',
      reason: 'Care providers were paid 6% more from April 2026.',
    },
    {
      name: 'Savings plan',
      kind: 'efficiency',
      factor: '0.98',
      reason: 'The council agreed a saving of 2% in February 2026',
    },
  ],
  cap: { amountAnnual: '20000.00' },
  rounding: { to: '10', mode: 'half-up' },
}

const QUESTIONNAIRE_HASH = `sha256:${'a'.repeat(64)}`
const TABLE_HASH = `sha256:${'b'.repeat(64)}`

export type Case = {
  readonly answers: Answers
  readonly questionnaire?: Questionnaire
  readonly table?: CalibrationTable
  readonly eligible?: boolean
  readonly otherNeeds?: boolean
  readonly stated?: StatedEligibility
  readonly setting?: string
  readonly tablePublishedOn?: string
  readonly supersedes?: string
  readonly supersededBy?: string
}

/** Everything an explanation is given for a case, worked out by the engine itself. */
export function explanationInput(given: Case): ExplanationInput {
  const { answers, questionnaire = adult, table = adultTable, eligible = true, otherNeeds = false } = given
  const { priced, plan } = published(questionnaire, table)
  const { stated = {}, setting = 'own-home' } = given
  const input: AllocationInput = {
    answers,
    eligible,
    stated,
    setting,
    otherNeeds,
    assessedOn: '2026-11-16',
  }
  const allocation = allocate(input, priced, plan)
  return {
    allocation: {
      ...allocation,
      allocationId: '0197a8c0-0000-7000-8000-00000000000a',
      assessedOn: input.assessedOn,
      supersedes: given.supersedes ?? null,
      supersededBy: given.supersededBy ?? null,
    },
    answers,
    questionnaire,
    table: eligible ? table : null,
    tablePublishedOn: eligible ? (given.tablePublishedOn ?? '2026-03-01') : null,
    authority: {
      title: 'Exampleshire Council',
      challengeRoute: 'Write to the Adult Care Appeals Officer at County Hall, or ring 01234 567890',
    },
    changes: nearestChanges(input, priced, plan),
    leastPoints:
      allocation.amountAnnual === null
        ? { more: null, fewer: null }
        : leastPoints(answers.userGroup, allocation, plan),
  }
}

/** A questionnaire and a table as if both were published. */
export function published(questionnaire: Questionnaire, table: CalibrationTable) {
  const own: PublishedRef = { key: 'example-questionnaire', version: 1, contentHash: QUESTIONNAIRE_HASH }
  const priced = { ref: own, plan: planScoring(questionnaire) }
  const plan = planTable({ key: 'example-table', version: 3, contentHash: TABLE_HASH }, table, priced)
  return { priced, plan }
}

export function explained(given: Case): Explanation {
  return explain(explanationInput(given))
}

/** The text of one section, as one string. */
export function sectionText({ lines }: Explanation, section: ExplanationSection): string {
  return lines
    .filter((line) => line.section === section)
    .map(({ text }) => text)
    .join('\n')
}

/** The section holds each of these texts. */
export function has(t: Test, given: Case, section: ExplanationSection, ...texts: readonly string[]): void {
  const text = sectionText(explained(given), section)
  for (const expected of texts) t.ok(text.includes(expected), `${section} says: ${expected}`, { text })
}

/** The figures of this name in a section, in order. */
export function figures(
  { lines }: Explanation,
  section: ExplanationSection,
  name: string,
): readonly string[] {
  return lines.flatMap((line) => (line.section === section ? (line.figures?.[name] ?? []) : []))
}
