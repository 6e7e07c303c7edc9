"""The rows of the whole database in an archive, between the databases of all editions."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from psycopg import Connection

from gridwarden.database.archive import read_tables, write_tables
from gridwarden.database.errors import NoArchive, OtherMigrations
from tests.databases.fresh import Databases
from tracker.history.partitions import ensure_days, is_partitioned

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SUMS = {"summed_positions", "summed_cells", "summed_until", "late_hours"}


def make_room(connection: Connection, days: Iterable[object]) -> None:
    if is_partitioned(connection):
        ensure_days(connection, days)  # type: ignore[arg-type]  # dates, as the archive gives them


def fill(url: str) -> None:
    """A member with a device, positions of three days, and a row of the log that refuses changes."""
    with connected(url) as connection:
        connection.execute(
            "INSERT INTO members (id, name, organisation) SELECT 'm1', E'Ma\\t\\\\N', key FROM organisations"
        )
        connection.execute("INSERT INTO devices (id, member) SELECT 'd1', key FROM members")
        make_room(connection, [(NOON - timedelta(days=days)).date() for days in range(3)])
        for days in range(3):
            connection.execute(
                "INSERT INTO positions (device, fix_time, received_at, latitude, longitude, speed, distance, cell,"
                " attributes) SELECT key, %s, %s, 51.1, 71.4, 0.1, 0, 1, '{\"a\": [1, null]}' FROM devices",
                (NOON - timedelta(days=days), NOON),
            )


def connected(url: str) -> Connection:
    return psycopg.connect(url, autocommit=True, prepare_threshold=None)


def backed_up(url: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        write_tables(url, archive)
    return held.getvalue()


def restored(url: str, backup: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(backup)) as archive:
        read_tables(url, archive, make_room)


def rows(backup: bytes) -> dict[str, list[bytes]]:
    """The lines of every table but the sums, which not every edition has."""
    with zipfile.ZipFile(io.BytesIO(backup)) as archive:
        names = json.loads(archive.read("manifest.json"))["tables"].keys() - SUMS
        return {name: sorted(archive.read(f"tables/{name}.copy").splitlines()) for name in names}


def test_what_was_backed_up_comes_back_in_every_edition_and_from_it(
    embedded: Databases, any_databases: Databases
) -> None:
    with embedded.fresh() as source, any_databases.fresh() as target:
        fill(source)
        backup = backed_up(source)
        restored(target, backup)
        assert rows(backed_up(target)) == rows(backup)
        again = backed_up(target)
    with embedded.fresh() as home:
        restored(home, again)
        assert rows(backed_up(home)) == rows(backup)


def test_what_was_there_before_is_gone(any_databases: Databases) -> None:
    with any_databases.fresh() as url:
        empty = backed_up(url)
        fill(url)
        restored(url, empty)
        with connected(url) as connection:
            assert connection.execute("SELECT FROM positions UNION ALL SELECT FROM members").rowcount == 0
            assert connection.execute("SELECT FROM hourly_positions").rowcount == 0


def test_keys_go_on_and_triggers_watch_again(embedded: Databases) -> None:
    with embedded.fresh() as source, embedded.fresh() as target:
        fill(source)
        restored(target, backed_up(source))
        with connected(target) as connection:
            connection.execute("INSERT INTO devices (id, member) SELECT 'd2', key FROM members")
            assert connection.execute("SELECT FROM device_carriers").rowcount == 2
            with pytest.raises(psycopg.Error):
                connection.execute("TRUNCATE incident_log")


def test_what_fails_halfway_changes_nothing(embedded: Databases) -> None:
    with embedded.fresh() as source, embedded.fresh() as target:
        fill(source)
        fill(target)
        before = rows(backed_up(target))
        with zipfile.ZipFile(io.BytesIO(backed_up(source))) as whole:
            cut = io.BytesIO()
            with zipfile.ZipFile(cut, "w") as archive:
                for name in whole.namelist():
                    archive.writestr(name, b"nonsense" if name == "tables/users.copy" else whole.read(name))
        with pytest.raises(psycopg.Error):
            restored(target, cut.getvalue())
        assert rows(backed_up(target)) == before


def test_a_backup_of_another_version_is_refused(embedded: Databases) -> None:
    with embedded.fresh() as url:
        backup = backed_up(url)
        with connected(url) as connection:
            connection.execute("INSERT INTO migrations (number, name, checksum) VALUES (9999, 'later', '')")
        with pytest.raises(OtherMigrations, match="another version"):
            restored(url, backup)


@pytest.mark.parametrize("manifest", [None, b"{", b"[]", b'{"format": 2}'])
def test_what_is_no_backup_is_refused(embedded: Databases, manifest: bytes | None) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("manifest.json" if manifest else "other", manifest or b"")
    with embedded.fresh() as url, pytest.raises(NoArchive):
        restored(url, held.getvalue())
