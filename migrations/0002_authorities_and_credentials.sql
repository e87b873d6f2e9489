-- Who may call: authorities, their clients (integrating systems), subjects (persons or systems) and API keys.
-- The application only reads these; the command line adds to them with the migrating role.
create table openras.authority (
  authority_id text not null,
  revision integer not null,
  title text not null,
  challenge_route text not null,
  recorded_at timestamptz not null,
  constraint authority_pkey primary key (authority_id, revision),
  constraint authority_id_form check (authority_id ~ '^[a-z][a-z0-9-]{1,62}$')
);
call openras.guard('openras.authority');

-- A row of an authority that nobody created belongs to nobody. A foreign key cannot say so, since an authority has a
-- row for each revision; and since none is ever removed, to look once is enough. Looked after the row is in, so that
-- another authority's row is refused by its policy, as everywhere.
create function openras.refuse_unknown_authority() returns trigger
  language plpgsql set search_path = openras, pg_catalog, pg_temp as $$
begin
  if not exists (select from authority a where a.authority_id = new.authority_id) then
    raise exception 'the authority of a new % was never created', tg_table_name
      using errcode = 'foreign_key_violation', constraint = tg_table_name || '_authority';
  end if;
  return null;
end
$$;

-- For what everything else of an authority rests on, by way of foreign keys: not for what comes in by the thousand.
create procedure openras.belongs_to_an_authority(tab regclass)
  language plpgsql as $$
begin
  execute format('create trigger refuse_unknown_authority after insert on %s for each row execute function openras.refuse_unknown_authority()', tab);
  execute format('alter table %s enable always trigger refuse_unknown_authority', tab);
end
$$;

create table openras.client (
  authority_id text not null,
  client_id text not null,
  title text not null,
  recorded_at timestamptz not null,
  constraint client_pkey primary key (authority_id, client_id)
);
call openras.guard('openras.client');
call openras.belongs_to_an_authority('openras.client');

create table openras.subject (
  authority_id text not null,
  subject_id text not null,
  kind text not null,
  recorded_at timestamptz not null,
  constraint subject_pkey primary key (authority_id, subject_id),
  constraint subject_kind check (kind in ('person', 'system'))
);
call openras.guard('openras.subject');
call openras.belongs_to_an_authority('openras.subject');

-- Only the SHA-256 of a 256-bit random secret is kept.
create table openras.api_key (
  authority_id text not null,
  key_id text not null,
  client_id text not null,
  subject_id text not null,
  scopes text[] not null,
  secret_hash bytea not null,
  expires_at timestamptz,
  recorded_at timestamptz not null,
  constraint api_key_pkey primary key (authority_id, key_id),
  constraint api_key_client foreign key (authority_id, client_id) references openras.client,
  constraint api_key_subject foreign key (authority_id, subject_id) references openras.subject
);
call openras.guard('openras.api_key');

create table openras.api_key_revocation (
  authority_id text not null,
  key_id text not null,
  reason text not null,
  recorded_at timestamptz not null,
  constraint api_key_revocation_pkey primary key (authority_id, key_id),
  constraint api_key_revocation_key foreign key (authority_id, key_id) references openras.api_key
);
call openras.guard('openras.api_key_revocation');

-- Subjects in whose name nobody acts any more, whatever credential says so. The subject of a token need not have been
-- created here, so this row stands on nothing but its authority.
create table openras.subject_revocation (
  authority_id text not null,
  subject_id text not null,
  reason text not null,
  recorded_at timestamptz not null,
  constraint subject_revocation_pkey primary key (authority_id, subject_id)
);
call openras.guard('openras.subject_revocation');
call openras.belongs_to_an_authority('openras.subject_revocation');
