-- The log, audit and feed in one: every write appends an event, whose envelope is the exact bytes hashed and from which
-- every column of its row is computed. Personal content stands only in the payload, to which the envelope commits by
-- salted hashes, so that it can be erased under a retention policy without breaking the log.

-- convert_to is not immutable, as a generated column demands, because it depends on the database's encoding;
-- this database is UTF-8.
create function openras.utf8(content text) returns bytea
  language sql immutable strict parallel safe
  return convert_to(content, 'UTF8');
grant execute on function openras.utf8(text) to openras_app, openras_writer, openras_sequencer;

-- What an event of each kind is: which kinds it may answer and as what, which parts its payload has, whether it comes
-- with a request's key (null: with or without), and who writes the rows that it stands for.
create table openras.event_kind (
  kind text not null,
  about text[] not null default '{}',
  place text,
  parts text[] not null default '{}',
  keyed boolean,
  rows_of text,
  constraint event_kind_pkey primary key (kind),
  constraint event_kind_answers check ((about = '{}') = (place is null))
);
alter table openras.event_kind enable row level security;
alter table openras.event_kind force row level security;
create policy known_to_all on openras.event_kind using (true);
grant select on openras.event_kind to openras_app, openras_read, openras_writer;

-- What many events share: one row for thousands of them, by which lists and counts find theirs.
create table openras.facet (
  authority_id text not null,
  facet_id bytea not null,
  kind text not null,
  user_group text,
  outcome text,
  questionnaire_key text,
  questionnaire_version integer,
  table_key text,
  table_version integer,
  engine text,
  constraint facet_pkey primary key (authority_id, facet_id),
  constraint facet_kind foreign key (kind) references openras.event_kind,
  constraint facet_table check (user_group is null or (outcome = 'not-eligible') = (table_key is null))
);
call openras.guard('openras.facet');

-- `about` is the event that this one answers, and `place` as what: each place is taken once, and that is the lock.
-- `claim` stands for the key of the request that it is the answer to. `amount` and `held` are what is allocated a year
-- and what is kept back of it.
create table openras.event (
  authority_id text not null,
  event_id uuid not null,
  facet_id bytea not null,
  xid xid8 not null default pg_current_xact_id(),
  on_date date,
  claim uuid,
  about uuid,
  place text collate "C",
  points numeric,
  amount numeric,
  held numeric,
  envelope text not null,
  leaf_hash bytea not null generated always as (sha256('\x00'::bytea || openras.utf8(envelope))) stored,
  constraint event_pkey primary key (authority_id, event_id),
  constraint event_facet foreign key (authority_id, facet_id) references openras.facet,
  constraint event_about foreign key (authority_id, about) references openras.event,
  constraint event_answer check ((about is null) = (place is null)),
  constraint event_money check ((amount is null) = (held is null) and held >= 0 and held <= amount)
);
create index event_xid on openras.event (xid);
create index event_by_facet on openras.event (authority_id, facet_id, event_id);
create index event_by_date on openras.event (authority_id, on_date, event_id) where on_date is not null;
create unique index event_place on openras.event (authority_id, about, place) where about is not null;
create index event_ended on openras.event (authority_id, facet_id, about) where place = 'end';
create unique index event_claim on openras.event (authority_id, claim) where claim is not null;
call openras.guard('openras.event');

-- Who an event is about, and what is said of them: erasable. A row stands also without any part where there is a key, to
-- tell a retry from another request. `source_place` is 0 for what is recorded first, whatever its revision, and the
-- revision for a correction: so one key lets a reference begin once, and each of its later revisions come once.
create table openras.payload (
  authority_id text not null,
  event_id uuid not null,
  nonce bytea not null,
  fingerprint bytea,
  person_ref text,
  source_ref text,
  source_place integer,
  refs text,
  body text,
  constraint payload_pkey primary key (authority_id, event_id),
  constraint payload_nonce_size check (octet_length(nonce) = 32)
) with (toast_tuple_target = 4080);
create unique index payload_source on openras.payload (authority_id, source_ref, source_place) where source_ref is not null;
create index payload_person on openras.payload (authority_id, person_ref, event_id) where person_ref is not null;
call openras.guard('openras.payload');

create table openras.log_entry (
  authority_id text not null,
  log_index bigint not null,
  event_id uuid not null,
  leaf_hash bytea not null,
  chain bytea not null,
  constraint log_entry_pkey primary key (authority_id, log_index),
  constraint log_entry_event_once unique (authority_id, event_id)
);
call openras.guard('openras.log_entry');

