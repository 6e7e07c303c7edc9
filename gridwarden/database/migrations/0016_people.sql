-- Members may have several posts and work in several grids. post stays, as the first of the posts, for whoever shows one.

ALTER TABLE members ADD COLUMN posts text[] NOT NULL DEFAULT '{}';
UPDATE members SET posts = ARRAY(
    SELECT btrim(word) FROM unnest(string_to_array(post, ';')) WITH ORDINALITY AS said (word, place)
    WHERE btrim(word) <> '' ORDER BY place
) WHERE post IS NOT NULL;
ALTER TABLE members DROP COLUMN post;
ALTER TABLE members ADD COLUMN post text GENERATED ALWAYS AS (posts[1]) STORED;

-- Grids that a member works in beside his own organisation; who sees him is decided by that one alone.
CREATE TABLE member_grids (
    member integer NOT NULL REFERENCES members ON DELETE CASCADE,
    organisation integer NOT NULL REFERENCES organisations ON DELETE CASCADE,
    PRIMARY KEY (member, organisation)
);
CREATE INDEX member_grids_organisation ON member_grids (organisation);
