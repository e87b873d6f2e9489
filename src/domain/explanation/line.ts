// What an explanation is made of: sentences in named sections, each with the figures it used; and how a sentence
// finds what it speaks of in a stored working and in a published questionnaire.

import type { AllocationResult } from '../../contract/allocation/allocation.ts'
import type { Answers } from '../../contract/allocation/assessment.ts'
import type { ExplanationLine, ExplanationSection } from '../../contract/allocation/explanation.ts'
import type { WorkingLine } from '../../contract/allocation/working.ts'
import type { CalibrationTable } from '../../contract/documents/calibration-table.ts'
import type { Questionnaire } from '../../contract/documents/questionnaire.ts'
import type { PublishedRef } from '../../contract/documents/version.ts'
import type { NearestChanges } from '../allocation/nearest-changes.ts'
import type { LeastPoints } from '../questionnaire/least-points.ts'

/** The sections of an explanation, in the order in which they are read, with their headings. */
export const SECTION_TITLES = {
  answers: 'Your answers',
  'unpaid-support': 'Unpaid help',
  total: 'Your points in all',
  table: 'The table',
  sum: 'The sum',
  contingency: 'Money kept ready',
  changes: 'If one answer were different',
  check: 'How anyone can check it',
  supersession: 'Earlier and later figures',
} as const satisfies Readonly<Record<ExplanationSection, string>>

/** A stored allocation with its place in the record. */
export type ExplainedAllocation = AllocationResult & {
  readonly allocationId: string
  readonly assessedOn: string
  readonly supersededBy: string | null
  readonly supersedes: string | null
}

export type ExplanationInput = {
  readonly allocation: ExplainedAllocation
  readonly answers: Answers
  readonly questionnaire: Questionnaire
  /** The table the allocation names; null only for a person found not eligible. */
  readonly table: CalibrationTable | null
  /** The day in England on which that table was published, `YYYY-MM-DD`; null where there is none. */
  readonly tablePublishedOn: string | null
  readonly authority: { readonly title: string; readonly challengeRoute: string }
  readonly changes: NearestChanges
  readonly leastPoints: LeastPoints
}

/** An allocation that a table was looked up for, whether or not it has money. */
export type TableInput = ExplanationInput & { readonly table: CalibrationTable }

/** An allocation that has money, with the table the money came from. */
export type PricedInput = ExplanationInput & {
  readonly table: CalibrationTable
  readonly tableRef: PublishedRef
}

/** Makes the lines of one section. */
export function section(key: ExplanationSection) {
  return (text: string, figures?: Readonly<Record<string, string>>): ExplanationLine =>
    lineOf(key, 'sentence', text, figures)
}

/** Makes the lines of one section that a page shows as rows of a table. */
export function rows(key: ExplanationSection) {
  return (text: string, figures?: Readonly<Record<string, string>>): ExplanationLine =>
    lineOf(key, 'row', text, figures)
}

function lineOf(
  key: ExplanationSection,
  told: ExplanationLine['told'],
  text: string,
  figures?: Readonly<Record<string, string>>,
): ExplanationLine {
  return figures === undefined ? { section: key, told, text } : { section: key, told, text, figures }
}

type Step = WorkingLine['step']
type LineOf<S extends Step> = Extract<WorkingLine, { readonly step: S }>

export function stepsOf<S extends Step>(allocation: AllocationResult, step: S): readonly LineOf<S>[] {
  return allocation.working.filter((line): line is LineOf<S> => line.step === step)
}

export function stepOf<S extends Step>(allocation: AllocationResult, step: S): LineOf<S> {
  const [line] = stepsOf(allocation, step)
  if (line === undefined) throw new Error(`a stored working has its "${step}" step`)
  return line
}

/** The question, option or group that has this key: a stored answer names only published ones. */
export function keyed<T extends { readonly key: string }>(items: readonly T[], key: string): T {
  const item = items.find((candidate) => candidate.key === key)
  if (item === undefined) throw new Error('a stored allocation names only what its questionnaire has')
  return item
}
