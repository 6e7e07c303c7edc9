-- Imports of many rows: the file lies here in sealed parts until the job ends, so that any process goes on with it after one
-- was killed. `rows` is how many of the file's rows are behind us; it moves in the transaction that stores them.

CREATE TABLE import_jobs (
    key bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text NOT NULL UNIQUE,
    kind text NOT NULL,
    name text NOT NULL,
    "user" integer,
    by_name text NOT NULL,
    state text NOT NULL DEFAULT 'receiving' CHECK (state IN ('receiving', 'running', 'done', 'failed', 'cancelled')),
    bytes bigint NOT NULL DEFAULT 0,
    rows bigint NOT NULL DEFAULT 0,
    refused bigint NOT NULL DEFAULT 0,
    ignored text[] NOT NULL DEFAULT '{}',
    warnings text[] NOT NULL DEFAULT '{}',
    problem text,
    made_at timestamptz NOT NULL DEFAULT now(),
    started_at timestamptz,
    ended_at timestamptz
);

CREATE TABLE import_parts (
    job bigint NOT NULL REFERENCES import_jobs (key),
    number integer NOT NULL,
    sealed bytea NOT NULL,
    PRIMARY KEY (job, number)
);

CREATE TABLE import_refusals (
    job bigint NOT NULL REFERENCES import_jobs (key),
    line bigint NOT NULL,
    field text,
    reason text NOT NULL,
    PRIMARY KEY (job, line)
);
