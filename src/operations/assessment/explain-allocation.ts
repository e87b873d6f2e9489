// Explains a stored allocation from what is stored with it: its own record, the versions it names, and the
// authority's words on how to challenge it.

import type { StoredAllocation } from '../../contract/allocation/allocation.ts'
import type { Explanation } from '../../contract/allocation/explanation.ts'
import { nearestChanges } from '../../domain/allocation/nearest-changes.ts'
import type { TablePlan } from '../../domain/allocation/price.ts'
import { en } from '../../domain/explanation/catalogue/en.ts'
import { explain } from '../../domain/explanation/explanation.ts'
import { type Ledgers, ledgersOf } from '../../domain/explanation/ledger.ts'
import type { ExplanationInput } from '../../domain/explanation/line.ts'
import { type PartOfSheet, sheet } from '../../domain/explanation/sheet.ts'
import { leastPoints } from '../../domain/questionnaire/least-points.ts'
import { findAuthority } from '../../store/authorities.ts'
import type { Database } from '../../store/database.ts'
import { findPublished } from '../../store/documents.ts'
import { dayInEngland } from '../day-in-england.ts'
import type { PublishedVersions } from '../document/published-versions.ts'
import { inputOf } from './price-assessment.ts'
import { decodeIntake } from './stored-intake.ts'

type Explainer = { readonly database: Database; readonly published: PublishedVersions }

/** The sentences, the sheet with its figures marked, and the figures as tables. */
export type Explained = {
  readonly explanation: Explanation
  readonly sheet: readonly PartOfSheet[]
  readonly ledgers: Ledgers
}

export async function explainAllocation(
  explainer: Explainer,
  authorityId: string,
  record: string,
  supersededBy: string | null,
): Promise<Explained> {
  const { allocation, assessment } = decodeIntake(record)
  const questionnaire = await explainer.published.questionnaire(authorityId, allocation.questionnaire)
  const authority = await findAuthority(explainer.database, authorityId)
  if (questionnaire === null || authority === null)
    throw new Error('a stored allocation names what is published')
  const table = await tableOf(explainer, authorityId, allocation)
  const input = inputOf(assessment)
  const { answers } = input
  const priced = allocation.amountAnnual === null ? null : table
  const explained: ExplanationInput = {
    allocation: { ...allocation, allocationId: allocation.id, supersededBy },
    answers,
    questionnaire: questionnaire.plan.questionnaire,
    table: table?.table ?? null,
    tablePublishedOn: await publicationDay(explainer, authorityId, allocation),
    authority,
    changes: priced === null ? UNCHANGED : nearestChanges(input, questionnaire, priced),
    leastPoints: priced === null ? UNMOVED : leastPoints(answers.userGroup, allocation, priced),
  }
  return {
    explanation: explain(explained),
    sheet: sheet(explained, en),
    ledgers: ledgersOf(explained),
  }
}

// Where there is no money, no answer and no points change any.
const UNCHANGED = { changes: [], searchedAll: true }
const UNMOVED = { more: null, fewer: null }

async function tableOf(
  { published }: Explainer,
  authorityId: string,
  allocation: StoredAllocation,
): Promise<TablePlan | null> {
  const { table, questionnaire } = allocation
  return table === null ? null : published.table(authorityId, { table, questionnaire })
}

async function publicationDay(
  { database }: Explainer,
  authorityId: string,
  { table }: StoredAllocation,
): Promise<string | null> {
  if (table === null) return null
  const found = await database.asAuthority(authorityId, (trx) =>
    findPublished(trx, 'calibration-table', table),
  )
  return found === null ? null : dayInEngland(new Date(found.publishedAt))
}
