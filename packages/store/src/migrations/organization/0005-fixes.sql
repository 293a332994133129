-- Corrections of a job's rows, as data, in the order in which they are carried out.
CREATE TABLE {{schema}}._fix (
  job         integer NOT NULL,
  number      integer NOT NULL,
  fix         jsonb NOT NULL,
  -- the rows that it is about: first and last of each range, one after the other, both inclusive; null where texts decide
  ranges      bigint[],
  undone      boolean NOT NULL DEFAULT false,
  -- rows that were checked again because of it
  touched     bigint NOT NULL DEFAULT 0,
  by          text,
  at          timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (job, number)
);

-- Of a row that fixes have changed: the row as its file has it (source is the row as it was corrected), and which fixes changed it.
ALTER TABLE {{schema}}._staged ADD COLUMN original text, ADD COLUMN fixes integer[];
CREATE INDEX _staged_fixed ON {{schema}}._staged (job, row_number) WHERE fixes IS NOT NULL;

-- Rows that a person left out: they are not planned, and end as excluded.
CREATE TABLE {{schema}}._left_out (
  job         integer NOT NULL,
  row_number  bigint NOT NULL,
  PRIMARY KEY (job, row_number)
) PARTITION BY RANGE (job);
