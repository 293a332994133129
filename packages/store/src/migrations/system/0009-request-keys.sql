-- A start that is asked for twice under one key makes one job. The hash tells a repetition from another request under the same key.
ALTER TABLE longshore.job ADD COLUMN request_key text;
ALTER TABLE longshore.job ADD COLUMN request_hash text;
CREATE UNIQUE INDEX job_request ON longshore.job (organization, coalesce(started_by, 0), request_key) WHERE request_key IS NOT NULL;
