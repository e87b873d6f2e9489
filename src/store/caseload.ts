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
    with recursive origin (event_id, about) as (
      select c.event_id, c.about from openras.event c where c.place = 'correction'
      union all
      select o.event_id, e.about
      from origin o join openras.event e on e.event_id = o.about
      where e.place = 'correction'
    ), first as (
      select o.event_id, o.about as first_id
      from origin o join openras.event e on e.event_id = o.about
      where e.about is null
    ), latest as materialized (
      select distinct on (p.person_ref) p.person_ref, e.authority_id, e.event_id, f.user_group, f.outcome,
        f.questionnaire_version, e.points, e.amount
      from openras.facet f
      join openras.event e on e.authority_id = f.authority_id and e.facet_id = f.facet_id
      join openras.payload p on p.authority_id = e.authority_id and p.event_id = e.event_id
      left join first on first.event_id = e.event_id
      where p.person_ref is not null and f.questionnaire_key = ${questionnaireKey}
        and not exists (
          select from openras.event s
          where s.authority_id = e.authority_id and s.about = e.event_id and s.place = 'correction'
        )
      order by p.person_ref, e.on_date desc, coalesce(first.first_id, e.event_id) desc, e.event_id desc
    )
    select l.person_ref as "personRef", l.user_group as "userGroup", l.outcome,
      l.questionnaire_version as "questionnaireVersion", l.points::text as points,
      l.amount::text as "amountAnnual", p.refs::json ->> 'ageBand' as "ageBand",
      p.body::json #>> '{assessment,setting}' as "setting"
    from latest l
    join openras.payload p on p.authority_id = l.authority_id and p.event_id = l.event_id
    order by l.person_ref`.execute(trx)
  return rows
}
