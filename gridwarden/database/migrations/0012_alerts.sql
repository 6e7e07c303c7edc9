-- Alerts are raised once for each cause, whatever process sees it, whenever it starts: the database remembers causes.

-- Crossings that still have to raise their alert; the worker that has raised it sets false. Tracks that come in late
-- (an hour after the fact) are history and raise nothing.
ALTER TABLE geofence_events ADD COLUMN alerting boolean NOT NULL DEFAULT false;
CREATE INDEX geofence_events_alerting ON geofence_events (key) WHERE alerting;
CREATE FUNCTION mark_alerting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.alerting := NEW.fix_time > NEW.decided_at - interval '1 hour'
        AND EXISTS (SELECT FROM geofences WHERE key = NEW.geofence AND alert IN (NEW.kind, 'both'));
    RETURN NEW;
END $$;
CREATE TRIGGER geofence_events_alerting BEFORE INSERT ON geofence_events
    FOR EACH ROW EXECUTE FUNCTION mark_alerting();

-- A device's emergency flag as far as alerts were made of it: it rises and falls, and only by newer fixes.
CREATE TABLE emergency_flags (
    device integer PRIMARY KEY REFERENCES devices ON DELETE CASCADE,
    up boolean NOT NULL,
    fix_time timestamptz NOT NULL
);
CREATE INDEX emergency_flags_up ON emergency_flags (device) WHERE up;

-- subject: whom or what it is about; one subject has one open alert of a kind, drills apart, so that an exercise hides no
-- real cry for help. cause: what raised it; one cause raises once, even when the alert is cleared. source: what raised
-- it; reason: of silence, or enter or exit. told, assigned: members whose handhelds are told.
ALTER TABLE alerts
    DROP COLUMN event,
    DROP CONSTRAINT alerts_kind_check,
    ADD CHECK (kind IN ('sos', 'geofence', 'silence', 'battery', 'overdue', 'other')),
    ADD COLUMN version integer NOT NULL DEFAULT 1,
    ADD COLUMN cause text,
    ADD COLUMN source text NOT NULL DEFAULT 'watch' CHECK (source IN ('device', 'member', 'drill', 'watch')),
    ADD COLUMN reason text,
    ADD COLUMN device integer REFERENCES devices ON DELETE SET NULL,
    ADD COLUMN geofence integer REFERENCES geofences ON DELETE SET NULL,
    ADD COLUMN happened_at timestamptz,
    ADD COLUMN acknowledged_by text,
    ADD COLUMN assigned_by text,
    ADD COLUMN cleared_by text,
    ADD COLUMN told integer[] NOT NULL DEFAULT '{}',
    ADD COLUMN assigned integer[] NOT NULL DEFAULT '{}';
UPDATE alerts SET cause = id, happened_at = raised_at;
ALTER TABLE alerts ALTER COLUMN cause SET NOT NULL, ALTER COLUMN happened_at SET NOT NULL;
DROP INDEX alerts_open;
CREATE UNIQUE INDEX alerts_open ON alerts (kind, subject, drill) WHERE state <> 'cleared';
CREATE UNIQUE INDEX alerts_cause ON alerts (kind, subject, drill, cause);

-- Of each step: the alert's version and state after it, who did it, and where.
ALTER TABLE alert_log
    ADD COLUMN version integer,
    ADD COLUMN state text,
    ADD COLUMN "user" integer,
    ADD COLUMN member integer,
    ADD COLUMN latitude double precision,
    ADD COLUMN longitude double precision;
CREATE UNIQUE INDEX alert_log_version ON alert_log (alert, version);
