// Published versions ready to compute with. What is published never changes, so it is kept once loaded; which tables
// are in force does change, so the terms kept are only a first guess that the store checks on every write.

import type { CalibrationTable } from '../../contract/documents/calibration-table.ts'
import type { Questionnaire } from '../../contract/documents/questionnaire.ts'
import type { VersionRef } from '../../contract/documents/version.ts'
import type { PricedQuestionnaire, TablePlan } from '../../domain/allocation/price.ts'
import { planTable } from '../../domain/allocation/price.ts'
import { planScoring } from '../../domain/questionnaire/scoring-plan.ts'
import { standing, type TableTerm } from '../../domain/table/in-force.ts'
import type { Database } from '../../store/database.ts'
import { findPublished } from '../../store/documents.ts'
import { listTerms } from '../../store/terms.ts'
import { compiledEngines, type Engines } from './engines.ts'
import { versionOf } from './version-view.ts'

export type PublishedVersions = {
  readonly engines: Engines
  questionnaire(authorityId: string, ref: VersionRef): Promise<PricedQuestionnaire | null>
  /** A table that a term names: it is published, and so is the questionnaire version it prices. */
  table(authorityId: string, term: Pick<TableTerm, 'table' | 'questionnaire'>): Promise<TablePlan>
  /** The terms of one questionnaire key that stand; `fresh` asks the database, else those last seen are good enough. */
  terms(
    authorityId: string,
    questionnaireKey: string,
    freshness: 'seen' | 'fresh',
  ): Promise<readonly TableTerm[]>
}

// Documents are a few kilobytes; an authority has some dozens of them in use.
const MOST_KEPT = 1_000

export function publishedVersions(database: Database): PublishedVersions {
  const questionnaires = new Map<string, PricedQuestionnaire>()
  const tables = new Map<string, TablePlan>()
  const terms = new Map<string, readonly TableTerm[]>()

  const versions: PublishedVersions = {
    engines: compiledEngines(),

    async questionnaire(authorityId, ref) {
      const id = `${authorityId} ${ref.key} ${ref.version}`
      const kept = questionnaires.get(id)
      if (kept !== undefined) return kept
      const found = await database.asAuthority(authorityId, (trx) => findPublished(trx, 'questionnaire', ref))
      if (found === null) return null
      const { key, version, ...content } = versionOf<Questionnaire>(found.document)
      const priced = { ref: { key, version, contentHash: found.contentHash }, plan: planScoring(content) }
      return keep(questionnaires, id, priced)
    },

    async table(authorityId, term) {
      const id = `${authorityId} ${term.table.key} ${term.table.version}`
      const kept = tables.get(id)
      if (kept !== undefined) return kept
      const questionnaire = await versions.questionnaire(authorityId, term.questionnaire)
      const found = await database.asAuthority(authorityId, (trx) =>
        findPublished(trx, 'calibration-table', term.table),
      )
      if (questionnaire === null || found === null)
        throw new Error('a term names a version that is not published')
      const { key, version, ...content } = versionOf<CalibrationTable>(found.document)
      const { contentHash } = found
      return keep(tables, id, planTable({ key, version, contentHash }, content, questionnaire))
    },

    async terms(authorityId, questionnaireKey, freshness) {
      const id = `${authorityId} ${questionnaireKey}`
      const kept = terms.get(id)
      if (kept !== undefined && freshness === 'seen') return kept
      const found = await database.asAuthority(authorityId, (trx) => listTerms(trx, questionnaireKey))
      return keep(terms, id, standing(found))
    },
  }
  return versions
}

function keep<T>(kept: Map<string, T>, id: string, value: T): T {
  if (kept.size >= MOST_KEPT) kept.clear()
  kept.set(id, value)
  return value
}
