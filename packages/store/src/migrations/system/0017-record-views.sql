-- Lists of records as people keep them by name: for themselves, or shared with everybody who may read the object.
CREATE TABLE longshore.record_view (
  id            integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  organization  integer NOT NULL REFERENCES longshore.organization (id),
  object        text NOT NULL,
  name          text NOT NULL,
  shared        boolean NOT NULL,
  -- who made it; null: the operator
  member        integer REFERENCES longshore.member (id) ON DELETE CASCADE,
  -- {"where":[…],"sort":…,"columns":[…]}: paths and texts, as people write them
  view          jsonb NOT NULL,
  updated_at    timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE UNIQUE INDEX shared_view_name ON longshore.record_view (organization, object, lower(name)) WHERE shared;
CREATE UNIQUE INDEX own_view_name ON longshore.record_view (organization, object, coalesce(member, 0), lower(name)) WHERE NOT shared;
ALTER TABLE longshore.record_view ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_views ON longshore.record_view USING ('longshore_org_' || organization = current_user);
