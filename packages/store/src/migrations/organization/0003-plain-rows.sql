-- A plain row creates a record and meets no other row and no record: nearly all rows of most files. It has no row in _plan and none in
-- _outcome (docs/decisions/0007): a staged row without a plan of its own is planned to be created, and was when its chunk says so.
-- plain: how many plain rows the chunk created, counted by the statement that did.
ALTER TABLE {{schema}}._chunk ADD COLUMN plain integer NOT NULL DEFAULT 0;

-- What the plan of a job says of the records that rows refer to, once per name. place: the group of references to one object. maker,
-- maker_slot: the row that makes the record, and for which of its references; absent where the record exists already.
CREATE TABLE {{schema}}._reference (
  job         integer NOT NULL,
  place       smallint NOT NULL,
  key         bigint NOT NULL,
  record      bigint NOT NULL,
  maker       bigint,
  maker_slot  smallint,
  PRIMARY KEY (job, place, key)
) PARTITION BY RANGE (job);
