-- Rows of a job that were planned again after it had been agreed to, and now do something else than was shown.
CREATE TABLE {{schema}}._replanned (
  job         integer NOT NULL,
  row_number  bigint NOT NULL,
  PRIMARY KEY (job, row_number)
);
