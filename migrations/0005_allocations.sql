-- What can be counted and listed of assessments and allocations. Every column comes from the event's envelope, so
-- nothing here is outside the hashed bytes; who it is about stands only in the payload.
create table openras.assessment (
  authority_id text not null,
  assessment_id uuid not null,
  event_id uuid not null,
  user_group text not null,
  assessed_on date not null,
  questionnaire_key text not null,
  questionnaire_version integer not null,
  corrects uuid,
  recorded_at timestamptz not null,
  constraint assessment_pkey primary key (authority_id, assessment_id),
  constraint assessment_event foreign key (authority_id, event_id) references openras.event,
  constraint assessment_corrects foreign key (authority_id, corrects) references openras.assessment
);
-- Few rows correct another; those that do not are kept out of the index.
create unique index assessment_corrected_once on openras.assessment (authority_id, corrects) where corrects is not null;
call openras.guard('openras.assessment', true);

create table openras.allocation (
  authority_id text not null,
  allocation_id uuid not null,
  assessment_id uuid not null,
  event_id uuid not null,
  user_group text not null,
  assessed_on date not null,
  outcome text not null,
  points_gross numeric not null,
  points_carer_reduction numeric not null,
  points_add_ons numeric not null,
  points_total numeric not null,
  amount_annual numeric,
  contingency_annual numeric,
  available_annual numeric,
  amount_weekly numeric,
  questionnaire_key text not null,
  questionnaire_version integer not null,
  table_key text,
  table_version integer,
  engine_version text not null,
  supersedes uuid,
  created_at timestamptz not null,
  constraint allocation_pkey primary key (authority_id, allocation_id),
  constraint allocation_assessment foreign key (authority_id, assessment_id) references openras.assessment,
  constraint allocation_outcome check (outcome in ('indicative', 'refer-individual-costing', 'not-eligible')),
  constraint allocation_money_whole check (
    (outcome = 'not-eligible') = (amount_annual is null)
    and (amount_annual is null) = (contingency_annual is null)
    and (amount_annual is null) = (table_key is null)
    and available_annual + contingency_annual is not distinct from amount_annual
  )
);
create index allocation_newest on openras.allocation (authority_id, created_at desc, allocation_id desc);
create unique index allocation_superseded_once on openras.allocation (authority_id, supersedes) where supersedes is not null;
-- An assessment and its allocation share their event, so this one index leads to both.
create index allocation_by_event on openras.allocation (authority_id, event_id);
call openras.guard('openras.allocation', true);
