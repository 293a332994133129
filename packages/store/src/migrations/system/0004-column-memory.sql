-- What people decided about columns and values, kept when an import finishes and used by the next one; and mappings saved by name.
-- member: whose decision it is; null: the organization's. One decision each, the latest: it may be undone with its job, so the job is kept.
CREATE TABLE longshore.remembered_column (
  organization  integer NOT NULL REFERENCES longshore.organization (id),
  member        integer REFERENCES longshore.member (id) ON DELETE CASCADE,
  object        text NOT NULL,
  -- the header as core's columnKeys writes it
  header        text NOT NULL,
  -- SHA-256 of all headers of the file
  shape         text NOT NULL,
  -- {"field","split"?,"combine"?}
  decision      jsonb NOT NULL,
  job           integer NOT NULL,
  UNIQUE NULLS NOT DISTINCT (organization, object, header, shape, member)
);
ALTER TABLE longshore.remembered_column ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_columns ON longshore.remembered_column USING ('longshore_org_' || organization = current_user);

CREATE TABLE longshore.remembered_value (
  organization  integer NOT NULL REFERENCES longshore.organization (id),
  member        integer REFERENCES longshore.member (id) ON DELETE CASCADE,
  object        text NOT NULL,
  -- field path
  field         text NOT NULL,
  -- as the file has it, trimmed; letter case does not tell two values apart
  found         text NOT NULL,
  found_key     text NOT NULL,
  stored        text NOT NULL,
  job           integer NOT NULL,
  UNIQUE NULLS NOT DISTINCT (organization, object, field, found_key, member)
);
ALTER TABLE longshore.remembered_value ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_values ON longshore.remembered_value USING ('longshore_org_' || organization = current_user);

CREATE TABLE longshore.saved_mapping (
  organization  integer NOT NULL REFERENCES longshore.organization (id),
  name          text NOT NULL,
  object        text NOT NULL,
  -- core's SavedMapping; json keeps the order of the keys, which people see
  document      json NOT NULL,
  updated_at    timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX saved_mapping_name ON longshore.saved_mapping (organization, lower(name));
ALTER TABLE longshore.saved_mapping ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_mappings ON longshore.saved_mapping USING ('longshore_org_' || organization = current_user);

-- Until now values were remembered by looking through the definitions of finished imports.
INSERT INTO longshore.remembered_value (organization, object, field, found, found_key, stored, job)
SELECT DISTINCT ON (j.organization, j.object, c->>'field', lower(btrim(v.key))) j.organization, j.object, c->>'field', btrim(v.key), lower(btrim(v.key)), v.value, j.number
FROM longshore.job j, jsonb_array_elements(j.definition->'columns') c, jsonb_array_elements(c->'transforms') t, jsonb_each_text(t->'values') v
WHERE j.kind = 'import' AND j.state = 'done' AND t->>'kind' = 'value-map' AND c->>'field' IS NOT NULL AND btrim(v.key) <> ''
ORDER BY j.organization, j.object, c->>'field', lower(btrim(v.key)), j.number DESC;
