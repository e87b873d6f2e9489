-- Tables in the order of time: any day may begin a table, and of those that have begun the one that begins last is in
-- force, of equals the one published last. A table that has priced nothing may be withdrawn, by two persons.
alter table openras.table_term drop constraint table_term_effective_once;

-- Intakes share an authority's terms; who publishes or withdraws a table has them alone, until it commits. So no
-- allocation is committed that another table should have priced, and none by a table that is withdrawn.
create function openras.lock_terms(p_authority text, alone boolean) returns void
  language plpgsql as $$
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

-- A term is of a published table, and the next in the order of publication. Asked at the end of the transaction, in
-- which the term and the publication come in either order.
create or replace function openras.refuse_other_term() returns trigger
  language plpgsql set search_path = openras, pg_catalog, pg_temp as $$
begin
  perform lock_terms(new.authority_id, true);
  if new.ordinal < 1 or not exists (
    select from document_revision d
    where d.authority_id = new.authority_id and d.kind = 'calibration-table' and d.key = new.table_key
      and d.version = new.table_version and d.state = 'published'
  ) or new.ordinal > 1 and not exists (
    select from table_term t
    where t.authority_id = new.authority_id and t.questionnaire_key = new.questionnaire_key
      and t.ordinal = new.ordinal - 1
  ) then
    raise exception 'a term is refused: it must be of a published table, and the next in the order of publication'
      using errcode = 'insufficient_privilege';
  end if;
  return null;
end
$$;

-- The two steps of a withdrawal: one person asks, with a reason, and another approves.
create table openras.table_withdrawal (
  authority_id text not null,
  table_key text not null,
  table_version integer not null,
  step text not null,
  reason text,
  client_id text not null,
  subject_id text not null,
  event_id uuid not null,
  recorded_at timestamptz not null,
  constraint table_withdrawal_pkey primary key (authority_id, table_key, table_version, step),
  constraint table_withdrawal_step check (step in ('asked', 'approved')),
  constraint table_withdrawal_reason check ((step = 'asked') = (reason is not null)),
  constraint table_withdrawal_event foreign key (authority_id, event_id) references openras.event
);
call openras.guard('openras.table_withdrawal', true);

-- Asked of a published table that has priced nothing, whatever became of the allocations: corrected and erased ones
-- still stand as rows. Approved by somebody else.
create function openras.refuse_other_withdrawal() returns trigger
  language plpgsql set search_path = openras, pg_catalog, pg_temp as $$
begin
  perform lock_terms(new.authority_id, true);
  if not exists (
    select from table_term t
    where t.authority_id = new.authority_id and t.table_key = new.table_key and t.table_version = new.table_version
  ) or new.step = 'approved' and not exists (
    select from table_withdrawal w
    where w.authority_id = new.authority_id and w.table_key = new.table_key and w.table_version = new.table_version
      and w.step = 'asked' and w.subject_id <> new.subject_id
  ) then
    raise exception 'a withdrawal is refused: it must be of a published table, and approved by another than asked'
      using errcode = 'insufficient_privilege';
  end if;
  if exists (
    select from allocation a
    where a.authority_id = new.authority_id and a.table_key = new.table_key and a.table_version = new.table_version
  ) then
    raise exception 'the table has priced an allocation' using errcode = 'OR006';
  end if;
  return null;
end
$$;
create trigger refuse_other_withdrawal after insert on openras.table_withdrawal
  for each row execute function openras.refuse_other_withdrawal();
alter table openras.table_withdrawal enable always trigger refuse_other_withdrawal;

-- The table in force on a date, as src/domain/table/in-force.ts finds it; no row where a hard stop has come.
create function openras.table_in_force(p_authority text, p_questionnaire text, p_on date)
  returns table (table_key text, table_version integer) language sql stable as $$
  select latest.table_key, latest.table_version
  from (
    select t.table_key, t.table_version, t.effective_before
    from openras.table_term t
    where t.authority_id = p_authority and t.questionnaire_key = p_questionnaire and t.effective_from <= p_on
      and not exists (
        select from openras.table_withdrawal w
        where w.authority_id = t.authority_id and w.table_key = t.table_key and w.table_version = t.table_version
          and w.step = 'approved'
      )
    order by t.effective_from desc, t.ordinal desc
    limit 1
  ) latest
  where latest.effective_before is null or latest.effective_before > p_on
$$;

-- Stores assessments with their allocations, all or none, and gives back what the keys that were taken had stored
-- before: one row for each, beside the event that the request would have been. Raises OR001 when the table an
-- allocation was computed from is not the one in force any more: the caller loads it and computes again. Until it
-- commits, nothing is published and nothing withdrawn. `p_lock_ms` is how long it waits for any lock.
create or replace function openras.append_intakes(p_authority text, p_lock_ms integer, p_intakes openras.intake[])
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
  -- Before the statement that looks at the terms, so that it sees all that was committed under the lock.
  perform openras.lock_terms(p_authority, false);
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
      select (t.table_key, t.table_version)
      from openras.table_in_force(p_authority, f.questionnaire_key, f.assessed_on) t
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

grant execute on function openras.lock_terms(text, boolean), openras.table_in_force(text, text, date) to openras_app;
