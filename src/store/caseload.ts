// The stored caseload: of each person the latest allocation on a questionnaire, whatever came before it.
import { sql } from 'kysely'
import type { Transaction } from './database.ts'

export type CaseloadRow = {
  readonly personRef: string
  readonly userGroup: string
  readonly outcome: 'indicative' | 'refer-individual-costing' | 'not-eligible'
  readonly questionnaireVersion: number
  /** Decimal strings; the amount is null where there is none. */
  readonly points: string
  readonly amountAnnual: string | null
  readonly ageBand: string | null
  /** Where the person lives; null where nothing was said. */
  readonly setting: string | null
}

/**
 * Latest by the day of the assessment, then by when it was first recorded; a correction stands where what it corrects
 * stood. People whose records were erased are not among them: nothing says whose the allocation is.
 */
export async function readCaseload(
  trx: Transaction,
  questionnaireKey: string,
): Promise<readonly CaseloadRow[]> {
  // Each part is one pass that hashes or an index of the few corrections; only people's latest bodies are opened.
  const { rows } = await sql<CaseloadRow>`
    with recursive origin (allocation_id, supersedes) as (
      select c.allocation_id, c.supersedes from openras.allocation c where c.supersedes is not null
      union all
      select o.allocation_id, a.supersedes
      from origin o join openras.allocation a on a.allocation_id = o.supersedes
      where a.supersedes is not null
    ), first as (
      select o.allocation_id, a.created_at
      from origin o join openras.allocation a on a.allocation_id = o.supersedes
      where a.supersedes is null
    ), latest as materialized (
      select distinct on (p.person_ref) p.person_ref, a.authority_id, a.event_id, a.user_group, a.outcome,
        a.questionnaire_version, a.points_total, a.amount_annual
      from openras.allocation a
      join openras.payload p on p.authority_id = a.authority_id and p.event_id = a.event_id
      left join first f on f.allocation_id = a.allocation_id
      where p.person_ref is not null and a.questionnaire_key = ${questionnaireKey}
        and not exists (
          select from openras.allocation s
          where s.authority_id = a.authority_id and s.supersedes = a.allocation_id
        )
      order by p.person_ref, a.assessed_on desc, coalesce(f.created_at, a.created_at) desc, a.allocation_id desc
    )
    select l.person_ref as "personRef", l.user_group as "userGroup", l.outcome,
      l.questionnaire_version as "questionnaireVersion", l.points_total::text as points,
      l.amount_annual::text as "amountAnnual", p.body::json #>> '{assessment,ageBand}' as "ageBand",
      p.body::json #>> '{assessment,setting}' as "setting"
    from latest l
    join openras.payload p on p.authority_id = l.authority_id and p.event_id = l.event_id
    order by l.person_ref`.execute(trx)
  return rows
}
