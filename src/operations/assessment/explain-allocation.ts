// Explains a stored allocation from what is stored with it: its own record, the versions it names, and the
// authority's words on how to challenge it.

import type { StoredAllocation } from '../../contract/allocation/allocation.ts'
import type { Explanation } from '../../contract/allocation/explanation.ts'
import type { AllocationInput } from '../../domain/allocation/allocation.ts'
import { nearestChanges } from '../../domain/allocation/nearest-changes.ts'
import type { TablePlan } from '../../domain/allocation/price.ts'
import { lacksGrounds } from '../../domain/allocation/referral.ts'
import { explain } from '../../domain/explanation/explanation.ts'
import { type Ledger, moneyLedger, pointsLedger } from '../../domain/explanation/ledger.ts'
import type { ExplanationInput } from '../../domain/explanation/line.ts'
import { leastPoints } from '../../domain/questionnaire/least-points.ts'
import { findAuthority } from '../../store/authorities.ts'
import type { Database } from '../../store/database.ts'
import { findPublished } from '../../store/documents.ts'
import { dayInEngland } from '../day-in-england.ts'
import type { PublishedVersions } from '../document/published-versions.ts'
import { answersOf } from './price-assessment.ts'
import { decodeIntake } from './stored-intake.ts'

type Explainer = { readonly database: Database; readonly published: PublishedVersions }

/** The sentences, and the same figures as tables: points, and money where there is any. */
export type Explained = {
  readonly explanation: Explanation
  readonly ledgers: { readonly points: Ledger; readonly money: Ledger | null }
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
  const answers = answersOf(assessment)
  const { assessedOn, otherNeeds, eligibility } = assessment
  const { eligible } = eligibility
  const groundsMissing = lacksGrounds(eligibility)
  const input: AllocationInput = { answers, assessedOn, otherNeeds, eligible, groundsMissing }
  const explained: ExplanationInput = {
    allocation: { ...allocation, allocationId: allocation.id, supersededBy },
    answers,
    questionnaire: questionnaire.plan.questionnaire,
    table: table?.table ?? null,
    tablePublishedOn: await publicationDay(explainer, authorityId, allocation),
    authority,
    changes: table === null ? UNCHANGED : nearestChanges(input, questionnaire, table),
    leastPoints: table === null ? UNMOVED : leastPoints(answers.userGroup, allocation, table),
  }
  return {
    explanation: explain(explained),
    ledgers: { points: pointsLedger(explained), money: moneyLedger(explained) },
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
  return found === null ? null : dayInEngland(found.publishedAt)
}
