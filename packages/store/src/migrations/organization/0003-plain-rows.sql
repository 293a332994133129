-- A plain row creates a record and meets no other row and no record: nearly all rows of most files. It has no row in _plan and none in
-- _outcome (docs/decisions/0007): a staged row without a plan of its own is planned to be created, and was when its chunk says so.
-- plain: how many plain rows the chunk created, counted by the statement that did.
ALTER TABLE {{schema}}._chunk ADD COLUMN plain integer NOT NULL DEFAULT 0;

-- What the plan of a job says of the records that rows refer to: for each reference, by blocks of row numbers (docs/decisions/0007). rows and
-- records stand side by side; a negative record is one that the row makes. made: how many of them.
CREATE TABLE {{schema}}._reference (
  job         integer NOT NULL,
  slot        smallint NOT NULL,
  block       integer NOT NULL,
  rows        bigint[] NOT NULL,
  records     bigint[] NOT NULL,
  made        integer NOT NULL,
  PRIMARY KEY (job, slot, block)
) PARTITION BY RANGE (job);
-- compressing these arrays took as long as making them
ALTER TABLE {{schema}}._reference ALTER COLUMN rows SET STORAGE EXTERNAL, ALTER COLUMN records SET STORAGE EXTERNAL;
