-- Members who may see the records of some owners alone run as {{scopedRole}}: PostgreSQL hides the others from every statement. Tables made
-- later get the same from object-ddl.ts. `owner` is the field of that kind in every standard object; an object without it is seen by all.
DO $do$
DECLARE
  object_name text;
  own text;
BEGIN
  FOR object_name IN SELECT o.name FROM longshore.object o JOIN pg_catalog.pg_tables t ON t.tablename = o.name AND t.schemaname = 'org_{{organization}}' WHERE o.organization = {{organization}} LOOP
    SELECT CASE WHEN f.field IS NULL THEN 'true' ELSE format('%I = ANY (current_setting(''longshore.scope'')::integer[])', f.field) END INTO own
    FROM (SELECT (SELECT x ->> 'name' FROM longshore.object o, json_array_elements(o.definition -> 'fields') x
                  WHERE o.organization = {{organization}} AND o.name = object_name AND x ->> 'kind' = 'owner' LIMIT 1) AS field) f;
    EXECUTE format('ALTER TABLE {{schema}}.%I ENABLE ROW LEVEL SECURITY', object_name);
    EXECUTE format('CREATE POLICY everything ON {{schema}}.%I TO {{role}} USING (true)', object_name);
    EXECUTE format('CREATE POLICY scoped ON {{schema}}.%I TO {{scopedRole}} USING (%s)', object_name, own);
  END LOOP;
END
$do$;
