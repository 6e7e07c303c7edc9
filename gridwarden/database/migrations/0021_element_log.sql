-- Changes of elements are put on record where they are made, whoever makes them: by statement, from the rows before and
-- after. gridwarden.act, a setting of the transaction, says who: {"action", "actor", "user", "member", "latitude",
-- "longitude", "note"}.

-- A word sealed with the key that this database was sealed with first, to know a wrong key by.
CREATE TABLE sealing_check (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    word bytea NOT NULL
);

-- A version counts the changes of its row.
CREATE FUNCTION stamp_element() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.changed := pg_current_xact_id();
    IF TG_OP = 'UPDATE' THEN
        NEW.version := OLD.version + 1;
    END IF;
    RETURN NEW;
END $$;

-- The fields that differ.
CREATE FUNCTION element_changes(was jsonb, became jsonb, OUT before jsonb, OUT after jsonb) LANGUAGE sql IMMUTABLE AS $$
    SELECT COALESCE(jsonb_object_agg(o.key, o.value), '{}'), COALESCE(jsonb_object_agg(o.key, n.value), '{}')
    FROM jsonb_each(was) o JOIN jsonb_each(became) n USING (key)
    WHERE o.value <> n.value AND o.key NOT IN ('key', 'version', 'changed', 'created_at')
$$;

-- What an import adds is told by the row itself, so that a million of them is not written twice.
CREATE FUNCTION log_elements() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    act jsonb := COALESCE(NULLIF(current_setting('gridwarden.act', true), ''), '{}')::jsonb;
    called text := COALESCE(act ->> 'action', CASE TG_OP WHEN 'INSERT' THEN 'add' ELSE 'change' END);
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO element_log (element, record, version, organisation, at, action, actor, "user", member, latitude,
                                 longitude, note, before, after)
        SELECT TG_TABLE_NAME, n.key, n.version, n.organisation, now(), called,
               COALESCE(act ->> 'actor', session_user), (act ->> 'user')::integer, (act ->> 'member')::integer,
               (act ->> 'latitude')::double precision, (act ->> 'longitude')::double precision, act ->> 'note', '{}',
               CASE called WHEN 'import' THEN '{}'
                   ELSE jsonb_strip_nulls(to_jsonb(n) - '{key,version,changed,created_at}'::text[]) END
        FROM became n;
    ELSE
        INSERT INTO element_log (element, record, version, organisation, at, action, actor, "user", member, latitude,
                                 longitude, note, before, after)
        SELECT TG_TABLE_NAME, n.key, n.version, n.organisation, now(), called,
               COALESCE(act ->> 'actor', session_user), (act ->> 'user')::integer, (act ->> 'member')::integer,
               (act ->> 'latitude')::double precision, (act ->> 'longitude')::double precision, act ->> 'note',
               said.before, said.after
        FROM became n JOIN was o ON o.key = n.key
        CROSS JOIN LATERAL element_changes(to_jsonb(o), to_jsonb(n)) AS said;
    END IF;
    RETURN NULL;
END $$;

DO $$
DECLARE
    element text;
BEGIN
    FOREACH element IN ARRAY '{buildings,houses,households,people,establishments,places,things}'::text[] LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER %I BEFORE INSERT OR UPDATE ON %I
                        FOR EACH ROW EXECUTE FUNCTION stamp_element()', element || '_stamp', element);
        EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS became
                        FOR EACH STATEMENT EXECUTE FUNCTION log_elements()', element || '_log_added', element);
        EXECUTE format('CREATE TRIGGER %I AFTER UPDATE ON %I REFERENCING OLD TABLE AS was NEW TABLE AS became
                        FOR EACH STATEMENT EXECUTE FUNCTION log_elements()', element || '_log_changed', element);
    END LOOP;
END $$;
