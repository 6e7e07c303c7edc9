-- Sessions can be listed and ended: an id to name one by that opens nothing.
ALTER TABLE sessions ADD COLUMN id text NOT NULL DEFAULT replace(gen_random_uuid()::text, '-', '');
CREATE UNIQUE INDEX sessions_id ON sessions (id);
