-- The streets that travel times are found on: one network, written whole by an import, read whole by each process.

CREATE TABLE street_networks (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    name text NOT NULL,
    junctions integer NOT NULL,
    pieces integer NOT NULL,
    data bytea NOT NULL,
    imported_at timestamptz NOT NULL DEFAULT now()
);