-- The tree over the leaves, as far as it is kept: the roots of full subtrees of 256^level leaves. All else is computed
-- from these and the leaves.
create table openras.log_node (
  authority_id text not null,
  level integer not null,
  node bigint not null,
  hash bytea not null,
  constraint log_node_pkey primary key (authority_id, level, node),
  constraint log_node_above_leaves check (level >= 1 and node >= 0)
);
call openras.guard('openras.log_node');

-- Where the log of an authority ends: its size and root, the roots of the full subtrees at its right edge, and the last
-- checkpoint that was signed. All of it can be made again from the entries; a checkpoint that somebody holds is the only
-- thing that an operator cannot change.
create table openras.log_head (
  authority_id text not null,
  size bigint not null,
  root bytea not null,
  frontier bytea[] not null,
  note_size bigint not null default 0,
  note text,
  constraint log_head_pkey primary key (authority_id)
);
call openras.of_an_authority('openras.log_head');

-- Checkpoints that are kept: the first of each hour.
create table openras.checkpoint (
  authority_id text not null,
  size bigint not null,
  at timestamptz not null,
  note text not null,
  constraint checkpoint_pkey primary key (authority_id, size, at)
);
create index checkpoint_newest on openras.checkpoint (authority_id, at);
call openras.guard('openras.checkpoint');

grant select on openras.facet, openras.event, openras.payload, openras.authority to openras_writer;
grant insert on openras.facet, openras.event, openras.payload to openras_writer;

-- The sequencer sees every authority's events and entries, and never a payload.
grant select on openras.event to openras_sequencer;
grant select, insert on openras.log_entry to openras_sequencer;
create policy sequencer on openras.event for select to openras_sequencer using (true);
create policy sequencer on openras.log_entry to openras_sequencer using (true) with check (true);
grant select, insert on openras.log_node, openras.checkpoint to openras_sequencer;
create policy sequencer on openras.log_node to openras_sequencer using (true) with check (true);
create policy sequencer on openras.checkpoint to openras_sequencer using (true) with check (true);
grant select, insert, update on openras.log_head to openras_sequencer;
create policy sequencer on openras.log_head to openras_sequencer using (true) with check (true);
-- How far the sequencer has come: every transaction below `low` is finished and its events are in the log.
-- Infrastructure, not part of the log: one row, worth nothing after a dump and restore, when xids start again.
create table openras.sequencer_progress (
  only_row boolean not null default true,
  system_identifier bigint not null,
  low xid8 not null,
  constraint sequencer_progress_pkey primary key (only_row),
  constraint sequencer_progress_single check (only_row)
);
alter table openras.sequencer_progress enable row level security;
alter table openras.sequencer_progress force row level security;
grant select, insert, update on openras.sequencer_progress to openras_sequencer;
create policy sequencer on openras.sequencer_progress to openras_sequencer using (true) with check (true);

grant create on schema openras to openras_sequencer;
set local role openras_sequencer;

-- The next link of the chain that every entry of a log stands in: `start` is the link before the first of this call.
create function openras.next_in_chain(link bytea, start bytea, leaf bytea) returns bytea
  language sql immutable parallel safe
  return sha256('\x02'::bytea || coalesce(link, start) || leaf);
create aggregate openras.chain(start bytea, leaf bytea) (sfunc = openras.next_in_chain, stype = bytea);

-- Takes the entries that the tree does not have yet into it: the nodes that they complete, the new edge and its root.
create function openras.grow_log(p_authority text) returns void
  language plpgsql set search_path = openras, pg_catalog, pg_temp as $$
declare
  head log_head;
  entry record;
  hash bytea;
  count bigint;
  width bigint;
  kept bigint;
  up integer;
begin
  select * into head from log_head h where h.authority_id = p_authority;
  if head.authority_id is null then
    head := row(p_authority, 0, sha256(''), '{}', 0, null)::log_head;
  end if;
  for entry in
    select l.leaf_hash from log_entry l
    where l.authority_id = p_authority and l.log_index >= head.size order by l.log_index
  loop
    count := head.size + 1;
    hash := entry.leaf_hash;
    width := 2;
    kept := 256;
    up := 1;
    while count % width = 0 loop
      hash := sha256('\x01'::bytea || head.frontier[array_length(head.frontier, 1)] || hash);
      head.frontier := trim_array(head.frontier, 1);
      if width = kept then
        insert into log_node (authority_id, level, node, hash) values (p_authority, up, count / width - 1, hash);
        up := up + 1;
        kept := kept * 256;
      end if;
      width := width * 2;
    end loop;
    head.frontier := head.frontier || hash;
    head.size := count;
  end loop;
  for at in reverse coalesce(array_length(head.frontier, 1), 0) .. 1 loop
    hash := head.frontier[at];
    head.root := case at when array_length(head.frontier, 1) then hash else sha256('\x01'::bytea || hash || head.root) end;
  end loop;
  insert into log_head (authority_id, size, root, frontier) values (p_authority, head.size, head.root, head.frontier)
  on conflict (authority_id) do update set size = excluded.size, root = excluded.root, frontier = excluded.frontier;
