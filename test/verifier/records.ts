// Allocations as the service would record them, for logs that can be computed again.
import type { Answers } from '../../src/contract/allocation/assessment.ts'
import type { CalibrationTable } from '../../src/contract/documents/calibration-table.ts'
import type { Questionnaire } from '../../src/contract/documents/questionnaire.ts'
import { allocate } from '../../src/domain/allocation/allocation.ts'
import { planTable } from '../../src/domain/allocation/price.ts'
import { intakeFacts, intakeRecord, recordParts } from '../../src/domain/assessment/record.ts'
import { canonicalJson, contentHash } from '../../src/domain/log/canonical.ts'
import { vkeyOf } from '../../src/domain/log/note.ts'
import { planScoring } from '../../src/domain/questionnaire/scoring-plan.ts'
import { finished } from '../support/evidence.ts'
import { type Logged, logBundle, logged, logKey, logOf, type Request } from './logs.ts'

export type Case = {
  readonly questionnaire: Questionnaire
  readonly table: CalibrationTable
  readonly answers: Answers
  readonly eligible: boolean
  readonly otherNeeds: boolean
  readonly setting?: string
}

// biome-ignore lint/suspicious/noExplicitAny: tests change any member of a record.
export type Recorded = { facts: any; body: any; readonly refs: string }

/** The documents of a case, published, and what is recorded of it. Refuses what the service refuses. */
export function recorded(drawn: Case, number: number) {
  const [asked, priced] = [
    { key: `asked-${number}`, version: 1 },
    { key: `priced-${number}`, version: 3 },
  ]
  const table = { ...drawn.table, questionnaire: asked }
  const documents = [
    published('questionnaire', { ...drawn.questionnaire, ...asked }),
    published('calibration-table', { ...table, ...priced }),
  ] as const
  const [questionnaireRef, tableRef] = documents.map(({ ref }) => ref) as [Ref, Ref]
  const plan = { ref: questionnaireRef, plan: planScoring(drawn.questionnaire) }
  const { answers, eligible, otherNeeds, setting } = drawn
  const assessedOn = '2026-11-16'
  const stated = setting === undefined ? {} : { setting }
  const result = allocate(
    { answers, eligible, otherNeeds, assessedOn, ...stated },
    plan,
    eligible ? planTable(tableRef, table, plan) : null,
  )
  const intake = {
    assessmentRef: 'A-1',
    revision: 1,
    personRef: 'P-1',
    assessedOn,
    questionnaire: asked,
    ...stated,
    ...answers,
    eligibility: { eligible, outcomesNotMet: [], wellbeingImpact: eligible, decidedOn: '2026-11-01' },
    otherNeeds,
  }
  const record = intakeRecord(intake, result, {
    id: '01a20fb0-0000-7000-8000-000000000000',
    corrects: null,
    at: '2026-11-16T10:00:00.000Z',
    actor: { client: 'cms', subject: 's1' },
  })
  const { body, refs } = recordParts(record)
  const changeable: Recorded = { facts: intakeFacts(record), body: JSON.parse(body), refs }
  return { documents, record: structuredClone(changeable) }
}

type Ref = { readonly key: string; readonly version: number; readonly contentHash: string }

function published(kind: string, content: { readonly key: string; readonly version: number }) {
  const document = canonicalJson(content)
  const { key, version } = content
  const ref = { key, version, contentHash: contentHash(document) }
  return { kind: `${kind}-published`, facts: { kind, ...ref, revision: 2 }, document, ref }
}

/** A log of these cases, each behind its documents. */
export function recordedLog(cases: readonly ReturnType<typeof recorded>[]): Request {
  const entries: Logged[] = []
  for (const { documents, record } of cases) {
    for (const document of documents) entries.push(logged(entries.length, document))
    const parts = { body: JSON.stringify(record.body), refs: record.refs }
    entries.push(logged(entries.length, { kind: 'assessment-allocated', facts: record.facts, parts }))
  }
  const { lines } = logBundle(() => 1, logOf(entries, []))
  return { bundle: finished(lines), key: vkeyOf(logKey(0).key) }
}
