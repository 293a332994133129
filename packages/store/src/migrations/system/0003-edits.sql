-- What a person changes by hand in one go, such as merging two records, is a job, too: it has a number and can be undone.
ALTER TABLE longshore.job DROP CONSTRAINT job_kind_check;
ALTER TABLE longshore.job ADD CONSTRAINT job_kind_check CHECK (kind IN ('import', 'undo', 'edit'));
