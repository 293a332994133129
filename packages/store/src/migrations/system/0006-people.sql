-- People who sign in, what they may do, and what was done.

-- better-auth's tables, by its own names: accounts, how they sign in, and where they are signed in.
CREATE SCHEMA auth;
CREATE TABLE auth."user" (
  id              text PRIMARY KEY,
  name            text NOT NULL,
  email           text NOT NULL UNIQUE,
  "emailVerified" boolean NOT NULL,
  image           text,
  "createdAt"     timestamptz NOT NULL,
  "updatedAt"     timestamptz NOT NULL
);
CREATE TABLE auth.session (
  id          text PRIMARY KEY,
  "expiresAt" timestamptz NOT NULL,
  token       text NOT NULL UNIQUE,
  "createdAt" timestamptz NOT NULL,
  "updatedAt" timestamptz NOT NULL,
  "ipAddress" text,
  "userAgent" text,
  "userId"    text NOT NULL REFERENCES auth."user" (id) ON DELETE CASCADE
);
CREATE INDEX ON auth.session ("userId");
CREATE TABLE auth.account (
  id            text PRIMARY KEY,
  "accountId"   text NOT NULL,
  "providerId"  text NOT NULL,
  "userId"      text NOT NULL REFERENCES auth."user" (id) ON DELETE CASCADE,
  "accessToken" text, "refreshToken" text, "idToken" text,
  "accessTokenExpiresAt" timestamptz, "refreshTokenExpiresAt" timestamptz,
  scope         text,
  password      text,
  "createdAt"   timestamptz NOT NULL,
  "updatedAt"   timestamptz NOT NULL
);
CREATE INDEX ON auth.account ("userId");
CREATE TABLE auth.verification (
  id          text PRIMARY KEY,
  identifier  text NOT NULL,
  value       text NOT NULL,
  "expiresAt" timestamptz NOT NULL,
  "createdAt" timestamptz NOT NULL,
  "updatedAt" timestamptz NOT NULL
);
CREATE INDEX ON auth.verification (identifier);

-- A member without an account owns records and cannot sign in. One who left keeps the row: records and history name it.
ALTER TABLE longshore.member ADD COLUMN account text REFERENCES auth."user" (id);
ALTER TABLE longshore.member ADD COLUMN role text NOT NULL DEFAULT 'admin';
ALTER TABLE longshore.member ADD COLUMN left_at timestamptz;
CREATE UNIQUE INDEX member_account ON longshore.member (organization, account);
CREATE INDEX member_of ON longshore.member (account);

-- Roles of the organization's own, as core's Role; the standard ones are code.
CREATE TABLE longshore.role (
  organization  integer NOT NULL REFERENCES longshore.organization (id),
  name          text NOT NULL,
  definition    jsonb NOT NULL,
  PRIMARY KEY (organization, name)
);

CREATE TABLE longshore.team (
  id            integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  organization  integer NOT NULL REFERENCES longshore.organization (id),
  name          text NOT NULL,
  UNIQUE (organization, name)
);
CREATE TABLE longshore.team_member (
  team    integer NOT NULL REFERENCES longshore.team (id) ON DELETE CASCADE,
  member  integer NOT NULL REFERENCES longshore.member (id),
  PRIMARY KEY (team, member)
);
CREATE INDEX ON longshore.team_member (member);

-- The secret of an invitation or key is shown once and kept as its SHA-256: it is 256 bits of chance, so nothing slower is needed.
CREATE TABLE longshore.invitation (
  id            integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  organization  integer NOT NULL REFERENCES longshore.organization (id),
  -- null: the first admin, who says it
  email         text,
  role          text NOT NULL,
  hash          bytea NOT NULL UNIQUE,
  by            integer,
  created_at    timestamptz NOT NULL DEFAULT now(),
  expires_at    timestamptz NOT NULL,
  accepted_at   timestamptz,
  revoked_at    timestamptz
);
CREATE INDEX ON longshore.invitation (organization);

CREATE TABLE longshore.api_key (
  id            integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  organization  integer NOT NULL REFERENCES longshore.organization (id),
  member        integer NOT NULL REFERENCES longshore.member (id),
  name          text NOT NULL,
  -- first characters of the key, by which people tell keys apart
  prefix        text NOT NULL,
  hash          bytea NOT NULL UNIQUE,
  -- {"rights":[…],"objects":{…}}: never more than the member's role allows at the moment
  access        jsonb NOT NULL,
  created_at    timestamptz NOT NULL DEFAULT now(),
  expires_at    timestamptz NOT NULL,
  revoked_at    timestamptz,
  last_used_at  timestamptz
);
CREATE INDEX ON longshore.api_key (organization);

-- What was done, written in the transaction that did it. Ids and names of our own alone, never a value of a record. Nobody but the owner of
-- the database can change or remove a line.
CREATE TABLE longshore.audit (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  organization  integer NOT NULL REFERENCES longshore.organization (id),
  at            timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- null: the operator
  member        integer,
  api_key       integer,
  act           text NOT NULL,
  target        text,
  details       jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX ON longshore.audit (organization, id);
ALTER TABLE longshore.audit ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_audit ON longshore.audit USING ('longshore_org_' || organization = current_user);
GRANT SELECT, INSERT ON longshore.audit TO PUBLIC;

-- How often something was done in the window that is open: counted here, so that it is exact across processes.
CREATE TABLE longshore.rate (
  -- what is counted, hashed where it names somebody
  key           text PRIMARY KEY,
  opened_at     timestamptz NOT NULL,
  used          integer NOT NULL
);

-- Who started the job; null: the operator. And with what key.
ALTER TABLE longshore.job ADD COLUMN started_by integer;

-- The second role of an organization, for members who see some records alone, knows the same of the system as the first.
ALTER POLICY own_organization ON longshore.organization USING (current_user IN ('longshore_org_' || id, 'longshore_org_' || id || '_scoped'));
ALTER POLICY own_objects ON longshore.object USING (current_user IN ('longshore_org_' || organization, 'longshore_org_' || organization || '_scoped'));
ALTER POLICY own_members ON longshore.member USING (current_user IN ('longshore_org_' || organization, 'longshore_org_' || organization || '_scoped'));
ALTER POLICY own_files ON longshore.file USING (current_user IN ('longshore_org_' || organization, 'longshore_org_' || organization || '_scoped'));
ALTER POLICY own_jobs ON longshore.job USING (current_user IN ('longshore_org_' || organization, 'longshore_org_' || organization || '_scoped'));
ALTER POLICY own_attempts ON longshore.attempt USING (current_user IN ('longshore_org_' || organization, 'longshore_org_' || organization || '_scoped'));
ALTER POLICY own_audit ON longshore.audit USING (current_user IN ('longshore_org_' || organization, 'longshore_org_' || organization || '_scoped'));
