-- A connection between two records beside their reference fields. Both ways are looked up.
CREATE TABLE {{schema}}._association (
  from_object  text NOT NULL,
  from_id      bigint NOT NULL,
  to_object    text NOT NULL,
  to_id        bigint NOT NULL,
  role         text NOT NULL DEFAULT '',
  PRIMARY KEY (from_object, from_id, to_object, to_id, role)
);
CREATE INDEX ON {{schema}}._association (to_object, to_id);
