// The tables as the application sees them. Every table is append-only, so every column can be read and inserted and
// none updated: an update does not compile. A test holds these types against the migrated database.
import type { ColumnType } from 'kysely'

type Fixed<T> = ColumnType<T, T, never>

export type Schema = {
  'openras.authority': {
    authority_id: Fixed<string>
    revision: Fixed<number>
    title: Fixed<string>
    challenge_route: Fixed<string>
    recorded_at: Fixed<Date>
  }
  'openras.client': {
    authority_id: Fixed<string>
    client_id: Fixed<string>
    title: Fixed<string>
    recorded_at: Fixed<Date>
  }
  'openras.subject': {
    authority_id: Fixed<string>
    subject_id: Fixed<string>
    kind: Fixed<'person' | 'system'>
    recorded_at: Fixed<Date>
  }
  'openras.api_key': {
    authority_id: Fixed<string>
    key_id: Fixed<string>
    client_id: Fixed<string>
    subject_id: Fixed<string>
    scopes: Fixed<string[]>
    secret_hash: Fixed<Buffer>
    expires_at: Fixed<Date | null>
    recorded_at: Fixed<Date>
  }
  'openras.subject_revocation': {
    authority_id: Fixed<string>
    subject_id: Fixed<string>
    reason: Fixed<string>
    recorded_at: Fixed<Date>
  }
  'openras.api_key_revocation': {
    authority_id: Fixed<string>
    key_id: Fixed<string>
    reason: Fixed<string>
    recorded_at: Fixed<Date>
  }
  'openras.event': {
    authority_id: Fixed<string>
    event_id: Fixed<string>
    kind: Fixed<string>
    envelope: Fixed<string>
    leaf_hash: ColumnType<Buffer, never, never>
    xid: ColumnType<string, never, never>
  }
  'openras.payload': {
    authority_id: Fixed<string>
    event_id: Fixed<string>
    nonce: Fixed<Buffer>
    body: Fixed<string>
    person_ref: Fixed<string | null>
    assessment_ref: Fixed<string | null>
    assessment_revision: Fixed<number | null>
    assessment_place: Fixed<number | null>
  }
  'openras.intake_request': {
    authority_id: Fixed<string>
    client_id: Fixed<string>
    idempotency_key: Fixed<string>
    fingerprint: Fixed<Buffer>
    event_id: Fixed<string>
    status: Fixed<number>
  }
  'openras.log_entry': {
    authority_id: Fixed<string>
    log_index: Fixed<string>
    event_id: Fixed<string>
    leaf_hash: Fixed<Buffer>
  }
  'openras.document_revision': {
    authority_id: Fixed<string>
    kind: Fixed<'questionnaire' | 'calibration-table'>
    key: Fixed<string>
    version: Fixed<number>
    revision: Fixed<number>
    state: Fixed<'draft' | 'published'>
    document: Fixed<string>
    content_hash: Fixed<string>
    client_id: Fixed<string>
    subject_id: Fixed<string>
    event_id: Fixed<string>
    recorded_at: Fixed<Date>
    warnings: ColumnType<unknown, string, never>
    publication: ColumnType<unknown | null, string | null, never>
  }
  'openras.table_term': {
    authority_id: Fixed<string>
    questionnaire_key: Fixed<string>
    ordinal: Fixed<number>
    questionnaire_version: Fixed<number>
    table_key: Fixed<string>
    table_version: Fixed<number>
    effective_from: Fixed<string>
    effective_before: Fixed<string | null>
  }
  'openras.table_reports': {
    authority_id: Fixed<string>
    table_key: Fixed<string>
    table_version: Fixed<number>
    revision: Fixed<number>
    impact_sha256: Fixed<string>
    equality_sha256: Fixed<string | null>
    event_id: Fixed<string>
    recorded_at: Fixed<Date>
  }
  'openras.table_withdrawal': {
    authority_id: Fixed<string>
    table_key: Fixed<string>
    table_version: Fixed<number>
    step: Fixed<'asked' | 'approved'>
    reason: Fixed<string | null>
    client_id: Fixed<string>
    subject_id: Fixed<string>
    event_id: Fixed<string>
    recorded_at: Fixed<Date>
  }
  'openras.assessment': {
    authority_id: Fixed<string>
    assessment_id: Fixed<string>
    event_id: Fixed<string>
    user_group: Fixed<string>
    assessed_on: Fixed<string>
    questionnaire_key: Fixed<string>
    questionnaire_version: Fixed<number>
    corrects: Fixed<string | null>
    recorded_at: Fixed<Date>
  }
  'openras.allocation': {
    authority_id: Fixed<string>
    allocation_id: Fixed<string>
    assessment_id: Fixed<string>
    event_id: Fixed<string>
    user_group: Fixed<string>
    assessed_on: Fixed<string>
    outcome: Fixed<'indicative' | 'refer-individual-costing' | 'not-eligible'>
    points_gross: Fixed<string>
    points_carer_reduction: Fixed<string>
    points_add_ons: Fixed<string>
    points_total: Fixed<string>
    amount_annual: Fixed<string | null>
    contingency_annual: Fixed<string | null>
    available_annual: Fixed<string | null>
    amount_weekly: Fixed<string | null>
    questionnaire_key: Fixed<string>
    questionnaire_version: Fixed<number>
    table_key: Fixed<string | null>
    table_version: Fixed<number | null>
    engine_version: Fixed<string>
    supersedes: Fixed<string | null>
    created_at: Fixed<Date>
  }
  'openras.cohort': {
    authority_id: Fixed<string>
    cohort_id: Fixed<string>
    event_id: Fixed<string>
    title: Fixed<string>
    questionnaire_key: Fixed<string>
    questionnaire_version: Fixed<number>
    weeks_per_year: Fixed<string>
    client_id: Fixed<string>
    subject_id: Fixed<string>
    recorded_at: Fixed<Date>
    synthetic_note: Fixed<string | null>
    characteristics: Fixed<unknown>
    collected_from: Fixed<string | null>
    collected_before: Fixed<string | null>
  }
  'openras.cohort_step': {
    authority_id: Fixed<string>
    cohort_id: Fixed<string>
    ordinal: Fixed<number>
    kind: Fixed<'part' | 'seal'>
    event_id: Fixed<string>
    sha256: Fixed<string | null>
    accepted: Fixed<number | null>
    rejected: Fixed<number | null>
    cohort_hash: Fixed<string | null>
    recorded_at: Fixed<Date>
  }
  'openras.calibration_run': {
    authority_id: Fixed<string>
    run_id: Fixed<string>
    event_id: Fixed<string>
    cohort_id: Fixed<string>
    request: Fixed<string>
    engine_version: Fixed<string>
    client_id: Fixed<string>
    subject_id: Fixed<string>
    recorded_at: Fixed<Date>
  }
  'openras.calibration_run_step': {
    authority_id: Fixed<string>
    run_id: Fixed<string>
    sequence: Fixed<number>
    state: Fixed<'queued' | 'running' | 'done' | 'failed' | 'cancelled'>
    attempt: Fixed<number>
    stage: Fixed<string | null>
    done: Fixed<number | null>
    total: Fixed<number | null>
    runner: Fixed<string | null>
    lease_before: Fixed<Date | null>
    problem: Fixed<string | null>
    ended_by: Fixed<string | null>
    recorded_at: ColumnType<Date, Date | undefined, never>
  }
}
