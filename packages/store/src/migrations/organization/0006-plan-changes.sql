-- What a planned update changes stands as history keeps it, so that applying copies it: before and after hold the fields that change, as
-- canonical text. merged (once after): values of all targets afterwards, by position.
ALTER TABLE {{schema}}._plan RENAME COLUMN after TO merged;
ALTER TABLE {{schema}}._plan ADD COLUMN before jsonb, ADD COLUMN after jsonb;
-- the plan of an undo keeps here why a record stays as it is
ALTER TABLE {{schema}}._plan RENAME COLUMN diff TO detail;
UPDATE {{schema}}._plan p SET detail = NULL, before = d.before, after = d.after
  FROM (SELECT q.job, q.row_number, jsonb_object_agg(e.key, e.value -> 'from') AS before, jsonb_object_agg(e.key, e.value -> 'to') AS after
    FROM {{schema}}._plan q CROSS JOIN LATERAL jsonb_each(q.detail) e WHERE q.merged IS NOT NULL GROUP BY 1, 2) d
  WHERE p.job = d.job AND p.row_number = d.row_number;
