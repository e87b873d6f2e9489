-- The hot paths, one round trip each. SECURITY INVOKER: they set the tenant for their transaction and then act
-- under row-level security like any other statement of the application.

-- Claims a client's key, where the request has one, and appends the event with its payload. `outcome` is 'created',
-- or 'known' with what was stored under the key, so that the caller can tell a retry from another request and rebuild
-- the first answer.
create function openras.append_event(
  p_authority text, p_client text, p_key text, p_fingerprint bytea, p_status smallint,
  p_event uuid, p_kind text, p_envelope text, p_leaf bytea,
  p_nonce bytea, p_body text,
  out outcome text, out fingerprint bytea, out status smallint, out event_id uuid, out envelope text, out nonce bytea, out body text
) language plpgsql as $$
#variable_conflict use_column
declare
  stored_leaf bytea;
begin
  perform set_config('openras.authority_id', p_authority, true);
  if p_key is not null then
    insert into openras.intake_request (authority_id, client_id, idempotency_key, fingerprint, event_id, status)
    values (p_authority, p_client, p_key, p_fingerprint, p_event, p_status)
    on conflict do nothing;
  end if;
  if p_key is not null and not found then
    select 'known', i.fingerprint, i.status, i.event_id, e.envelope, p.nonce, p.body
    into outcome, fingerprint, status, event_id, envelope, nonce, body
    from openras.intake_request i
    join openras.event e on e.authority_id = i.authority_id and e.event_id = i.event_id
    left join openras.payload p on p.authority_id = i.authority_id and p.event_id = i.event_id
    where i.authority_id = p_authority and i.client_id = p_client and i.idempotency_key = p_key;
    return;
  end if;
  insert into openras.event (authority_id, event_id, kind, envelope)
  values (p_authority, p_event, p_kind, p_envelope)
  returning leaf_hash into stored_leaf;
  if stored_leaf <> p_leaf then
    raise exception 'the stored leaf hash differs from the one acknowledged' using errcode = 'data_corrupted';
  end if;
  insert into openras.payload (authority_id, event_id, nonce, body) values (p_authority, p_event, p_nonce, p_body);
  outcome := 'created';
end
$$;

-- What one request stores: its claim, its event and payload, and who the payload is about.
create type openras.intake as (
  client_id text, idempotency_key text, fingerprint bytea, status smallint,
  event_id uuid, kind text, envelope text, leaf_hash bytea, nonce bytea, body text,
  person_ref text, assessment_ref text, assessment_revision integer
);

-- Stores assessments with their allocations, all or none, and gives back what the keys that were taken had stored
-- before: one row for each, beside the event that the request would have been. Raises OR001 when the table an
-- allocation was computed from is not the one in force any more: the caller loads it and computes again. `p_lock_ms` is
-- how long it waits for any lock.
create function openras.append_intakes(p_authority text, p_lock_ms integer, p_intakes openras.intake[])
  returns table (
    refused uuid, fingerprint bytea, status smallint, event_id uuid, envelope text, nonce bytea, body text
  ) language plpgsql as $$
#variable_conflict use_column
declare
  created integer;
  known integer;
  altered boolean;
  superseded boolean;
