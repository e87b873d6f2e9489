-- Published documents of every kind share one life: revisions of a draft, then one published revision, the last. The key
-- (version, revision) is the lock of If-Match: two writers of the same revision cannot both commit.
create table openras.document (
  authority_id text not null,
  kind text not null,
  key text not null,
  version integer not null,
  revision integer not null,
  state text not null,
  subject_id text not null,
  event_id uuid not null,
  content text not null,
  content_hash text not null generated always as ('sha256:' || encode(sha256(openras.utf8(content)), 'hex')) stored,
  constraint document_pkey primary key (authority_id, kind, key, version, revision),
  constraint document_event foreign key (authority_id, event_id) references openras.event,
  constraint document_state check (state in ('draft', 'published')),
  constraint document_from_one check (version >= 1 and revision >= 1)
);
create unique index document_published_once on openras.document (authority_id, kind, key, version) where state = 'published';
create unique index document_by_event on openras.document (authority_id, event_id);
call openras.guard('openras.document');
call openras.belongs_to_an_authority('openras.document');

-- The order of publication of what takes effect from a day: tables by the questionnaire that they price. The ordinal is
-- a lock: of two that are published at once, one conflicts and is decided again.
create table openras.term (
  authority_id text not null,
  list text not null,
  ordinal integer not null,
  key text not null,
  version integer not null,
  event_id uuid not null,
  effective_from date not null,
  effective_before date,
  constraint term_pkey primary key (authority_id, list, ordinal),
  constraint term_event foreign key (authority_id, event_id) references openras.event
);
create unique index term_once on openras.term (authority_id, event_id);
call openras.guard('openras.term');

grant select, insert on openras.document, openras.term to openras_writer;

-- The text of the version that an event is about: its own, or that of the publication which a withdrawal takes back.
create function openras.text_of(p_authority text, p_event uuid, p_about uuid, p_place text) returns text
  language sql stable set search_path = openras, pg_catalog, pg_temp as $$
  select d.content from document d
  where d.authority_id = p_authority and d.event_id = case p_place
    when 'withdrawal' then p_about
    when 'approval' then (select asked.about from event asked where asked.authority_id = p_authority and asked.event_id = p_about)
    else p_event
  end
$$;
grant execute on function openras.text_of(text, uuid, uuid, text) to openras_app, openras_writer;

-- Intakes share an authority's terms; who publishes or withdraws a table has them alone, until it commits. So no
-- allocation is committed that another table should have priced, and none by a table that is withdrawn.
create function openras.lock_terms(p_authority text, alone boolean) returns void
  language plpgsql set search_path = openras, pg_catalog, pg_temp as $$
declare
  key bigint := hashtextextended('openras.terms/' || p_authority, 0);
begin
  if alone then
    perform pg_advisory_xact_lock(key);
  else
    perform pg_advisory_xact_lock_shared(key);
  end if;
end
$$;

-- The table in force on a date, as src/domain/table/in-force.ts finds it; no row where a hard stop has come. A
-- withdrawal counts once it is approved.
create function openras.table_in_force(p_authority text, p_questionnaire text, p_on date)
  returns table (table_key text, table_version integer)
  language sql stable set search_path = openras, pg_catalog, pg_temp as $$
  select latest.key, latest.version
  from (
    select t.key, t.version, t.effective_before
    from term t
    where t.authority_id = p_authority and t.list = 'calibration-table/' || p_questionnaire
      and t.effective_from <= p_on
      and not exists (
        select from event asked
        join event approved on approved.authority_id = asked.authority_id and approved.about = asked.event_id
          and approved.place = 'approval'
        where asked.authority_id = t.authority_id and asked.about = t.event_id and asked.place = 'withdrawal'
      )
    order by t.effective_from desc, t.ordinal desc
    limit 1
  ) latest
  where latest.effective_before is null or latest.effective_before > p_on
$$;
grant execute on function openras.lock_terms(text, boolean), openras.table_in_force(text, text, date) to openras_writer;
