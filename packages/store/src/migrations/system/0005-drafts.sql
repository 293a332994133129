-- reviewed: a person looks at the rows of the job before it runs, so staging keeps every row as its file has it, and fixes may be made.
ALTER TABLE longshore.job ADD COLUMN reviewed boolean NOT NULL DEFAULT false;
-- Drafts. revision: raised by each edit of the definition; edits: who changed which settings, the last ones: [{"revision":2,"by":…,"at":…,"changed":["columns"]}]
ALTER TABLE longshore.job ADD COLUMN revision integer NOT NULL DEFAULT 0;
ALTER TABLE longshore.job ADD COLUMN edits jsonb NOT NULL DEFAULT '[]';
-- raised by each change of the job's fixes: what was looked up under another number may be out of date
ALTER TABLE longshore.job ADD COLUMN fixes integer NOT NULL DEFAULT 0;
