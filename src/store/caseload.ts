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
}

/** People whose records were erased are not among them: nothing says whose the allocation is. */
export async function readCaseload(
  trx: Transaction,
  questionnaireKey: string,
): Promise<readonly CaseloadRow[]> {
  const { rows } = await sql<CaseloadRow>`
    select distinct on (p.person_ref)
      p.person_ref as "personRef", a.user_group as "userGroup", a.outcome,
      a.questionnaire_version as "questionnaireVersion", a.points_total::text as points,
      a.amount_annual::text as "amountAnnual", p.body::json #>> '{assessment,ageBand}' as "ageBand"
    from openras.allocation a
    join openras.payload p on p.authority_id = a.authority_id and p.event_id = a.event_id
    where p.person_ref is not null and a.questionnaire_key = ${questionnaireKey}
    order by p.person_ref, a.created_at desc, a.allocation_id desc`.execute(trx)
  return rows
}
