-- A table is published with open eyes: what must be acknowledged stands beside the published revision, with what its
-- publisher acknowledged and which reports they read. Flags stood here before; the events keep them.
alter table openras.document_revision drop column flags;
alter table openras.document_revision add column warnings jsonb not null default '[]';
alter table openras.document_revision add column publication jsonb;
alter table openras.document_revision add constraint document_revision_publication
  check (publication is null or state = 'published');

-- The reports of one revision of a draft, frozen before anybody reads them: their hashes, and the event whose body holds
-- their texts. They are of the last revision of a draft, and are made once.
create table openras.table_reports (
  authority_id text not null,
  table_key text not null,
  table_version integer not null,
  revision integer not null,
  impact_sha256 text not null,
  equality_sha256 text,
  event_id uuid not null,
  recorded_at timestamptz not null,
  constraint table_reports_pkey primary key (authority_id, table_key, table_version, revision),
  constraint table_reports_event foreign key (authority_id, event_id) references openras.event
);
call openras.guard('openras.table_reports', true);

create function openras.refuse_other_reports() returns trigger
  language plpgsql set search_path = openras, pg_catalog, pg_temp as $$
begin
  if (
    select d.state <> 'draft' or d.revision <> new.revision from document_revision d
    where d.authority_id = new.authority_id and d.kind = 'calibration-table' and d.key = new.table_key
      and d.version = new.table_version
    order by d.revision desc limit 1
  ) is distinct from false then
    raise exception 'reports are refused: they must be of the last revision of a draft'
      using errcode = 'insufficient_privilege';
  end if;
  return null;
end
$$;
create trigger refuse_other_reports after insert on openras.table_reports
  for each row execute function openras.refuse_other_reports();
alter table openras.table_reports enable always trigger refuse_other_reports;
