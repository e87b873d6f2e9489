-- Calibration runs: long work that survives a restart. What was asked for is one row; how far it has come is a row a
-- step. The sequence is the lease's lock: whoever adds the next step has the run, and whoever fails to has lost it.
create table openras.calibration_run (
  authority_id text not null,
  run_id uuid not null,
  event_id uuid not null,
  cohort_id uuid not null,
  request text not null,
  engine_version text not null,
  client_id text not null,
  subject_id text not null,
  recorded_at timestamptz not null,
  constraint calibration_run_pkey primary key (authority_id, run_id),
  constraint calibration_run_event foreign key (authority_id, event_id) references openras.event,
  constraint calibration_run_cohort foreign key (authority_id, cohort_id) references openras.cohort
);
call openras.guard('openras.calibration_run', true);

create table openras.calibration_run_step (
  authority_id text not null,
  run_id uuid not null,
  sequence integer not null,
  state text not null,
  attempt integer not null,
  stage text,
  done integer,
  total integer,
  runner uuid,
  lease_before timestamptz,
  problem text,
  ended_by uuid,
  recorded_at timestamptz not null default now(),
  constraint calibration_run_step_pkey primary key (authority_id, run_id, sequence),
  constraint calibration_run_step_run foreign key (authority_id, run_id) references openras.calibration_run
    deferrable initially deferred,
  constraint calibration_run_step_event foreign key (authority_id, ended_by) references openras.event,
  constraint calibration_run_step_state check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
  constraint calibration_run_step_lease check ((state = 'running') = (lease_before is not null and runner is not null)),
  constraint calibration_run_step_end check ((state in ('done', 'failed', 'cancelled')) = (ended_by is not null)),
  constraint calibration_run_step_problem check ((state = 'failed') = (problem is not null))
);
create unique index calibration_run_step_ended_once on openras.calibration_run_step (authority_id, run_id)
  where state in ('done', 'failed', 'cancelled');
call openras.guard('openras.calibration_run_step', true);

-- Which runs wait for somebody, of all authorities: only their ids, for a runner that then acts for each authority
-- under row-level security like any other statement. The sequencer's role reads neither requests nor results.
grant select (authority_id, run_id, recorded_at) on openras.calibration_run to openras_sequencer;
grant select (authority_id, run_id, sequence, state, lease_before) on openras.calibration_run_step to openras_sequencer;
create policy sequencer on openras.calibration_run for select to openras_sequencer using (true);
create policy sequencer on openras.calibration_run_step for select to openras_sequencer using (true);

grant create on schema openras to openras_sequencer;
set local role openras_sequencer;

create function openras.waiting_runs(most integer) returns table (authority_id text, run_id uuid)
  language sql stable security definer set search_path = openras, pg_catalog, pg_temp as $$
  select r.authority_id, r.run_id
  from calibration_run r
  cross join lateral (
    select s.state, s.lease_before from calibration_run_step s
    where s.authority_id = r.authority_id and s.run_id = r.run_id
    order by s.sequence desc limit 1
  ) latest
  where not exists (
      select from calibration_run_step e
      where e.authority_id = r.authority_id and e.run_id = r.run_id and e.state in ('done', 'failed', 'cancelled')
    )
    and (latest.state = 'queued' or latest.lease_before <= now())
  order by r.recorded_at, r.run_id
  limit most
$$;
grant execute on function openras.waiting_runs(integer) to openras_app;

set local role openras_owner;
revoke create on schema openras from openras_sequencer;
