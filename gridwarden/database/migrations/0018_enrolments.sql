-- Codes by which a member's phone signs in, once each. A new code takes the place of the member's last, so there is at most
-- one a member.
CREATE TABLE enrolments (
    member integer PRIMARY KEY REFERENCES members ON DELETE CASCADE,
    code_hash bytea NOT NULL UNIQUE,
    by_user integer REFERENCES users ON DELETE SET NULL,
    expires_at timestamptz NOT NULL
);
