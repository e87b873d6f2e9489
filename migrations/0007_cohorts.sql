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