end
$$;

-- One tick: gives the next indices to committed events, in the order of their transactions. Any replica may call
-- it; the advisory lock only saves work, the primary key is the safety. Returns how many events it entered.
create function openras.sequence_events(most integer) returns integer
  -- pg_temp is named, and last: a caller's temporary table must not be taken for one of these.
  -- Planned anew each tick: a plan kept from when the log was short takes the square of its length when it is long.
  language plpgsql security definer set search_path = openras, pg_catalog, pg_temp
  set plan_cache_mode = force_custom_plan as $$
declare
  cluster bigint := (select system_identifier from pg_control_system());
  since xid8;
  finished xid8;
  entered integer;
  reached xid8;
  grown text[];
begin
  if not pg_try_advisory_xact_lock(hashtext('openras.sequence_events')) then
    return 0;
  end if;
  -- A `low` from the future was restored from elsewhere too, even where the identifier is the same.
  select low into since from sequencer_progress
  where system_identifier = cluster and low <= pg_snapshot_xmin(pg_current_snapshot());
  since := coalesce(since, '0'::xid8);
  -- Taken before the events are read: whatever is below it has ended, and its events are visible to the read.
  finished := pg_snapshot_xmin(pg_current_snapshot());
  -- Each authority's head is read once, before entries are added; read beside them, it would be read for every row.
  with waiting as (
    select e.authority_id, e.event_id, e.leaf_hash, e.xid
    from event e
    where e.xid >= since
      and not exists (select from log_entry l where l.authority_id = e.authority_id and l.event_id = e.event_id)
    order by e.xid, e.event_id
    limit most
  ), head as materialized (
    select w.authority_id, coalesce(l.log_index, -1) as last, coalesce(l.chain, decode(repeat('00', 32), 'hex')) as chain
    from (select distinct authority_id from waiting) w
    left join lateral (
      select log_index, chain from log_entry l where l.authority_id = w.authority_id order by l.log_index desc limit 1
    ) l on true
  ), entries as (
    insert into log_entry (authority_id, log_index, event_id, leaf_hash, chain)
    select w.authority_id,
           h.last + row_number() over in_order, w.event_id, w.leaf_hash, chain(h.chain, w.leaf_hash) over in_order
    from waiting w join head h using (authority_id)
    window in_order as (partition by w.authority_id order by w.xid, w.event_id)
    returning authority_id
  )
  select (select count(*) from entries), (select max(xid) from waiting),
    (select array_agg(distinct authority_id) from entries)
  into entered, reached, grown;
  perform grow_log(one) from unnest(grown) as one;
  -- A full batch, even one of none, may have left events of finished transactions behind: go on from the last entered.
  if entered = most then
    finished := least(finished, coalesce(reached, since));
  end if;
  if finished > since then
    insert into sequencer_progress (system_identifier, low) values (cluster, finished)
    on conflict (only_row) do update set system_identifier = excluded.system_identifier, low = excluded.low;
  end if;
  return entered;
end
$$;
grant execute on function openras.sequence_events(integer) to openras_app;

-- The logs whose last checkpoint is of a smaller size than they are.
create function openras.unsigned_logs(most integer)
  returns table (authority_id text, size bigint, root bytea, note text)
  language sql stable security definer set search_path = openras, pg_catalog, pg_temp as $$
  select h.authority_id, h.size, h.root, h.note from log_head h where h.size > h.note_size order by h.authority_id limit most
$$;

-- Keeps a checkpoint that was signed, where it is later than the last one. What it is worth is for its readers to check.
create function openras.keep_note(p_authority text, p_size bigint, p_note text) returns boolean
  language plpgsql security definer set search_path = openras, pg_catalog, pg_temp as $$
begin
  update log_head h set note = p_note, note_size = p_size
  where h.authority_id = p_authority and h.size >= p_size and h.note_size < p_size;
  if not found then
    return false;
  end if;
  insert into checkpoint (authority_id, size, at, note)
  select p_authority, p_size, now(), p_note
  where not exists (
    select from checkpoint c where c.authority_id = p_authority and c.at > now() - interval '1 hour'
  );
  return true;
end
$$;
grant execute on function openras.unsigned_logs(integer), openras.keep_note(text, bigint, text) to openras_app;

set local role openras_owner;
revoke create on schema openras from openras_sequencer;
