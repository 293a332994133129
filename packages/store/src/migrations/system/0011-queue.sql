-- Imports that wait for a place among those that write, or for a time. start_at: not before; queued_at: since when it waits, which is its place in the queue.
ALTER TABLE longshore.job ADD COLUMN start_at timestamptz, ADD COLUMN queued_at timestamptz;
CREATE INDEX job_queued ON longshore.job (organization, queued_at, number) WHERE state = 'queued' AND kind = 'import';
-- What a worker looks for each second, in all organizations at once.
CREATE INDEX job_open ON longshore.job (created_at) WHERE state IN ('draft', 'checking', 'planned', 'queued', 'running');
