-- Sums of classes beside those of categories, kept for the larger organisations only, as those of months are
-- (insight/statistics/model.py): below them rows are few as it is. All is summed again.

-- What a subject of statistics_sums below 0 is: minus the key. class '': the whole category.
CREATE TABLE statistics_groups (
    key integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    category text NOT NULL,
    class text NOT NULL,
    UNIQUE (category, class)
);

-- A kind that moves takes what was reported of it along.
DROP TRIGGER incident_kinds_note_moved ON incident_kinds;
CREATE FUNCTION note_kind_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO statistics_changes (hour)
    SELECT DISTINCT date_trunc('hour', reported_at) FROM incidents WHERE kind = NEW.key;
    RETURN NULL;
END $$;
CREATE TRIGGER incident_kinds_note_moved AFTER UPDATE OF category, class ON incident_kinds FOR EACH ROW
    WHEN ((OLD.category, OLD.class) IS DISTINCT FROM (NEW.category, NEW.class)) EXECUTE FUNCTION note_kind_moved();
CREATE TRIGGER organisations_note_level AFTER UPDATE OF level ON organisations
    FOR EACH ROW WHEN (OLD.level IS DISTINCT FROM NEW.level) EXECUTE FUNCTION note_moved();

-- What is overdue now, without looking at everything that is open.
CREATE INDEX incidents_open_late ON incidents (place_organisation) WHERE ended_at IS NULL AND marks > 0;

INSERT INTO statistics_changes (hour) VALUES (NULL);
