-- What is in the bin is found without going through what is not. Tables made later get the same from object-ddl.ts.
DO $do$
DECLARE
  object_name text;
BEGIN
  FOR object_name IN SELECT o.name FROM longshore.object o JOIN pg_catalog.pg_tables t ON t.tablename = o.name AND t.schemaname = 'org_{{organization}}' WHERE o.organization = {{organization}} LOOP
    EXECUTE format('CREATE INDEX ON {{schema}}.%I (deleted_at DESC, id) WHERE deleted_at IS NOT NULL', object_name);
  END LOOP;
END
$do$;
