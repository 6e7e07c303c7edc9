-- Sums of incidents by the local day on which they were reported. Whoever changes an incident notes its hour in the same
-- transaction; a worker sums the noted days again from the incidents (insight/statistics/rollup.py). Rows of
-- statistics_days and statistics_parts hold an organisation's whole subtree; kind 0: all kinds together. Drills are left out.

CREATE TABLE statistics_days (
    organisation integer NOT NULL,
    day date NOT NULL,
    kind integer NOT NULL,
    reported integer NOT NULL,
    closed integer NOT NULL,
    on_time integer NOT NULL,
    late integer NOT NULL,
    still_open integer NOT NULL,
    rejected integer NOT NULL,
    merged integer NOT NULL,
    escalated integer NOT NULL,
    sent_back integer NOT NULL,
    PRIMARY KEY (organisation, kind, day)
);
CREATE INDEX statistics_days_day ON statistics_days (day);

-- part: hour (0 to 23), source and priority of the report; accept, arrive, handle, verify, response, resolution: how long
-- it took, value is the row of insight/statistics/model.py's EDGES.
CREATE TABLE statistics_parts (
    organisation integer NOT NULL,
    day date NOT NULL,
    kind integer NOT NULL,
    part text NOT NULL,
    value smallint NOT NULL,
    incidents integer NOT NULL,
    PRIMARY KEY (organisation, kind, day, part, value)
);
CREATE INDEX statistics_parts_day ON statistics_parts (day);

-- hour: in which something that was reported changed; NULL: the tree of organisations did, everything is summed again.
CREATE TABLE statistics_changes (hour timestamptz);
-- One row. zone: that the days are of, NULL before the first sums.
CREATE TABLE statistics_state (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    zone text,
    summed_at timestamptz
);
INSERT INTO statistics_state DEFAULT VALUES;

CREATE FUNCTION note_reported() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO statistics_changes (hour) SELECT DISTINCT date_trunc('hour', reported_at) FROM reported;
    RETURN NULL;
END $$;
CREATE FUNCTION note_reported_twice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO statistics_changes (hour)
    SELECT date_trunc('hour', reported_at) FROM before UNION SELECT date_trunc('hour', reported_at) FROM after;
    RETURN NULL;
END $$;
CREATE TRIGGER incidents_note_new AFTER INSERT ON incidents
    REFERENCING NEW TABLE AS reported FOR EACH STATEMENT EXECUTE FUNCTION note_reported();
CREATE TRIGGER incidents_note_gone AFTER DELETE ON incidents
    REFERENCING OLD TABLE AS reported FOR EACH STATEMENT EXECUTE FUNCTION note_reported();
CREATE TRIGGER incidents_note_changed AFTER UPDATE ON incidents
    REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION note_reported_twice();

CREATE FUNCTION note_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO statistics_changes (hour) VALUES (NULL);
    RETURN NULL;
END $$;
CREATE TRIGGER organisations_note_moved AFTER UPDATE OF parent ON organisations
    FOR EACH ROW WHEN (OLD.parent IS DISTINCT FROM NEW.parent) EXECUTE FUNCTION note_moved();

INSERT INTO statistics_changes (hour) SELECT DISTINCT date_trunc('hour', reported_at) FROM incidents;
