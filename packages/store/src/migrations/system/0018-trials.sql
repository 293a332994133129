-- An import of the first rows of another one, whose plan is made and not carried out.
ALTER TABLE longshore.job ADD COLUMN trial_of integer;
CREATE INDEX job_trials ON longshore.job (organization, trial_of) WHERE trial_of IS NOT NULL;
