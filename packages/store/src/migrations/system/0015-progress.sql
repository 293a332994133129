-- How far an attempt is, written with its heartbeat: {"state","phase","done","total"}. Whoever watches the job sees it, whatever process runs it.
ALTER TABLE longshore.attempt ADD COLUMN progress jsonb;
CREATE INDEX attempt_at_work ON longshore.attempt (organization) WHERE ended_at IS NULL;
