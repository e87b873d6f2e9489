// The terms of published tables, and the steps by which one is withdrawn.
import { sql } from 'kysely'
import type { VersionRef } from '../contract/documents/version.ts'
import { openEnvelope } from '../domain/log/event.ts'
import type { TableTerm } from '../domain/table/in-force.ts'
import type { Transaction } from './database.ts'
import type { StoredWithdrawal, Withdrawal } from './documents.ts'

/** The terms of all tables ever published for one questionnaire key, in the order of publication. */
export async function listTerms(trx: Transaction, questionnaireKey: string): Promise<TableTerm[]> {
  type Row = {
    key: string
    version: number
    effective_from: string
    effective_before: string | null
    questionnaire: VersionRef
    published: string
    withdrawn: string | null
  }
  const { rows } = await sql<Row>`
    select t.key, t.version, t.effective_from, t.effective_before, d.content::json -> 'questionnaire' as questionnaire,
      e.envelope as published, approved.envelope as withdrawn
    from openras.term t
    join openras.document d on d.authority_id = t.authority_id and d.event_id = t.event_id
    join openras.event e on e.authority_id = t.authority_id and e.event_id = t.event_id
    left join openras.event asked on asked.authority_id = t.authority_id and asked.about = t.event_id
      and asked.place = 'withdrawal'
    left join openras.event approved on approved.authority_id = t.authority_id and approved.about = asked.event_id
      and approved.place = 'approval'
    where t.list = ${`calibration-table/${questionnaireKey}`}
    order by t.ordinal`.execute(trx)
  return rows.map((row) => ({
    table: { key: row.key, version: row.version },
    questionnaire: { key: row.questionnaire.key, version: row.questionnaire.version },
    effectiveFrom: row.effective_from,
    effectiveBefore: row.effective_before,
    publishedAt: openEnvelope(row.published).at,
    withdrawnAt: row.withdrawn === null ? null : openEnvelope(row.withdrawn).at,
  }))
}

/** How far the publication of a table is withdrawn; null where nobody has asked. */
export async function findWithdrawal(trx: Transaction, eventId: string): Promise<StoredWithdrawal | null> {
  const { rows } = await sql<{ asked: string; approved: string | null }>`
    select asked.envelope as asked, approved.envelope as approved
    from openras.event asked
    left join openras.event approved on approved.authority_id = asked.authority_id
      and approved.about = asked.event_id and approved.place = 'approval'
    where asked.about = ${eventId}::uuid and asked.place = 'withdrawal'`.execute(trx)
  const [row] = rows
  if (row === undefined) return null
  const asked = openEnvelope<{ readonly withdrawal: Withdrawal }>(row.asked)
  const approved = row.approved === null ? null : openEnvelope(row.approved)
  return {
    askedBy: asked.actor.subject,
    askedAt: asked.at,
    reason: asked.facts.withdrawal.reason,
    confirmedBy: approved?.actor.subject ?? null,
    confirmedAt: approved?.at ?? null,
    eventId: asked.event,
  }
}

/** Whether an allocation was ever priced by a table: one that was corrected or erased since counts too. */
export async function hasPriced(trx: Transaction, { key, version }: VersionRef): Promise<boolean> {
  const { rows } = await sql<{ priced: boolean }>`
    select exists (
      select from openras.facet f
      join openras.event e on e.authority_id = f.authority_id and e.facet_id = f.facet_id
      where f.table_key = ${key} and f.table_version = ${version}
    ) as priced`.execute(trx)
  return rows[0]?.priced === true
}
