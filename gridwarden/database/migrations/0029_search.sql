-- Search. Writers put what they touched on a list, in their own transaction; a worker takes it from there, for pinyin is
-- the program's business. Nothing is forgotten: a row is off the list in the transaction that renews its entry.

CREATE TABLE search_pending (
    key bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL,
    record bigint NOT NULL
);

-- kind: the table's name, record: its key there. place_organisation: of incidents, which two may see. depth: levels from the
-- top of the tree. terms: of the texts, and '@' with the key of each organisation that it lies below, so that the index answers
-- who may see it, too.
CREATE TABLE search_entries (
    kind text NOT NULL,
    record bigint NOT NULL,
    organisation integer NOT NULL,
    place_organisation integer,
    depth smallint NOT NULL,
    texts text[] NOT NULL,
    terms tsvector NOT NULL,
    PRIMARY KEY (kind, record)
);
-- One index for each kind of which there are many, as partitions would have, on one table: what is asked of residents looks
-- through no address. Small pending lists, for every question reads them.
CREATE INDEX search_entries_people ON search_entries USING gin (terms) WITH (gin_pending_list_limit = 512)
    WHERE kind = 'people';
CREATE INDEX search_entries_houses ON search_entries USING gin (terms) WITH (gin_pending_list_limit = 512)
    WHERE kind = 'houses';
CREATE INDEX search_entries_incidents ON search_entries USING gin (terms) WITH (gin_pending_list_limit = 512)
    WHERE kind = 'incidents';
CREATE INDEX search_entries_others ON search_entries USING gin (terms) WITH (gin_pending_list_limit = 512)
    WHERE kind NOT IN ('people', 'houses', 'incidents');
CREATE INDEX search_entries_organisation ON search_entries (organisation);
CREATE INDEX search_entries_place ON search_entries (place_organisation) WHERE place_organisation IS NOT NULL;

-- What lies below an organisation that gets another place in the tree is renewed.
CREATE FUNCTION search_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO search_pending (kind, record)
    SELECT e.kind, e.record FROM search_entries e
    WHERE e.organisation IN (SELECT descendant FROM touched) OR e.place_organisation IN (SELECT descendant FROM touched);
    RETURN NULL;
END $$;
CREATE TRIGGER search_moved_below AFTER INSERT ON organisation_closure REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION search_moved();
CREATE TRIGGER search_moved_away AFTER DELETE ON organisation_closure REFERENCING OLD TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION search_moved();

CREATE FUNCTION search_later() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO search_pending (kind, record) SELECT TG_TABLE_NAME, key FROM touched;
    -- A house is found by its building's name.
    IF TG_TABLE_NAME = 'buildings' AND TG_OP = 'UPDATE' THEN
        INSERT INTO search_pending (kind, record)
        SELECT 'houses', h.key FROM houses h JOIN touched t ON t.key = h.building;
    END IF;
    RETURN NULL;
END $$;

DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['people', 'buildings', 'houses', 'places', 'things', 'establishments', 'organisations',
                                'members', 'incidents'] LOOP
        EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS touched
                        FOR EACH STATEMENT EXECUTE FUNCTION search_later()', name || '_search_added', name);
        EXECUTE format('CREATE TRIGGER %I AFTER UPDATE ON %I REFERENCING NEW TABLE AS touched
                        FOR EACH STATEMENT EXECUTE FUNCTION search_later()', name || '_search_changed', name);
        EXECUTE format('CREATE TRIGGER %I AFTER DELETE ON %I REFERENCING OLD TABLE AS touched
                        FOR EACH STATEMENT EXECUTE FUNCTION search_later()', name || '_search_removed', name);
        EXECUTE format('INSERT INTO search_pending (kind, record) SELECT %L, key FROM %I', name, name);
    END LOOP;
END $$;
