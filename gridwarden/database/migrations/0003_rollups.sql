-- Sums by hour: `hourly_positions` by device and member, `hourly_cells` by place (heat map). One shape in all editions.
-- Full TimescaleDB: continuous aggregates, compression by device. Else: tables of our own that a worker fills
-- (tracker/history/rollups.py), completed by the hours that it has not summed yet.

DO $$
BEGIN
    IF current_setting('timescaledb.license', true) = 'timescale' THEN
        ALTER TABLE positions SET (
            timescaledb.compress,
            timescaledb.compress_segmentby = 'device',
            timescaledb.compress_orderby = 'fix_time DESC'
        );
        PERFORM add_compression_policy('positions', interval '7 days');

        CREATE MATERIALIZED VIEW hourly_positions WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
        SELECT time_bucket(interval '1 hour', fix_time) AS hour, device, member, count(*) AS fixes,
               sum(distance::double precision) AS distance, max(speed) AS top_speed,
               min(fix_time) AS first_fix, max(fix_time) AS last_fix
        FROM positions GROUP BY 1, 2, 3 WITH NO DATA;
        PERFORM add_continuous_aggregate_policy('hourly_positions', start_offset => interval '3 days',
            end_offset => interval '1 hour', schedule_interval => interval '10 minutes');

        CREATE MATERIALIZED VIEW hourly_cells WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
        SELECT time_bucket(interval '1 hour', fix_time) AS hour, cell, count(*) AS fixes
        FROM positions GROUP BY 1, 2 WITH NO DATA;
        PERFORM add_continuous_aggregate_policy('hourly_cells', start_offset => interval '3 days',
            end_offset => interval '1 hour', schedule_interval => interval '10 minutes');
        RETURN;
    END IF;

    CREATE TABLE summed_positions (
        hour timestamptz NOT NULL,
        device integer NOT NULL,
        member integer,
        fixes bigint NOT NULL,
        distance double precision NOT NULL,
        top_speed real,
        first_fix timestamptz NOT NULL,
        last_fix timestamptz NOT NULL,
        UNIQUE NULLS NOT DISTINCT (device, hour, member)
    );
    CREATE INDEX summed_positions_hour ON summed_positions (hour);
    CREATE TABLE summed_cells (
        hour timestamptz NOT NULL,
        cell bigint NOT NULL,
        fixes bigint NOT NULL,
        PRIMARY KEY (hour, cell)
    );
    -- Hours that got a fix after they may have been summed. Appended by writers, taken by the worker.
    CREATE TABLE late_hours (hour timestamptz NOT NULL);
    -- One row: hours before `until` are summed; the worker last looked at `looked_at`.
    CREATE TABLE summed_until (
        single boolean PRIMARY KEY DEFAULT true CHECK (single),
        until timestamptz NOT NULL,
        looked_at timestamptz NOT NULL
    );
    INSERT INTO summed_until (until, looked_at) VALUES ('-infinity', '-infinity');

    CREATE VIEW hourly_positions AS
    SELECT hour, device, member, fixes, distance, top_speed, first_fix, last_fix FROM summed_positions
    UNION ALL
    SELECT date_trunc('hour', fix_time, 'UTC'), device, member, count(*), sum(distance::double precision), max(speed),
           min(fix_time), max(fix_time)
    FROM positions WHERE fix_time >= (SELECT until FROM summed_until) GROUP BY 1, 2, 3;

    CREATE VIEW hourly_cells AS
    SELECT hour, cell, fixes FROM summed_cells
    UNION ALL
    SELECT date_trunc('hour', fix_time, 'UTC'), cell, count(*)
    FROM positions WHERE fix_time >= (SELECT until FROM summed_until) GROUP BY 1, 2;
END $$;
