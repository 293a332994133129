-- The version of objects and fields that an attempt at least knows. One that began before a match key was switched on writes records
-- without it, so such a key is complete only once these attempts have ended.
ALTER TABLE longshore.attempt ADD COLUMN catalog_version integer NOT NULL DEFAULT 0;
