-- Roles and tenancy come first: whoever owns the tables must never be whoever serves requests, and whoever serves
-- requests must never be whoever writes. Group roles are cluster-wide and may exist already, when several databases
-- share one cluster.
do $$
declare
  name text;
begin
  foreach name in array array[
    'openras_owner', 'openras_app', 'openras_read', 'openras_writer', 'openras_sequencer', 'openras_retention'
  ] loop
    begin
      execute format('create role %I nologin', name);
    exception when duplicate_object or unique_violation then
      null;
    end;
  end loop;
  -- The migrating role acts as the owner and, to hand over single functions, as the writer and the sequencer; it
  -- inherits none of them.
  execute format(
    'grant openras_owner, openras_writer, openras_sequencer to %I with inherit false, set true', current_user
  );
  -- A temporary table could stand in front of one of these for whoever names no schema.
  begin
    execute format('revoke temporary on database %I from public', current_database());
  exception when insufficient_privilege then
    raise warning 'temporary tables stay allowed: only the owner of the database can forbid them';
  end;
end
$$;

create schema openras authorization openras_owner;

-- PUBLIC may execute nothing, whoever makes a function. The default is global to each owner: one of a schema can only
-- add to it.
set local role openras_writer;
alter default privileges revoke execute on functions from public;
set local role openras_sequencer;
alter default privileges revoke execute on functions from public;
set local role openras_owner;
alter default privileges revoke execute on functions from public;

grant usage on schema openras to openras_app, openras_read, openras_writer, openras_sequencer, openras_retention;

-- The tenant of the running transaction; null when none is set, and then every policy refuses every row.
-- After SET LOCAL ends, the setting reads '' and not null.
create function openras.authority() returns text
  language sql stable parallel safe
  return nullif(current_setting('openras.authority_id', true), '');
grant execute on function openras.authority()
  to openras_app, openras_read, openras_writer, openras_sequencer, openras_retention;

create function openras.refuse_change() returns trigger
  language plpgsql as $$
begin
  raise exception '% of % is refused: rows are only ever added', tg_op, tg_table_name using errcode = 'insufficient_privilege';
end
$$;

-- Makes one table a tenant's: row-level security for everyone, its owner included, and no privilege but reading for the
-- application.
create procedure openras.of_an_authority(tab regclass)
  language plpgsql as $$
begin
  execute format('alter table %s enable row level security', tab);
  execute format('alter table %s force row level security', tab);
  execute format('create policy tenant on %s using (authority_id = openras.authority()) with check (authority_id = openras.authority())', tab);
  execute format('grant select on %s to openras_app, openras_read', tab);
end
$$;

-- And append-only: triggers that refuse change for everyone.
create procedure openras.guard(tab regclass)
  language plpgsql as $$
begin
  call openras.of_an_authority(tab);
  execute format('create trigger refuse_change before update or delete on %s for each row execute function openras.refuse_change()', tab);
  execute format('create trigger refuse_truncate before truncate on %s for each statement execute function openras.refuse_change()', tab);
  execute format('alter table %s enable always trigger refuse_change', tab);
  execute format('alter table %s enable always trigger refuse_truncate', tab);
end
$$;

reset role;
