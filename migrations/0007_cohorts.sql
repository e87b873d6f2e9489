-- Cohorts: real cases to calibrate on, sent in parts and then sealed. Who they are about stands only in the payloads
-- of their parts; here is what may stay for ever: which files, how many rows, how many of them not used.
create table openras.cohort (
  authority_id text not null,
  cohort_id uuid not null,
  event_id uuid not null,
  title text not null,
  questionnaire_key text not null,
  questionnaire_version integer not null,
  weeks_per_year text not null,
  client_id text not null,
  subject_id text not null,
  recorded_at timestamptz not null,
  constraint cohort_pkey primary key (authority_id, cohort_id),
  constraint cohort_event foreign key (authority_id, event_id) references openras.event
);
call openras.guard('openras.cohort', true);
call openras.belongs_to_an_authority('openras.cohort');

-- The life of a cohort, step by step: parts, then a seal, the last. The ordinal is a lock: of two writers at once one
-- conflicts and looks again, so that nothing is added behind a seal and no reference comes in twice.
create table openras.cohort_step (
  authority_id text not null,
  cohort_id uuid not null,
  ordinal integer not null,
  kind text not null,
  event_id uuid not null,
  sha256 text,
  accepted integer,
  rejected integer,
  cohort_hash text,
  recorded_at timestamptz not null,
  constraint cohort_step_pkey primary key (authority_id, cohort_id, ordinal),
  constraint cohort_step_cohort foreign key (authority_id, cohort_id) references openras.cohort,
  constraint cohort_step_event foreign key (authority_id, event_id) references openras.event,
  constraint cohort_step_kind check (kind in ('part', 'seal')),
  constraint cohort_step_shape check (
    (kind = 'part') = (sha256 is not null and accepted is not null and rejected is not null)
    and (kind = 'seal') = (cohort_hash is not null)
  )
);
create unique index cohort_step_sealed_once on openras.cohort_step (authority_id, cohort_id) where kind = 'seal';
call openras.guard('openras.cohort_step', true);

-- A payload of a cohort is its head and then a line for each case. The feed carries what the envelope says of it and
-- never the lines: a page of the feed must stay small, and '' tells what is there from what was erased.
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
           case when p.body is not null and e.kind ~ '^(cohort|calibration-run)-' then '' else p.body end
    from top
    left join page on true
    left join openras.event e on e.authority_id = p_authority and e.event_id = page.event_id
    left join openras.payload p on p.authority_id = p_authority and p.event_id = page.event_id
    order by page.log_index;
end
$$;
