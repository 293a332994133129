-- What jobs keep of rows. Insert only, keyed (job, row number), partitioned by ranges of jobs so that retention drops
-- whole partitions. {{schema}} is the organization's schema, quoted.
CREATE TABLE {{schema}}._staged (
  job           integer NOT NULL,
  row_number    bigint NOT NULL,
  errors        smallint NOT NULL,
  create_errors smallint NOT NULL,
  -- by target position, joined by U+001F, empty for null; a text[] cost a third more to load (docs/decisions/0003)
  cells         text NOT NULL,
  keys          bigint[],
  -- positions of cells that hold the import's default: for new records only
  defaulted     smallint[],
  -- of a row with errors: its cells as the file has them, a JSON array; absent where it is too long to keep twice
  source        text,
  PRIMARY KEY (job, row_number)
) PARTITION BY RANGE (job);

CREATE TABLE {{schema}}._issue (
  job         integer NOT NULL,
  row_number  bigint NOT NULL,
  seq         smallint NOT NULL,
  code        text NOT NULL,
  severity    text NOT NULL CHECK (severity IN ('error', 'warning')),
  on_create   boolean NOT NULL,
  column_name text,
  field       text,
  value       text,
  message     text NOT NULL,
  PRIMARY KEY (job, row_number, seq)
) PARTITION BY RANGE (job);

-- action: position in core's outcome list. anchor: first row of the
-- group of rows that write to one record one after the other and so are applied in one transaction; null for all others.
-- turn: how many rows of the group wrote to the record before. makes: bit i: this row creates the record of reference i.
CREATE TABLE {{schema}}._plan (
  job         integer NOT NULL,
  row_number  bigint NOT NULL,
  action      smallint NOT NULL,
  reason      smallint NOT NULL,
  makes       smallint NOT NULL DEFAULT 0,
  turn        smallint NOT NULL DEFAULT 0,
  record      bigint,
  anchor      bigint,
  refs        bigint[],
  after       text[],
  keys        bigint[],
  diff        jsonb,
  PRIMARY KEY (job, row_number)
) PARTITION BY RANGE (job);
CREATE INDEX ON {{schema}}._plan (job, anchor) WHERE anchor IS NOT NULL;

CREATE TABLE {{schema}}._outcome (
  job         integer NOT NULL,
  row_number  bigint NOT NULL,
  outcome     smallint NOT NULL,
  reason      smallint NOT NULL,
  record      bigint,
  PRIMARY KEY (job, row_number)
) PARTITION BY RANGE (job);

-- The checkpoint: which ranges of anchors are applied, written in the transaction that applied them. Bounds: first inclusive, last exclusive.
CREATE TABLE {{schema}}._chunk (
  job         integer NOT NULL,
  first       bigint NOT NULL,
  last        bigint NOT NULL,
  PRIMARY KEY (job, first)
);

-- History: what a job or an edit did to a record that existed. kind: update, delete (to the bin), restore.
-- before and after hold only the fields that changed, as canonical text.
CREATE TABLE {{schema}}._change (
  id          bigint GENERATED ALWAYS AS IDENTITY,
  object      text NOT NULL,
  record      bigint NOT NULL,
  job         integer,
  row_number  bigint,
  kind        text NOT NULL CHECK (kind IN ('update', 'delete', 'restore')),
  before      jsonb,
  after       jsonb,
  at          timestamptz NOT NULL,
  by          integer
);
CREATE INDEX ON {{schema}}._change (record, id);
CREATE INDEX ON {{schema}}._change (job, row_number) WHERE job IS NOT NULL;

-- One writer at a time per object. writes: raised whenever somebody begins to write, so that a plan can tell whether
-- anything happened since it was made.
CREATE TABLE {{schema}}._writer (
  object      text PRIMARY KEY,
  job         integer,
  writes      bigint NOT NULL DEFAULT 0
);
