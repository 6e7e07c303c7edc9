-- Territories are split and merged: what an organisation was at any time stays on record, written where it is changed,
-- whoever changes it. version counts the changes; ended_at: it was merged into another. gridwarden.act says who, as it
-- does for elements.

ALTER TABLE organisations ADD COLUMN version integer NOT NULL DEFAULT 1, ADD COLUMN ended_at timestamptz;

CREATE FUNCTION count_organisation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.version := OLD.version + 1;
    RETURN NEW;
END $$;
CREATE TRIGGER organisations_count BEFORE UPDATE ON organisations FOR EACH ROW
    WHEN ((OLD.parent, OLD.level, OLD.name, OLD.code, OLD.territory, OLD.ended_at)
          IS DISTINCT FROM (NEW.parent, NEW.level, NEW.name, NEW.code, NEW.territory, NEW.ended_at))
    EXECUTE FUNCTION count_organisation();

-- Each row is the organisation after the change; the row before it is what was before.
CREATE TABLE territory_log (
    key bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organisation integer NOT NULL,
    version integer NOT NULL,
    at timestamptz NOT NULL,
    action text NOT NULL,
    actor text NOT NULL,
    note text,
    parent integer,
    level text NOT NULL,
    name text NOT NULL,
    code text,
    territory jsonb,
    ended boolean NOT NULL
);
CREATE INDEX territory_log_organisation ON territory_log (organisation, key DESC);
INSERT INTO territory_log (organisation, version, at, action, actor, parent, level, name, code, territory, ended)
SELECT key, 1, created_at, 'add', 'gridwarden', parent, level, name, code, territory, false FROM organisations ORDER BY key;
CREATE TRIGGER territory_log_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON territory_log
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON territory_log FROM PUBLIC, CURRENT_USER;

CREATE FUNCTION log_territory() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    act jsonb := COALESCE(NULLIF(current_setting('gridwarden.act', true), ''), '{}')::jsonb;
BEGIN
    INSERT INTO territory_log (organisation, version, at, action, actor, note, parent, level, name, code, territory, ended)
    VALUES (NEW.key, NEW.version, now(), COALESCE(act ->> 'action', CASE TG_OP WHEN 'INSERT' THEN 'add' ELSE 'change' END),
            COALESCE(act ->> 'actor', session_user), act ->> 'note', NEW.parent, NEW.level, NEW.name, NEW.code,
            NEW.territory, NEW.ended_at IS NOT NULL);
    RETURN NULL;
END $$;
CREATE TRIGGER organisations_log_added AFTER INSERT ON organisations
    FOR EACH ROW EXECUTE FUNCTION log_territory();
CREATE TRIGGER organisations_log_changed AFTER UPDATE ON organisations
    FOR EACH ROW WHEN (OLD.version <> NEW.version) EXECUTE FUNCTION log_territory();
