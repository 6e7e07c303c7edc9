-- Attempts to sign in, counted by all processes together. key: a hash of what is counted by, an address or a name, since
-- people type passwords where names belong; begun: when, unix seconds, no more than are allowed; last_at: heard of last.
-- Bounded by its writer.

CREATE TABLE sign_in_attempts (
    key bytea PRIMARY KEY,
    begun double precision[] NOT NULL,
    last_at double precision NOT NULL
);
CREATE INDEX sign_in_attempts_last_at ON sign_in_attempts (last_at);
