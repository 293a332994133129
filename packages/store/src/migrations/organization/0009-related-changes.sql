-- What an import that was asked to changes of existing records behind references: one change for each record, whichever rows describe it.
-- Part of the plan until it is applied. applied: null: not yet; false: the database refused it.
CREATE TABLE {{schema}}._related_change (
  job         integer NOT NULL,
  object      text NOT NULL,
  record      bigint NOT NULL,
  -- the first row that changes something of it
  row_number  bigint NOT NULL,
  before      jsonb NOT NULL,
  after       jsonb NOT NULL,
  as_of       timestamptz,
  applied     boolean,
  PRIMARY KEY (job, object, record)
);
