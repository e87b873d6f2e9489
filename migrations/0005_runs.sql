-- Calibration runs at work. What was asked for and how it ended are events; which runs have not ended is a queue, which
-- can be made again from those; and how far one has come is a row a step, which says until when its runner has it.
create table openras.run_queue (
  authority_id text not null,
  run_id uuid not null,
  constraint run_queue_pkey primary key (authority_id, run_id),
  constraint run_queue_run foreign key (authority_id, run_id) references openras.event
);
call openras.of_an_authority('openras.run_queue');
grant select, insert, delete on openras.run_queue to openras_writer;

create table openras.run_step (
  authority_id text not null,
  run_id uuid not null,
  sequence integer not null,
  attempt integer not null,
  stage text not null,
  done integer not null,
  total integer not null,
  runner uuid not null,
  at timestamptz not null,
  lease_before timestamptz not null,
  constraint run_step_pkey primary key (authority_id, run_id, sequence),
  constraint run_step_run foreign key (authority_id, run_id) references openras.event
);
call openras.guard('openras.run_step');
grant select, insert on openras.run_step to openras_writer;

-- Which runs wait for somebody, of all authorities: only their ids, for a runner that then acts for each authority
-- under row-level security like any other statement. The sequencer's role reads neither requests nor results.
grant select on openras.run_queue to openras_sequencer;
grant select (authority_id, run_id, sequence, lease_before) on openras.run_step to openras_sequencer;
create policy sequencer on openras.run_queue for select to openras_sequencer using (true);
create policy sequencer on openras.run_step for select to openras_sequencer using (true);

grant create on schema openras to openras_sequencer;
set local role openras_sequencer;

create function openras.waiting_runs(most integer) returns table (authority_id text, run_id uuid)
  language sql stable security definer set search_path = openras, pg_catalog, pg_temp as $$
  select q.authority_id, q.run_id
  from run_queue q
  left join lateral (
    select s.lease_before from run_step s
    where s.authority_id = q.authority_id and s.run_id = q.run_id
    order by s.sequence desc limit 1
  ) latest on true
  where latest.lease_before is null or latest.lease_before <= now()
  order by q.run_id
  limit most
$$;
grant execute on function openras.waiting_runs(integer) to openras_app;

set local role openras_owner;
revoke create on schema openras from openras_sequencer;
grant create on schema openras to openras_writer;
set local role openras_writer;

-- Adds the next step of a run where the runner may: nobody has the run, or this runner has, or whoever had it has gone
-- silent. False: it is somebody else's, or has ended. A lease of 0 milliseconds gives the run back.
create function openras.take_run_step(
  p_authority text, p_run uuid, p_runner uuid, p_lease_ms integer, p_attempt integer,
  p_stage text, p_done integer, p_total integer
) returns boolean
  language plpgsql security definer set search_path = openras, pg_catalog, pg_temp as $$
declare
  latest record;
begin
  perform set_config('openras.authority_id', p_authority, true);
  select s.sequence, s.runner, s.lease_before <= clock_timestamp() as over into latest
  from run_step s where s.authority_id = p_authority and s.run_id = p_run
  order by s.sequence desc limit 1;
  if latest.sequence is not null and latest.runner <> p_runner and not latest.over then
    return false;
  end if;
  insert into run_step (authority_id, run_id, sequence, attempt, stage, done, total, runner, at, lease_before)
  select q.authority_id, q.run_id, coalesce(latest.sequence, 0) + 1, p_attempt, p_stage, p_done, p_total, p_runner,
    clock_timestamp(), clock_timestamp() + p_lease_ms * interval '1 millisecond'
  from run_queue q where q.authority_id = p_authority and q.run_id = p_run
  on conflict do nothing;
  return found;
end
$$;
grant execute on function openras.take_run_step(text, uuid, uuid, integer, integer, text, integer, integer) to openras_app;

set local role openras_owner;
revoke create on schema openras from openras_writer;
