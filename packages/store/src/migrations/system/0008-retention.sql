-- When the rows of a job were let go (source, staged rows, plan, issues, outcomes), and when its history (changes, result files) was.
ALTER TABLE longshore.job ADD COLUMN rows_let_go_at timestamptz, ADD COLUMN history_let_go_at timestamptz;
