-- A lone update meets one record that no other row meets (docs/decisions/0037). Its plan keeps no values: they are merged when a chunk is
-- applied, and for whoever looks. mark: a hash of what the record holds afterwards, by which a plan made again is compared; null for all other rows.
ALTER TABLE {{schema}}._plan ADD COLUMN mark bigint;
-- It has no outcome of its own either: it was updated when a chunk that covers it says so. lone: how many, counted by the statement that did.
ALTER TABLE {{schema}}._chunk ADD COLUMN lone integer NOT NULL DEFAULT 0;
