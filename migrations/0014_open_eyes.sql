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

-- A page of the feed after an index, with the head of the log as the same snapshot sees it.
-- A payload of a cohort, of a calibration run or of reports is large. The feed carries what the envelope says of it and never the
-- payload: a page of the feed must stay small, and '' tells what is there from what was erased.
create or replace function openras.read_feed(p_authority text, p_after bigint, p_limit integer)
  returns table (head bigint, log_index bigint, event_id uuid, kind text, envelope text, leaf_hash bytea, body text)
  language plpgsql as $$
begin
  perform set_config('openras.authority_id', p_authority, true);
  return query
    with top as (
      select coalesce(max(l.log_index), -1) as head from openras.log_entry l where l.authority_id = p_authority
    ), page as (
      select l.log_index, l.event_id, l.leaf_hash from openras.log_entry l
      where l.authority_id = p_authority and l.log_index > p_after
      order by l.log_index limit p_limit
    )
    select top.head, page.log_index, page.event_id, e.kind, e.envelope, page.leaf_hash,
           case when p.body is not null and e.kind ~ '^(cohort|calibration-run|table-reports)-' then '' else p.body end
    from top
    left join page on true
    left join openras.event e on e.authority_id = p_authority and e.event_id = page.event_id
    left join openras.payload p on p.authority_id = p_authority and p.event_id = page.event_id
    order by page.log_index;
end
$$;
