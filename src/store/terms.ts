// The terms of published tables, and the steps by which one is withdrawn.
import { sql } from 'kysely'
import type { VersionRef } from '../contract/documents/version.ts'
import type { TableTerm } from '../domain/table/in-force.ts'
import type { Transaction } from './database.ts'
import type { By } from './documents.ts'

/** The terms of all tables ever published for one questionnaire key, in the order of publication. */
export async function listTerms(trx: Transaction, questionnaireKey: string): Promise<TableTerm[]> {
  const rows = await trx
    .selectFrom('openras.table_term as t')
    .innerJoin('openras.document_revision as d', (join) =>
      join
        .onRef('d.authority_id', '=', 't.authority_id')
        .on('d.kind', '=', 'calibration-table')
        .onRef('d.key', '=', 't.table_key')
        .onRef('d.version', '=', 't.table_version')
        .on('d.state', '=', 'published'),
    )
    .leftJoin('openras.table_withdrawal as w', (join) =>
      join
        .onRef('w.authority_id', '=', 't.authority_id')
        .onRef('w.table_key', '=', 't.table_key')
        .onRef('w.table_version', '=', 't.table_version')
        .on('w.step', '=', 'approved'),
    )
    .selectAll('t')
    .select(['d.recorded_at as published_at', 'w.recorded_at as withdrawn_at'])
    .where('t.questionnaire_key', '=', questionnaireKey)
    .orderBy('t.ordinal')
    .execute()
  return rows.map((row) => ({
    table: { key: row.table_key, version: row.table_version },
    questionnaire: { key: row.questionnaire_key, version: row.questionnaire_version },
    effectiveFrom: row.effective_from,
    effectiveBefore: row.effective_before,
    publishedAt: row.published_at.toISOString(),
    withdrawnAt: row.withdrawn_at?.toISOString() ?? null,
  }))
}

/** Adds a term after the `known` ones. Another publication in between takes the ordinal, and this one conflicts. */
export async function insertTerm(
  trx: Transaction,
  authorityId: string,
  term: Omit<TableTerm, 'publishedAt' | 'withdrawnAt'>,
  known: readonly TableTerm[],
): Promise<void> {
  await trx
    .insertInto('openras.table_term')
    .values({
      authority_id: authorityId,
      questionnaire_key: term.questionnaire.key,
      ordinal: known.length + 1,
      questionnaire_version: term.questionnaire.version,
      table_key: term.table.key,
      table_version: term.table.version,
      effective_from: term.effectiveFrom,
      effective_before: term.effectiveBefore,
    })
    .execute()
}

/** A withdrawal that was asked for; approved by another, the table is withdrawn. */
export type StoredWithdrawal = {
  readonly askedBy: string
  readonly askedAt: string
  readonly reason: string
  readonly confirmedBy: string | null
  readonly confirmedAt: string | null
  /** The event that asked. */
  readonly eventId: string
}

export async function findWithdrawal(
  trx: Transaction,
  { key, version }: VersionRef,
): Promise<StoredWithdrawal | null> {
  const rows = await trx
    .selectFrom('openras.table_withdrawal')
    .select(['step', 'reason', 'subject_id', 'event_id', 'recorded_at'])
    .where('table_key', '=', key)
    .where('table_version', '=', version)
    .execute()
  const asked = rows.find(({ step }) => step === 'asked')
  const approved = rows.find(({ step }) => step === 'approved')
  if (asked?.reason == null) return null
  return {
    askedBy: asked.subject_id,
    askedAt: asked.recorded_at.toISOString(),
    reason: asked.reason,
    confirmedBy: approved?.subject_id ?? null,
    confirmedAt: approved?.recorded_at.toISOString() ?? null,
    eventId: asked.event_id,
  }
}

export async function insertWithdrawal(
  trx: Transaction,
  { authorityId, clientId, subjectId }: By,
  eventId: string,
  { key, version }: VersionRef,
  step: { readonly asked: { readonly reason: string } } | 'approved',
  at: string,
): Promise<void> {
  await trx
    .insertInto('openras.table_withdrawal')
    .values({
      authority_id: authorityId,
      table_key: key,
      table_version: version,
      step: step === 'approved' ? 'approved' : 'asked',
      reason: step === 'approved' ? null : step.asked.reason,
      client_id: clientId,
      subject_id: subjectId,
      event_id: eventId,
      recorded_at: new Date(at),
    })
    .execute()
}

/** Whether an allocation was ever priced by a table: one that was corrected or erased since counts too. */
export async function hasPriced(trx: Transaction, { key, version }: VersionRef): Promise<boolean> {
  const { rows } = await sql<{ priced: boolean }>`
    select exists (
      select from openras.allocation a where a.table_key = ${key} and a.table_version = ${version}
    ) as priced`.execute(trx)
  return rows[0]?.priced === true
}
