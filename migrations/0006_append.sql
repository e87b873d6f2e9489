-- The one way in. The application may insert nowhere: it calls `append` with envelopes, and the database computes every
-- row from them, refuses what does not fit, and lets each kind of event write the rows that it stands for.
insert into openras.event_kind (kind, about, place, parts, keyed, rows_of) values
  ('assessment-allocated', '{}', null, '{body,refs}', true, null),
  ('assessment-corrected', '{assessment-allocated,assessment-corrected}', 'correction', '{body,refs}', true, null),
  ('questionnaire-drafted', '{}', null, '{}', null, 'rows_of_draft'),
  ('questionnaire-published', '{}', null, '{}', true, 'rows_of_publication'),
  ('calibration-table-drafted', '{}', null, '{}', null, 'rows_of_draft'),
  ('calibration-table-published', '{}', null, '{}', true, 'rows_of_publication'),
  ('table-reports-made', '{calibration-table-drafted}', 'reports', '{body}', true, 'rows_of_reports'),
  ('calibration-table-withdrawal-asked', '{calibration-table-published}', 'withdrawal', '{}', true, 'rows_of_withdrawal'),
  ('calibration-table-withdrawn', '{calibration-table-withdrawal-asked}', 'approval', '{}', true, 'rows_of_withdrawal'),
  ('cohort-uploaded', '{}', null, '{body}', true, 'rows_of_cohort'),
  ('cohort-part-added', '{cohort-uploaded}', 'part/[1-9][0-9]*', '{body}', true, 'rows_of_cohort'),
  ('cohort-sealed', '{cohort-uploaded}', 'seal', '{}', true, 'rows_of_cohort'),
  ('calibration-run-requested', '{cohort-uploaded}', 'run/[0-9a-f-]{36}', '{}', true, 'rows_of_run'),
  ('calibration-run-finished', '{calibration-run-requested}', 'end', '{body}', false, 'rows_of_run'),
  ('calibration-run-cancelled', '{calibration-run-requested}', 'end', '{}', true, 'rows_of_run');

-- What is given to `append`: an envelope, the parts of its payload with their nonce, the text of a draft, and the key
-- of the request that it answers.
create type openras.entry as (
  envelope text, nonce bytea, refs text, body text, content text, request_key text, fingerprint bytea
);

-- A new event as those see it who write its rows.
create type openras.fresh as (
  event_id uuid, kind text, facts jsonb, about uuid, place text, subject_id text, content text
);

-- What an envelope says of a part of its payload: the inner hash is the salt that a court is shown beside the text.
create function openras.commitment(nonce bytea, part text, content text) returns text
  language sql immutable strict parallel safe
  return encode(sha256(sha256(nonce || openras.utf8(part)) || openras.utf8(content)), 'hex');

-- Which claim a key of a client is: kept for ever, and saying neither.
create function openras.claim_of(client text, request_key text) returns uuid
  language sql immutable strict parallel safe
  return encode(substring(sha256(openras.utf8(client || E'\n' || request_key)) from 1 for 16), 'hex')::uuid;

-- What stands in the way of an envelope being one of its kind; null where nothing does.
create function openras.entry_fault(p_authority text, e jsonb, given openras.entry) returns text
  language plpgsql stable set search_path = openras, pg_catalog, pg_temp as $$
declare
  k event_kind;
