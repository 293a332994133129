-- Requests that steer a job, by the key that their client chose: one that comes twice is done once.
CREATE TABLE longshore.request (
  organization  integer NOT NULL,
  -- 0: the operator
  member        integer NOT NULL,
  key           text NOT NULL,
  hash          text NOT NULL,
  job           integer NOT NULL,
  at            timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (organization, member, key),
  FOREIGN KEY (organization, job) REFERENCES longshore.job (organization, number)
);
