-- Sums of whole months and of whole categories beside those of days and kinds, and indexes for what is rare, so that no
-- page adds up more than some thousand rows. All is summed again (insight/statistics/rollup_store.py).

-- begins: the day, or the month's first. subject: 0 all kinds together, above it the key of a kind, below it a category
-- (insight/statistics/model.py). codes, responses: model's code_of, in order; the counts beside them.
DROP TABLE statistics_days;
CREATE TABLE statistics_sums (
    organisation integer NOT NULL,
    subject integer NOT NULL,
    monthly boolean NOT NULL,
    begins date NOT NULL,
    reported integer NOT NULL,
    closed integer NOT NULL,
    on_time integer NOT NULL,
    late integer NOT NULL,
    still_open integer NOT NULL,
    rejected integer NOT NULL,
    merged integer NOT NULL,
    escalated integer NOT NULL,
    sent_back integer NOT NULL,
    codes smallint[] NOT NULL,
    code_counts integer[] NOT NULL,
    responses smallint[] NOT NULL,
    response_counts integer[] NOT NULL,
    PRIMARY KEY (organisation, subject, monthly, begins)
);
CREATE INDEX statistics_sums_begins ON statistics_sums (begins, monthly);

-- Months in which a day was summed; summed: the month's own sums are those of its days, and may stand for them.
CREATE TABLE statistics_months (
    month date PRIMARY KEY,
    changed_at timestamptz NOT NULL,
    summed boolean NOT NULL
);

CREATE TRIGGER incident_kinds_note_moved AFTER UPDATE OF category ON incident_kinds
    FOR EACH ROW WHEN (OLD.category IS DISTINCT FROM NEW.category) EXECUTE FUNCTION note_moved();

INSERT INTO statistics_changes (hour) VALUES (NULL);

-- The lists behind figures: what is rare is found without reading everything that was reported there.
CREATE INDEX incidents_late ON incidents (place_organisation, reported_at DESC) WHERE marks > 0;
CREATE INDEX incidents_escalated ON incidents (place_organisation, reported_at DESC) WHERE escalations > 0;
CREATE INDEX incidents_sent_back ON incidents (place_organisation, reported_at DESC) WHERE sent_back > 0;
CREATE INDEX incidents_rejected ON incidents (place_organisation, reported_at DESC) WHERE state = 'rejected';
CREATE INDEX incidents_merged ON incidents (place_organisation, reported_at DESC) WHERE state = 'merged';
CREATE INDEX incidents_kind_reported ON incidents (kind, reported_at DESC);