begin
  perform set_config('openras.authority_id', p_authority, true), set_config('lock_timeout', p_lock_ms::text, true);
  -- Each step takes its rows from the one before, so that of several keys in the way it is always the same that speaks.
  with given as materialized (
    select g.*, g.envelope::jsonb as facts from unnest(p_intakes) as g
  ), claimed as (
    -- Always in the order of the keys, so that two transactions never wait for one another here.
    insert into openras.intake_request (authority_id, client_id, idempotency_key, fingerprint, event_id, status)
    select p_authority, client_id, idempotency_key, fingerprint, event_id, status
    from given order by client_id, idempotency_key
    on conflict do nothing
    returning event_id
  ), fresh as materialized (
    select g.*, (facts ->> 'at')::timestamptz as at,
           facts -> 'assessment' as assessed, facts #>> '{assessment,questionnaire,key}' as questionnaire_key,
           (facts #>> '{assessment,questionnaire,version}')::integer as questionnaire_version,
           (facts #>> '{assessment,assessedOn}')::date as assessed_on,
           facts -> 'allocation' as allocated, facts #>> '{allocation,table,key}' as table_key,
           (facts #>> '{allocation,table,version}')::integer as table_version
    from given g join claimed using (event_id)
  ), logged as (
    insert into openras.event (authority_id, event_id, kind, envelope)
    select p_authority, event_id, kind, envelope from fresh
    returning event_id, leaf_hash
  ), kept as (
    insert into openras.payload (
      authority_id, event_id, nonce, body, person_ref, assessment_ref, assessment_revision, assessment_place
    ) select
      p_authority, event_id, nonce, body, person_ref, assessment_ref, assessment_revision,
      case when assessed ->> 'corrects' is null then 0 else assessment_revision end
    from fresh join logged using (event_id)
    returning event_id
  ), recorded as (
    insert into openras.assessment (
      authority_id, assessment_id, event_id, user_group, assessed_on,
      questionnaire_key, questionnaire_version, corrects, recorded_at
    ) select
      p_authority, (assessed ->> 'id')::uuid, event_id, assessed ->> 'userGroup', assessed_on,
      questionnaire_key, questionnaire_version, (assessed ->> 'corrects')::uuid, at
    from fresh join kept using (event_id)
    returning event_id
  ), stored as (
    insert into openras.allocation (
      authority_id, allocation_id, assessment_id, event_id, user_group, assessed_on, outcome,
      points_gross, points_carer_reduction, points_add_ons, points_total,
      amount_annual, contingency_annual, available_annual, amount_weekly,
      questionnaire_key, questionnaire_version, table_key, table_version, engine_version, supersedes, created_at
    ) select
      p_authority, (allocated ->> 'id')::uuid, (assessed ->> 'id')::uuid, event_id,
      assessed ->> 'userGroup', assessed_on, allocated ->> 'outcome',
      (allocated #>> '{points,gross}')::numeric, (allocated #>> '{points,carerReduction}')::numeric,
      (allocated #>> '{points,addOns}')::numeric, (allocated #>> '{points,total}')::numeric,
      (allocated ->> 'amountAnnual')::numeric, (allocated ->> 'contingencyAnnual')::numeric,
      (allocated ->> 'availableAnnual')::numeric, (allocated ->> 'amountWeekly')::numeric,
      questionnaire_key, questionnaire_version, table_key, table_version, allocated ->> 'engineVersion',
      (allocated ->> 'supersedes')::uuid, at
    from fresh join recorded using (event_id)
    returning event_id
  )
  select count(*), coalesce(bool_or(l.leaf_hash <> f.leaf_hash), false),
    coalesce(bool_or(f.table_key is not null and (f.table_key, f.table_version) is distinct from (
      select (t.table_key, t.table_version) from openras.table_term t
      where t.authority_id = p_authority
        and t.questionnaire_key = f.questionnaire_key and t.effective_from <= f.assessed_on
      order by t.effective_from desc limit 1
    )), false)
  into created, altered, superseded
  from fresh f join logged l using (event_id) join stored using (event_id);
  if altered then
    raise exception 'the stored leaf hash differs from the one acknowledged' using errcode = 'data_corrupted';
  end if;
  if superseded then
    raise exception 'the table computed from is not in force any more' using errcode = 'OR001';
  end if;
  if created = cardinality(p_intakes) then
    return;
  end if;
  return query
    select g.event_id, i.fingerprint, i.status, i.event_id, e.envelope, p.nonce, p.body
    from unnest(p_intakes) as g
    join openras.intake_request i
      on i.authority_id = p_authority and i.client_id = g.client_id and i.idempotency_key = g.idempotency_key
    join openras.event e on e.authority_id = i.authority_id and e.event_id = i.event_id
    left join openras.payload p on p.authority_id = i.authority_id and p.event_id = i.event_id
    where i.event_id <> g.event_id;
  get diagnostics known = row_count;
  if created + known <> cardinality(p_intakes) then
    raise exception 'of % requests, % were stored and % were known', cardinality(p_intakes), created, known
      using errcode = 'data_corrupted';
  end if;
end
$$;

-- One stored allocation: its record, and by what it is superseded. `body` is null after erasure.
create function openras.read_allocation(p_authority text, p_allocation uuid)
  returns table (event_id uuid, leaf_hash bytea, body text, superseded_by uuid)
  language plpgsql as $$
begin
  perform set_config('openras.authority_id', p_authority, true);
  return query
    select a.event_id, e.leaf_hash, p.body, s.allocation_id
    from openras.allocation a
    join openras.event e on e.authority_id = a.authority_id and e.event_id = a.event_id
    left join openras.payload p on p.authority_id = a.authority_id and p.event_id = a.event_id
    left join openras.allocation s on s.authority_id = a.authority_id and s.supersedes = a.allocation_id
    where a.authority_id = p_authority and a.allocation_id = p_allocation;
end
$$;

-- A page of the feed after an index, with the head of the log as the same snapshot sees it.
-- A payload of a cohort or of a calibration run is large. The feed carries what the envelope says of it and never the
-- payload: a page of the feed must stay small, and '' tells what is there from what was erased.
create function openras.read_feed(p_authority text, p_after bigint, p_limit integer)
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
           case when p.body is not null and e.kind ~ '^(cohort|calibration-run)-' then '' else p.body end
    from top
    left join page on true
    left join openras.event e on e.authority_id = p_authority and e.event_id = page.event_id
    left join openras.payload p on p.authority_id = p_authority and p.event_id = page.event_id
    order by page.log_index;
end
$$;

-- What a client's key stored before, if anything: asked when a request is refused that may be the retry of one that
-- was not, made before the table in force changed.
create function openras.find_request(p_authority text, p_client text, p_key text)
  returns table (fingerprint bytea, status smallint, event_id uuid, envelope text, nonce bytea, body text)
  language plpgsql as $$
begin
  perform set_config('openras.authority_id', p_authority, true);
  return query
    select i.fingerprint, i.status, i.event_id, e.envelope, p.nonce, p.body
    from openras.intake_request i
    join openras.event e on e.authority_id = i.authority_id and e.event_id = i.event_id
    left join openras.payload p on p.authority_id = i.authority_id and p.event_id = i.event_id
    where i.authority_id = p_authority and i.client_id = p_client and i.idempotency_key = p_key;
end
$$;

grant execute on all functions in schema openras to openras_app;
revoke execute on function openras.refuse_change(), openras.refuse_unknown_authority(), openras.refuse_after_publication(),
  openras.refuse_other_term()
  from openras_app;
