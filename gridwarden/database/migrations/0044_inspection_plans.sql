-- A plan of inspections is changed, with what it said before on record; an inspection that found faults becomes an
-- incident, once.

-- What a plan said up to changed_at, when by_name changed it.
CREATE TABLE inspection_plan_log (
    key bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    plan integer NOT NULL REFERENCES inspection_plans,
    version integer NOT NULL,
    name text NOT NULL,
    kind text,
    risk text,
    form text NOT NULL,
    every_days integer NOT NULL,
    remind_days integer NOT NULL,
    first_due_at timestamptz NOT NULL,
    by_name text NOT NULL,
    changed_at timestamptz NOT NULL,
    UNIQUE (plan, version)
);
CREATE TRIGGER inspection_plan_log_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON inspection_plan_log
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON inspection_plan_log FROM PUBLIC, CURRENT_USER;

ALTER TABLE inspections ADD COLUMN incident bigint REFERENCES incidents,
    ADD CHECK (incident IS NULL OR result = 'faults');
CREATE INDEX inspections_incident ON inspections (incident) WHERE incident IS NOT NULL;
