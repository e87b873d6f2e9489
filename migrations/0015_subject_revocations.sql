-- Subjects in whose name nobody acts any more, whatever credential says so. The subject of a token need not have been
-- created here, so this row stands on nothing but its authority.
create table openras.subject_revocation (
  authority_id text not null,
  subject_id text not null,
  reason text not null,
  recorded_at timestamptz not null,
  constraint subject_revocation_pkey primary key (authority_id, subject_id)
);
call openras.guard('openras.subject_revocation', false);
call openras.belongs_to_an_authority('openras.subject_revocation');
