-- Files that are being sent in parts. What has arrived lies in the data directory; its size is how far it is.
CREATE TABLE longshore.partial_upload (
  id            text PRIMARY KEY,
  organization  integer NOT NULL REFERENCES longshore.organization (id),
  -- who sends it; 0: the operator
  member        integer NOT NULL,
  name          text NOT NULL,
  size_bytes    bigint NOT NULL,
  -- the file that it became
  upload        text,
  created_at    timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX ON longshore.partial_upload (organization, created_at);
