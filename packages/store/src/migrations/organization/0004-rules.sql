-- What merge rules, duplicate strategies, deletes and the queue for review keep.

-- Age of the data that a change brought: the modified time of its row, or the moment of an edit by hand; null: unknown.
ALTER TABLE {{schema}}._change ADD COLUMN as_of timestamptz;
-- purge: the record was deleted for good; what its history held is gone with it.
ALTER TABLE {{schema}}._change DROP CONSTRAINT _change_kind_check;
ALTER TABLE {{schema}}._change ADD CONSTRAINT _change_kind_check CHECK (kind IN ('update', 'delete', 'restore', 'purge'));

-- Flagged rows: the criterion that found others, and their record ids: {"criterion":0,"ids":["35"]}.
ALTER TABLE {{schema}}._plan ADD COLUMN rivals jsonb;

-- Pairs of records that may be one, until somebody merges or dismisses them. `record` is the later one, which a job flagged.
-- A dismissed pair stays dismissed until either side changes: seen holds the last change id of both at that moment.
CREATE TABLE {{schema}}._review (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  object      text NOT NULL,
  record      bigint NOT NULL,
  other       bigint NOT NULL,
  job         integer,
  row_number  bigint,
  -- why they may be one: {"criterion":"email"}
  reason      jsonb NOT NULL,
  state       text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'merged', 'dismissed')),
  seen        bigint,
  created_at  timestamptz NOT NULL,
  settled_at  timestamptz,
  UNIQUE (object, record, other)
);
CREATE INDEX ON {{schema}}._review (other);
CREATE INDEX ON {{schema}}._review (job, row_number) WHERE job IS NOT NULL;

-- Owners handed out in turn: of each row that will create and brings no owner, the member whose turn it is.
CREATE TABLE {{schema}}._assigned (
  job         integer NOT NULL,
  row_number  bigint NOT NULL,
  owner       integer NOT NULL,
  PRIMARY KEY (job, row_number)
);

-- Objects that a person waits to write, until when: a job that writes them lets go between two chunks. Apart from _writer, whose rows
-- the chunks hold.
CREATE TABLE {{schema}}._awaited (
  object      text PRIMARY KEY,
  until       timestamptz NOT NULL
);
