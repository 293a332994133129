-- A row whose record stands though its trial was taken back, since the undo kept it: given back to the import, it would be there twice.
ALTER TABLE {{schema}}._tried ADD COLUMN kept boolean NOT NULL DEFAULT false;
