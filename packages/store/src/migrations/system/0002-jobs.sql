-- Jobs of every organization, and the attempts at them. The job's row is the fence: a transaction of an attempt takes it
-- FOR KEY SHARE and finds its own attempt number there, or it writes nothing; a successor raises the number under FOR UPDATE.
CREATE TABLE longshore.job (
  organization    integer NOT NULL REFERENCES longshore.organization (id),
  number          integer NOT NULL CHECK (number BETWEEN 1 AND 268435455), -- 28 bits of every record id it makes
  kind            text NOT NULL CHECK (kind IN ('import', 'undo')),
  state           text NOT NULL,
  object          text NOT NULL,
  operation       text NOT NULL,
  definition      jsonb NOT NULL,
  -- what the job was planned with, so that a resume, a replan and an undo read it the same way
  compiled        jsonb,
  source_name     text,
  source_file     text,
  layout          jsonb,
  metadata_version integer NOT NULL,
  dry_run         boolean NOT NULL DEFAULT false,
  attempt         integer NOT NULL DEFAULT 0,
  wanted          text CHECK (wanted IN ('pause', 'cancel')),
  -- how far the job is: {"staged":true,"planned":true,"applied":true,"cancelled":true}
  checkpoint      jsonb NOT NULL DEFAULT '{}',
  -- per object: the writes counter that the plan saw
  seen            jsonb NOT NULL DEFAULT '{}',
  rows            bigint,
  counts          jsonb,
  warnings        bigint NOT NULL DEFAULT 0,
  replanned       bigint NOT NULL DEFAULT 0,
  related         jsonb NOT NULL DEFAULT '{}',
  results         jsonb NOT NULL DEFAULT '[]',
  error           jsonb,
  undoes          integer,
  undone_by       integer,
  everything      boolean NOT NULL DEFAULT false,
  -- the one moment that this job writes as "now"
  effective_at    timestamptz NOT NULL,
  created_at      timestamptz NOT NULL DEFAULT now(),
  started_at      timestamptz,
  finished_at     timestamptz,
  worked_ms       bigint NOT NULL DEFAULT 0,
  -- milliseconds spent in each phase of the last run
  phases          jsonb NOT NULL DEFAULT '{}',
  PRIMARY KEY (organization, number)
);
ALTER TABLE longshore.job ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_jobs ON longshore.job USING ('longshore_org_' || organization = current_user);

CREATE TABLE longshore.attempt (
  organization  integer NOT NULL,
  job           integer NOT NULL,
  attempt       integer NOT NULL,
  host          text NOT NULL,
  pid           integer NOT NULL,
  started_at    timestamptz NOT NULL DEFAULT now(),
  heartbeat_at  timestamptz NOT NULL DEFAULT now(),
  ended_at      timestamptz,
  PRIMARY KEY (organization, job, attempt),
  FOREIGN KEY (organization, job) REFERENCES longshore.job (organization, number)
);
ALTER TABLE longshore.attempt ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_attempts ON longshore.attempt USING ('longshore_org_' || organization = current_user);
GRANT SELECT ON longshore.attempt TO PUBLIC; -- policed: whether the writer of an object is still there is asked as the organization's role
