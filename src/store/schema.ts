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
  'openras.facet': {
    authority_id: Fixed<string>
    facet_id: Fixed<Buffer>
    kind: Fixed<string>
    user_group: Fixed<string | null>
    outcome: Fixed<string | null>
    questionnaire_key: Fixed<string | null>
    questionnaire_version: Fixed<number | null>
    table_key: Fixed<string | null>
    table_version: Fixed<number | null>
    engine: Fixed<string | null>
  }
  'openras.event': {
    authority_id: Fixed<string>
    event_id: Fixed<string>
    facet_id: Fixed<Buffer>
    xid: ColumnType<string, never, never>
    on_date: Fixed<string | null>
    claim: Fixed<string | null>
    about: Fixed<string | null>
    place: Fixed<string | null>
    points: Fixed<string | null>
    amount: Fixed<string | null>
    held: Fixed<string | null>
    envelope: Fixed<string>
    leaf_hash: ColumnType<Buffer, never, never>
  }
  'openras.payload': {
    authority_id: Fixed<string>
    event_id: Fixed<string>
    nonce: Fixed<Buffer>
    fingerprint: Fixed<Buffer | null>
    person_ref: Fixed<string | null>
    source_ref: Fixed<string | null>
    source_place: Fixed<number | null>
    refs: Fixed<string | null>
    body: Fixed<string | null>
  }
  'openras.log_entry': {
    authority_id: Fixed<string>
    log_index: Fixed<string>
    event_id: Fixed<string>
    leaf_hash: Fixed<Buffer>
    chain: Fixed<Buffer>
  }
  'openras.log_node': {
    authority_id: Fixed<string>
    level: Fixed<number>
    node: Fixed<string>
    hash: Fixed<Buffer>
  }
  'openras.log_head': {
    authority_id: Fixed<string>
    size: Fixed<string>
    root: Fixed<Buffer>
    frontier: Fixed<Buffer[]>
    note_size: Fixed<string>
    note: Fixed<string | null>
  }
  'openras.checkpoint': {
    authority_id: Fixed<string>
    size: Fixed<string>
    at: Fixed<Date>
    note: Fixed<string>
  }
  'openras.document': {
    authority_id: Fixed<string>
    kind: Fixed<'questionnaire' | 'calibration-table'>
    key: Fixed<string>
    version: Fixed<number>
    revision: Fixed<number>
    state: Fixed<'draft' | 'published'>
    subject_id: Fixed<string>
    event_id: Fixed<string>
    content: Fixed<string>
    content_hash: ColumnType<string, never, never>
  }
  'openras.term': {
    authority_id: Fixed<string>
    list: Fixed<string>
    ordinal: Fixed<number>
    key: Fixed<string>
    version: Fixed<number>
    event_id: Fixed<string>
    effective_from: Fixed<string>
    effective_before: Fixed<string | null>
  }
  'openras.run_queue': {
    authority_id: Fixed<string>
    run_id: Fixed<string>
  }
  'openras.run_step': {
    authority_id: Fixed<string>
    run_id: Fixed<string>
    sequence: Fixed<number>
    attempt: Fixed<number>
    stage: Fixed<string>
    done: Fixed<number>
    total: Fixed<number>
    runner: Fixed<string>
    at: Fixed<Date>
    lease_before: Fixed<Date>
  }
}
