-- How many rows a file has that is on its way in, so that one sees how far it is. Counted before the first of them is stored.

ALTER TABLE import_jobs ADD COLUMN total bigint;
