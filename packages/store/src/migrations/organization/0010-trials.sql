-- Rows of a job that a trial of it has dealt with. They count while the trial stands (longshore.job has its state): then the job leaves them out.
CREATE TABLE {{schema}}._tried (
  job         integer NOT NULL,
  row_number  bigint NOT NULL,
  trial       integer NOT NULL,
  PRIMARY KEY (job, row_number, trial)
);
