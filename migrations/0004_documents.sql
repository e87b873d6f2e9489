-- Questionnaires and calibration tables share one life: revisions of a draft, then one published revision, the last.
-- The key (version, revision) is the lock of If-Match: two writers of the same revision cannot both commit.
create table openras.document_revision (
  authority_id text not null,
  kind text not null,
  key text not null,
  version integer not null,
  revision integer not null,
  state text not null,
  document text not null,
  content_hash text not null,
  flags jsonb not null,
  client_id text not null,
  subject_id text not null,
  event_id uuid not null,
  recorded_at timestamptz not null,
  constraint document_revision_pkey primary key (authority_id, kind, key, version, revision),
  constraint document_revision_kind check (kind in ('questionnaire', 'calibration-table')),
  constraint document_revision_state check (state in ('draft', 'published')),
  constraint document_revision_from_one check (revision >= 1),
  constraint document_revision_event foreign key (authority_id, event_id) references openras.event
);
create unique index document_revision_published_once on openras.document_revision (authority_id, kind, key, version)
  where state = 'published';
call openras.guard('openras.document_revision', true);
call openras.belongs_to_an_authority('openras.document_revision');

-- A revision follows a draft: none follows the published one, and none is left out. Asked after the row is in, so
-- that another authority's row is refused by its policy, and the second writer of a revision by the key, as ever.
create function openras.refuse_after_publication() returns trigger
  language plpgsql set search_path = openras, pg_catalog, pg_temp as $$
begin
  if new.revision > 1 and not exists (
    select from document_revision d
    where d.authority_id = new.authority_id and d.kind = new.kind and d.key = new.key
      and d.version = new.version and d.revision = new.revision - 1 and d.state = 'draft'
  ) then
    raise exception 'revision % of a document is refused: it must follow a draft, and nothing follows what is published',
      new.revision using errcode = 'insufficient_privilege';
  end if;
  return null;
end
$$;
create trigger refuse_after_publication after insert on openras.document_revision
  for each row execute function openras.refuse_after_publication();
alter table openras.document_revision enable always trigger refuse_after_publication;

-- The order of a questionnaire's published tables. The ordinal is a lock: of two tables published at once, one
-- conflicts and is checked again, so every effective_from stays later than the one before it.
create table openras.table_term (
  authority_id text not null,
  questionnaire_key text not null,
  ordinal integer not null,
  questionnaire_version integer not null,
  table_key text not null,
  table_version integer not null,
  effective_from date not null,
  effective_before date,
  constraint table_term_pkey primary key (authority_id, questionnaire_key, ordinal),
  constraint table_term_effective_once unique (authority_id, questionnaire_key, effective_from),
  constraint table_term_table_once unique (authority_id, table_key, table_version)
);
call openras.guard('openras.table_term', true);

-- A term is of a published table, and later than the one before it. Asked at the end of the transaction, in which the
-- term and the publication come in either order.
create function openras.refuse_other_term() returns trigger
  language plpgsql set search_path = openras, pg_catalog, pg_temp as $$
begin
  if new.ordinal < 1 or not exists (
    select from document_revision d
    where d.authority_id = new.authority_id and d.kind = 'calibration-table' and d.key = new.table_key
      and d.version = new.table_version and d.state = 'published'
  ) or new.ordinal > 1 and not exists (
    select from table_term t
    where t.authority_id = new.authority_id and t.questionnaire_key = new.questionnaire_key
      and t.ordinal = new.ordinal - 1 and t.effective_from < new.effective_from
  ) then
    raise exception 'a term is refused: it must be of a published table, and later than the term before it'
      using errcode = 'insufficient_privilege';
  end if;
  return null;
end
$$;
create constraint trigger refuse_other_term after insert on openras.table_term deferrable initially deferred
  for each row execute function openras.refuse_other_term();
alter table openras.table_term enable always trigger refuse_other_term;
