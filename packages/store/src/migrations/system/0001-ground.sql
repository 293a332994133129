-- The system's own tables. A role of an organization may enter this schema; rows of other organizations are hidden from it by
-- row-level security. So a table is granted to PUBLIC only together with a policy, or it stays the system's alone.
CREATE SCHEMA longshore;

CREATE TABLE longshore.migration (
  number      integer PRIMARY KEY,
  name        text NOT NULL,
  applied_at  timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE longshore.organization (
  -- counted under the migrations' lock; a sequence would skip the number of an attempt that failed, and with it a role
  id                integer PRIMARY KEY,
  name              text NOT NULL UNIQUE,
  settings          jsonb NOT NULL,
  -- raised by each change of objects and fields; a job pins the one it was planned with
  metadata_version  integer NOT NULL DEFAULT 0,
  -- last migration of the organization series that its schema has
  schema_version    integer NOT NULL DEFAULT 0,
  created_at        timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE longshore.organization ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organization ON longshore.organization USING ('longshore_org_' || id = current_user);
GRANT SELECT ON longshore.organization TO PUBLIC;

-- One object with all its fields as core's ObjectType. Read and written as a whole: a row per field would be joined together
-- again at every use.
CREATE TABLE longshore.object (
  organization  integer NOT NULL REFERENCES longshore.organization (id),
  name          text NOT NULL,
  position      integer NOT NULL,
  -- json keeps the order of the keys, which people see in `longshore schema`
  definition    json NOT NULL,
  PRIMARY KEY (organization, name)
);
ALTER TABLE longshore.object ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_objects ON longshore.object USING ('longshore_org_' || organization = current_user);
GRANT SELECT ON longshore.object TO PUBLIC;

CREATE TABLE longshore.member (
  id            integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  organization  integer NOT NULL REFERENCES longshore.organization (id),
  email         text NOT NULL,
  name          text NOT NULL,
  created_at    timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX member_email ON longshore.member (organization, lower(email));
ALTER TABLE longshore.member ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_members ON longshore.member USING ('longshore_org_' || organization = current_user);
GRANT SELECT ON longshore.member TO PUBLIC;

-- What the file store holds and why. id is the store's; it bears the content's hash.
CREATE TABLE longshore.file (
  id            text PRIMARY KEY,
  organization  integer NOT NULL REFERENCES longshore.organization (id),
  -- source, result, export …
  purpose       text NOT NULL,
  -- as people know it: contacts.csv
  name          text NOT NULL,
  size_bytes    bigint NOT NULL,
  sha256        text NOT NULL,
  created_at    timestamptz NOT NULL DEFAULT now(),
  expires_at    timestamptz
);
CREATE INDEX file_expiry ON longshore.file (expires_at) WHERE expires_at IS NOT NULL;
ALTER TABLE longshore.file ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_files ON longshore.file USING ('longshore_org_' || organization = current_user);
GRANT SELECT ON longshore.file TO PUBLIC;