begin
  if jsonb_typeof(e) is distinct from 'object' or array(select m from jsonb_object_keys(e) m order by m collate "C")
    <> '{about,actor,at,authority,event,facts,kind,payload,place,v}' then
    return 'an envelope has other members';
  end if;
  if e -> 'v' <> '2' then return 'an envelope is of another version'; end if;
  if e ->> 'authority' <> p_authority then return 'an envelope is of another authority'; end if;
  select * into k from event_kind one where one.kind = e ->> 'kind';
  if k.kind is null then return 'no event is of this kind'; end if;
  if given.nonce is null then return 'an entry has no nonce'; end if;
  if array(select m from jsonb_object_keys(e -> 'payload') m order by m collate "C") <> k.parts
    or (given.body is not null) <> ('body' = any(k.parts)) or (given.refs is not null) <> ('refs' = any(k.parts)) then
    return 'an event of this kind has other parts';
  end if;
  if e #>> '{payload,body}' is distinct from commitment(given.nonce, 'body', given.body)
    or e #>> '{payload,refs}' is distinct from commitment(given.nonce, 'refs', given.refs) then
    return 'an envelope commits to other parts';
  end if;
  if (given.request_key is not null) = not k.keyed or (given.request_key is null) <> (given.fingerprint is null) then
    return 'an event of this kind comes otherwise with a key';
  end if;
  if (e ->> 'about' is null) <> (k.place is null) or (e ->> 'place' is null) <> (k.place is null)
    or e ->> 'place' !~ ('^(' || k.place || ')$') then
    return 'an event of this kind answers otherwise';
  end if;
  if k.place is not null and not exists (
    select from event a join facet f on f.authority_id = a.authority_id and f.facet_id = a.facet_id
    where a.authority_id = p_authority and a.event_id = (e ->> 'about')::uuid and f.kind = any(k.about)
  ) then
    return 'an event answers none of those that it may';
  end if;
  if coalesce(e #>> '{actor,client}', '') = '' or coalesce(e #>> '{actor,subject}', '') = '' then
    return 'an envelope names nobody who acted';
  end if;
  return null;
end
$$;

-- A draft brings its text, and follows the draft before it; nothing follows what is published.
create function openras.rows_of_draft(p_authority text, given openras.fresh[]) returns void
  language plpgsql set search_path = openras, pg_catalog, pg_temp as $$
declare
  one fresh;
  ref record;
  drafters text[];
begin
  foreach one in array given loop
    select * into ref from jsonb_to_record(one.facts)
      as r(kind text, key text, version integer, revision integer, "contentHash" text, "draftedBy" text[]);
    if one.kind <> ref.kind || '-drafted' or one.content is null
      or 'sha256:' || encode(sha256(utf8(one.content)), 'hex') <> ref."contentHash" then
      raise exception 'a draft has another text or hash' using errcode = 'OR003';
    end if;
    -- Before whatever rests on the drafts before it: who lost a race to another is told that by the key.
    insert into document (authority_id, kind, key, version, revision, state, subject_id, event_id, content)
    values (p_authority, ref.kind, ref.key, ref.version, ref.revision, 'draft', one.subject_id, one.event_id, one.content);
    drafters := array(
      select distinct d.subject_id from document d where (d.authority_id, d.kind, d.key, d.version, d.state)
        = (p_authority, ref.kind, ref.key, ref.version, 'draft')
      order by 1
    );
    if drafters <> array(select d from unnest(ref."draftedBy") d order by d) then
      raise exception 'a draft names others who drafted it' using errcode = 'OR003';
    end if;
    if ref.revision > 1 and not exists (
      select from document d where (d.authority_id, d.kind, d.key, d.version, d.revision, d.state)
        = (p_authority, ref.kind, ref.key, ref.version, ref.revision - 1, 'draft')
    ) or ref.revision = 1 and ref.version > 1 and not exists (
      select from document d where (d.authority_id, d.kind, d.key, d.version)
        = (p_authority, ref.kind, ref.key, ref.version - 1)
    ) then
      raise exception 'a draft follows no draft' using errcode = 'OR004';
    end if;
  end loop;
end
$$;

-- A publication takes the text of the last draft, and is nobody's who drafted it. A table takes its place in the order
-- of publication.
create function openras.rows_of_publication(p_authority text, given openras.fresh[]) returns void
  language plpgsql set search_path = openras, pg_catalog, pg_temp as $$
declare
  one fresh;
  ref record;
  draft document;
  questionnaire text;
begin
  foreach one in array given loop
    select * into ref from jsonb_to_record(one.facts)
      as r(kind text, key text, version integer, revision integer, "contentHash" text);
    if one.kind <> ref.kind || '-published' or one.content is not null then
      raise exception 'a publication brings a text' using errcode = 'OR003';
    end if;
    select * into draft from document d where (d.authority_id, d.kind, d.key, d.version, d.revision, d.state)
      = (p_authority, ref.kind, ref.key, ref.version, ref.revision - 1, 'draft');
    if draft.event_id is null then
      raise exception 'a publication follows no draft' using errcode = 'OR004';
    end if;
    if draft.content_hash <> ref."contentHash" then
      raise exception 'a publication is of another text' using errcode = 'OR003';
    end if;
    if exists (
      select from document d where (d.authority_id, d.kind, d.key, d.version, d.state, d.subject_id)
        = (p_authority, ref.kind, ref.key, ref.version, 'draft', one.subject_id)
    ) then
      raise exception 'who drafted a version does not publish it' using errcode = 'OR005';
    end if;
    insert into document (authority_id, kind, key, version, revision, state, subject_id, event_id, content)
    values (p_authority, ref.kind, ref.key, ref.version, ref.revision, 'published', one.subject_id, one.event_id, draft.content);
    if ref.kind = 'calibration-table' then
      questionnaire := draft.content::jsonb #>> '{questionnaire,key}';
      insert into term (authority_id, list, ordinal, key, version, event_id, effective_from, effective_before)
      select p_authority, 'calibration-table/' || questionnaire,
        1 + coalesce((
          select max(t.ordinal) from term t
          where t.authority_id = p_authority and t.list = 'calibration-table/' || questionnaire
        ), 0),
        ref.key, ref.version, one.event_id,
        (draft.content::jsonb ->> 'effectiveFrom')::date, (draft.content::jsonb ->> 'effectiveBefore')::date;
    end if;
  end loop;
end
$$;

-- Reports are of the last revision of a draft.
create function openras.rows_of_reports(p_authority text, given openras.fresh[]) returns void
  language plpgsql set search_path = openras, pg_catalog, pg_temp as $$
declare
  one fresh;
begin
  foreach one in array given loop
    if not exists (
      select from document d where d.authority_id = p_authority and d.event_id = one.about and not exists (
        select from document later where (later.authority_id, later.kind, later.key, later.version)
          = (d.authority_id, d.kind, d.key, d.version) and later.revision > d.revision
      )
    ) then
      raise exception 'reports are not of the last revision of a draft' using errcode = 'OR004';
    end if;
  end loop;
end
$$;

-- Taken back by two persons, and only while it has priced nobody: corrected and erased allocations still count.
create function openras.rows_of_withdrawal(p_authority text, given openras.fresh[]) returns void
  language plpgsql set search_path = openras, pg_catalog, pg_temp as $$
declare
  one fresh;
  publication uuid;
  asked_by text;
begin
  foreach one in array given loop
    publication := one.about;
    if one.place = 'approval' then
      select a.about, a.envelope::jsonb #>> '{actor,subject}' into publication, asked_by
      from event a where a.authority_id = p_authority and a.event_id = one.about;
      if asked_by = one.subject_id then
        raise exception 'who asked for a withdrawal does not approve it' using errcode = 'OR005';
      end if;
    end if;
    if exists (
      select from document d
      join facet f on f.authority_id = d.authority_id and (f.table_key, f.table_version) = (d.key, d.version)
      join event e on e.authority_id = f.authority_id and e.facet_id = f.facet_id
      where d.authority_id = p_authority and d.event_id = publication
    ) then
      raise exception 'the table has priced an allocation' using errcode = 'OR006';
    end if;
  end loop;
end
$$;

-- A cohort begins under an authority that there is; parts come in their order and end with the seal, which counts them.
create function openras.rows_of_cohort(p_authority text, given openras.fresh[]) returns void
  language plpgsql set search_path = openras, pg_catalog, pg_temp as $$
declare
  one fresh;
  parts integer;
begin
  foreach one in array given loop
    if one.about is null then
      if not exists (select from authority a where a.authority_id = p_authority) then
        raise exception 'the authority of a cohort was never created'
          using errcode = 'foreign_key_violation', constraint = 'cohort_authority';
      end if;
      continue;
    end if;
    perform pg_advisory_xact_lock(hashtextextended('openras.cohort/' || one.about, 0));
    if exists (
      select from event e where e.authority_id = p_authority and (
        e.event_id = one.about and e.envelope::jsonb #>> '{facts,cohort,hash}' is not null
        or e.about = one.about and e.place = 'seal' and e.event_id <> one.event_id
      )
    ) then
      raise exception 'the cohort is sealed' using errcode = 'OR004';
    end if;
    parts := 1 + (
      select count(*) from event e
      where e.authority_id = p_authority and e.about = one.about and e.place like 'part/%' and e.event_id <> one.event_id
    );
    if one.place = 'seal' and jsonb_array_length(one.facts #> '{cohort,parts}') <> parts
      or one.place <> 'seal' and one.place <> 'part/' || (parts + 1) then
      raise exception 'the cohort has moved on' using errcode = 'OR004';
    end if;
  end loop;
end
$$;

-- A run is asked for on a sealed cohort and then waits; whatever ends it takes it out of the queue.
create function openras.rows_of_run(p_authority text, given openras.fresh[]) returns void
  language plpgsql set search_path = openras, pg_catalog, pg_temp as $$
declare
  one fresh;
begin
  foreach one in array given loop
    if one.kind <> 'calibration-run-requested' then
      delete from run_queue q where q.authority_id = p_authority and q.run_id = one.about;
      continue;
    end if;
    if one.place <> 'run/' || one.event_id then
      raise exception 'a run is in another place than its own' using errcode = 'OR003';
    end if;
    if not exists (
      select from event e where e.authority_id = p_authority and (
        e.event_id = one.about and e.envelope::jsonb #>> '{facts,cohort,hash}' is not null
        or e.about = one.about and e.place = 'seal'
      )
    ) then
      raise exception 'the cohort is open' using errcode = 'OR004';
    end if;
    insert into run_queue (authority_id, run_id) values (p_authority, one.event_id);
  end loop;
end
$$;

grant execute on function openras.commitment(bytea, text, text), openras.claim_of(text, text),
  openras.entry_fault(text, jsonb, openras.entry), openras.rows_of_draft(text, openras.fresh[]),
  openras.rows_of_publication(text, openras.fresh[]), openras.rows_of_reports(text, openras.fresh[]),
  openras.rows_of_withdrawal(text, openras.fresh[]), openras.rows_of_cohort(text, openras.fresh[]),
  openras.rows_of_run(text, openras.fresh[])
  to openras_writer;

grant create on schema openras to openras_writer;
set local role openras_writer;

-- Appends events with all that they stand for, all or none, and gives back what those keys had stored before that were
-- known: one row for each, with the place of the entry that it is the answer to. `p_lock_ms` is how long it waits for any
-- lock. Raises OR001 when the table that an allocation was computed from is not the one in force any more, OR002 when the
-- writer's clock differs, OR003 when an entry is not what its kind asks for, OR004 when what it follows has changed, OR005
-- when one person would do what two must, OR006 when a table to be withdrawn has priced somebody.
create function openras.append(p_authority text, p_lock_ms integer, p_entries openras.entry[])
  returns table (
    n integer, event_id uuid, envelope text, nonce bytea, fingerprint bytea, refs text, body text, content text
  )
  language plpgsql security definer set search_path = openras, pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  fault text;
  created integer;
  known integer;
  fresh fresh[];
  writes record;
begin
  perform set_config('openras.authority_id', p_authority, true), set_config('lock_timeout', p_lock_ms::text, true);
  select one.fault into fault
  from (select entry_fault(p_authority, g.envelope::jsonb, row(g.*)::entry) as fault from unnest(p_entries) g offset 0) one
  where one.fault is not null limit 1;
  if fault is not null then
    raise exception '%', fault using errcode = 'OR003';
  end if;
  -- Before any statement that looks at the terms, so that it sees all that was committed under the lock.
  perform lock_terms(p_authority, bool_or(g.envelope::jsonb ->> 'kind' in (
    'calibration-table-published', 'calibration-table-withdrawal-asked', 'calibration-table-withdrawn'
  )))
  from unnest(p_entries) g
  having bool_or(g.refs is not null or g.envelope::jsonb ->> 'kind' like 'calibration-table-%');
  -- Each step takes its rows from the one before, so that of several keys in the way it is always the same that speaks.
  with given as materialized (
    select g.*, e.e, (e.e ->> 'event')::uuid as event_id, e.e ->> 'kind' as kind, e.e -> 'facts' as facts,
      claim_of(e.e #>> '{actor,client}', g.request_key) as claim,
      row(e.e ->> 'kind', e.e #>> '{facts,userGroup}', e.e #>> '{facts,outcome}',
        e.e #>> '{facts,questionnaire,key}', e.e #>> '{facts,questionnaire,version}',
        e.e #>> '{facts,table,key}', e.e #>> '{facts,table,version}', e.e #>> '{facts,engine}') as shared
    from unnest(p_entries) with ordinality
      as g(envelope, nonce, refs, body, content, request_key, fingerprint, n)
    cross join lateral (select g.envelope::jsonb as e) e
  ), faceted as materialized (
    select given.*, substring(sha256(utf8(shared::text)) from 1 for 8) as facet_id,
      -- Only an intake has facets beside its kind.
      given.refs is not null as is_intake
    from given
  ), facets as (
    insert into facet (
      authority_id, facet_id, kind, user_group, outcome, questionnaire_key, questionnaire_version, table_key, table_version, engine
    )
    select distinct on (facet_id) p_authority, facet_id, kind, facts ->> 'userGroup', facts ->> 'outcome',
      facts #>> '{questionnaire,key}', (facts #>> '{questionnaire,version}')::integer,
      facts #>> '{table,key}', (facts #>> '{table,version}')::integer, facts ->> 'engine'
    from faceted f
    where not exists (select from facet known where known.authority_id = p_authority and known.facet_id = f.facet_id)
    order by facet_id
    on conflict do nothing
  ), logged as (
    -- Always in the order of the claims, so that two transactions never wait for one another here.
    insert into event (
      authority_id, event_id, facet_id, on_date, claim, about, place, points, amount, held, envelope
    )
    select p_authority, event_id, facet_id, (facts ->> 'on')::date, claim, (e ->> 'about')::uuid, e ->> 'place',
      (facts #>> '{points,total}')::numeric, (facts ->> 'amountAnnual')::numeric, (facts ->> 'contingencyAnnual')::numeric,
      envelope
    from faceted order by claim
    on conflict (authority_id, claim) where claim is not null do nothing
    returning event_id
  ), kept as (
    insert into payload (
      authority_id, event_id, nonce, fingerprint, person_ref, source_ref, source_place, refs, body
    )
    select p_authority, event_id, nonce, fingerprint, refs::jsonb ->> 'personRef', refs::jsonb ->> 'assessmentRef',
      case when refs is null then null when e ->> 'about' is null then 0 else (facts ->> 'revision')::integer end, refs, body
    from faceted join logged using (event_id)
    where request_key is not null or refs is not null or body is not null
    returning event_id
  )
  select array_agg(row(event_id, kind, facts, (e ->> 'about')::uuid, e ->> 'place', e #>> '{actor,subject}', content)::fresh order by n)
  into fresh
  from faceted join logged using (event_id)
  where (select count(*) from kept) >= 0;
  created := coalesce(cardinality(fresh), 0);

  if exists (
    select from unnest(p_entries) g cross join lateral (select g.envelope::jsonb as e) e
    join unnest(fresh) f on f.event_id = (e.e ->> 'event')::uuid
    where (e.e ->> 'at')::timestamptz not between clock_timestamp() - interval '60 seconds'
                                              and clock_timestamp() + interval '5 seconds'
      or to_timestamp((('x' || substring(replace(e.e ->> 'event', '-', '') from 1 for 12))::bit(48)::bigint) / 1000.0)
        not between clock_timestamp() - interval '60 seconds' and clock_timestamp() + interval '5 seconds'
  ) then
    raise exception 'the clock of whoever writes differs from that of this database' using errcode = 'OR002';
  end if;
  if exists (
    select from unnest(fresh) f
    where f.facts -> 'table' ->> 'key' is not null and f.kind in ('assessment-allocated', 'assessment-corrected')
      and (f.facts #>> '{table,key}', (f.facts #>> '{table,version}')::integer) is distinct from (
        select (t.table_key, t.table_version)
        from table_in_force(p_authority, f.facts #>> '{questionnaire,key}', (f.facts ->> 'on')::date) t
      )
  ) then
    raise exception 'the table computed from is not in force any more' using errcode = 'OR001';
  end if;
  for writes in
    select k.rows_of, array_agg(row(f.*)::fresh) as given
    from unnest(fresh) f join event_kind k using (kind)
    where k.rows_of is not null group by k.rows_of
  loop
    execute format('select %I($1, $2)', writes.rows_of) using p_authority, writes.given;
  end loop;
  if created = cardinality(p_entries) then
    return;
  end if;

  return query
    select g.n::integer, e.event_id, e.envelope, p.nonce, p.fingerprint, p.refs, p.body,
      text_of(p_authority, e.event_id, e.about, e.place)
    from unnest(p_entries) with ordinality as g(envelope, nonce, refs, body, content, request_key, fingerprint, n)
    join event e on e.authority_id = p_authority
      and e.claim = claim_of(g.envelope::jsonb #>> '{actor,client}', g.request_key)
      and e.event_id <> (g.envelope::jsonb ->> 'event')::uuid
    left join payload p on p.authority_id = e.authority_id and p.event_id = e.event_id;
  get diagnostics known = row_count;
  if created + known <> cardinality(p_entries) then
    raise exception 'of % entries, % were stored and % were known', cardinality(p_entries), created, known
      using errcode = 'data_corrupted';
  end if;
end
$$;
grant execute on function openras.append(text, integer, openras.entry[]) to openras_app;

set local role openras_owner;
revoke create on schema openras from openras_writer;
