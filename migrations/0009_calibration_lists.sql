-- Lists of cohorts and runs, newest first: their ids begin with the time, so the primary keys are in that order
-- already. A page that is asked for by cohort, or by how runs ended, is found without a look at the others.
create index calibration_run_by_cohort on openras.calibration_run (authority_id, cohort_id, run_id);
create index calibration_run_step_by_end on openras.calibration_run_step (authority_id, state, run_id)
  where state in ('done', 'failed', 'cancelled');
