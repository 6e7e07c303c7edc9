-- Who carried which device when: positions are indexed by device, so a member's track needs the devices he ever carried.
-- The first to carry a device counts as its carrier from the beginning.

CREATE TABLE device_carriers (
    device integer NOT NULL REFERENCES devices ON DELETE CASCADE,
    member integer NOT NULL REFERENCES members ON DELETE CASCADE,
    since timestamptz NOT NULL,
    until timestamptz,
    PRIMARY KEY (device, since)
);
CREATE INDEX device_carriers_member ON device_carriers (member);

CREATE FUNCTION note_carrier() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE device_carriers SET until = clock_timestamp() WHERE device = NEW.key AND until IS NULL;
    IF NEW.member IS NOT NULL THEN
        INSERT INTO device_carriers (device, member, since)
        SELECT NEW.key, NEW.member, CASE WHEN EXISTS (SELECT FROM device_carriers WHERE device = NEW.key)
                                         THEN clock_timestamp() ELSE '-infinity' END;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER devices_note_first_carrier AFTER INSERT ON devices
    FOR EACH ROW WHEN (NEW.member IS NOT NULL) EXECUTE FUNCTION note_carrier();
CREATE TRIGGER devices_note_carrier AFTER UPDATE OF member ON devices
    FOR EACH ROW WHEN (OLD.member IS DISTINCT FROM NEW.member) EXECUTE FUNCTION note_carrier();

INSERT INTO device_carriers (device, member, since) SELECT key, member, '-infinity' FROM devices WHERE member IS NOT NULL;
