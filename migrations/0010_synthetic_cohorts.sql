-- A cohort whose rows are about nobody says so from its beginning, and how they were made; it is told wherever its
-- figures go.
alter table openras.cohort add column synthetic_note text;
