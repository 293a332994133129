-- Raised by whatever changes a job, so that those who watch jobs can ask what changed since they last looked, also after a restart. A change that
-- commits late can have a lower version than one that was seen: who resumes asks for a few versions more (job-changes.ts).
CREATE SEQUENCE longshore.job_version;
ALTER TABLE longshore.job ADD COLUMN version bigint NOT NULL DEFAULT nextval('longshore.job_version');
CREATE INDEX job_by_version ON longshore.job (organization, version);
CREATE FUNCTION longshore.next_job_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.version = nextval('longshore.job_version');
  RETURN NEW;
END $$;
CREATE TRIGGER next_version BEFORE UPDATE ON longshore.job FOR EACH ROW EXECUTE FUNCTION longshore.next_job_version();
