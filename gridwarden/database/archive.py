"""The rows of the whole database in a ZIP archive, and back: the same for every edition, so that one moves to another.

    manifest.json       format, migrations with their checksums, days of positions, tables' columns and rows, sequences
    tables/NAME.copy    what `COPY` writes as text

Rows and not structure: a hypertable and a partitioned table hold the same rows, and pg_restore has no way from one to
the other, nor back into a TimescaleDB that is in use. The structure is that of the migrations, which are the same on
both sides, or it is refused. Both ways are one transaction: a backup is one instant, a restore is whole or nothing.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from graphlib import TopologicalSorter
from typing import IO, Any

import psycopg
from psycopg import Connection
from psycopg.sql import SQL, Composed, Identifier

from gridwarden.database.errors import NoArchive, OtherMigrations

__all__ = ["read_tables", "write_tables"]

_FORMAT = 1
_CHUNK = 1 << 20
_MANIFEST = "manifest.json"

_TABLES = """
    SELECT c.oid::regclass::text, array_agg(a.attname ORDER BY a.attnum)
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
      AND c.relname <> 'migrations' AND a.attgenerated = ''
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
    GROUP BY c.oid"""
_REFERENCES = """
    SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint
    WHERE contype = 'f' AND conrelid <> confrelid AND connamespace = current_schema()::regnamespace"""
_SEQUENCES = """
    SELECT sequencename, last_value FROM pg_sequences
    WHERE schemaname = current_schema() AND last_value IS NOT NULL ORDER BY 1"""
_WITH_TRIGGERS = """
    SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger
    WHERE NOT tgisinternal AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = tgfoid AND d.deptype = 'e')"""
_APPEND_ONLY = """
    SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger
    WHERE NOT tgisinternal AND tgfoid = 'refuse_change'::regproc"""
_DAYS = "SELECT DISTINCT (fix_time AT TIME ZONE 'UTC')::date FROM positions ORDER BY 1"


def write_tables(url: str, archive: zipfile.ZipFile) -> None:
    """Add every table as it is at one instant, then the manifest."""
    with _connected(url) as connection, connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        tables = {
            name: {"columns": columns, "rows": _write(connection, archive, name, columns)}
            for name, columns in sorted(_tables(connection).items())
        }
        manifest = {
            "format": _FORMAT,
            "made_at": datetime.now(UTC).isoformat(),
            "migrations": _migrations(connection),
            "days": [day.isoformat() for (day,) in connection.execute(_DAYS)],
            "sequences": dict(connection.execute(_SEQUENCES).fetchall()),
            "tables": tables,
        }
    archive.writestr(_MANIFEST, json.dumps(manifest, indent=1))


def read_tables(url: str, archive: zipfile.ZipFile, ensure_days: Callable[[Connection, Iterable[date]], None]) -> None:
    """Replace every row of a migrated database. ensure_days: makes room for positions of these days.

    Raises NoArchive and OtherMigrations before anything is changed.
    """
    manifest = _manifest(archive)
    with _connected(url) as connection:
        if _migrations(connection) != manifest["migrations"]:
            raise OtherMigrations(
                "the backup is of another version of this program: restore it with that version, then start this one"
            )
        with connection.transaction():
            connection.execute("SET LOCAL lock_timeout = '30s'")
            ensure_days(connection, map(date.fromisoformat, manifest["days"]))
            _replace(connection, archive, manifest)
        _refresh_aggregates(connection)


def _connected(url: str) -> Connection:
    """In autocommit; text is the same whatever the server's own settings."""
    options = "-c datestyle=ISO -c intervalstyle=postgres -c timezone=UTC -c extra_float_digits=1"
    return psycopg.connect(url, autocommit=True, prepare_threshold=None, client_encoding="UTF8", options=options)


def _manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    try:
        manifest = json.loads(archive.read(_MANIFEST))
    except (KeyError, ValueError) as error:
        raise NoArchive("the file is no backup of gridwarden's, or not a whole one") from error
    if not isinstance(manifest, dict) or manifest.get("format") != _FORMAT:
        raise NoArchive("the backup has a format that this version does not know")
    return manifest


def _migrations(connection: Connection) -> list[list[Any]]:
    return [list(row) for row in connection.execute("SELECT number, checksum FROM migrations ORDER BY number")]


def _tables(connection: Connection) -> dict[str, list[str]]:
    return dict(connection.execute(_TABLES).fetchall())


def _write(connection: Connection, archive: zipfile.ZipFile, name: str, columns: list[str]) -> int:
    """COPY of a query, for a table with partitions or chunks has no rows of its own; the number of rows."""
    cursor = connection.cursor()
    query = SQL("COPY (SELECT {} FROM {}) TO STDOUT").format(_list(columns), Identifier(name))
    with archive.open(_entry(name), "w", force_zip64=True) as file, cursor.copy(query) as copy:
        for data in copy:
            file.write(data)
    return cursor.rowcount


def _replace(connection: Connection, archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    tables = _tables(connection)
    triggered, append_only = (_names(connection, query) & tables.keys() for query in (_WITH_TRIGGERS, _APPEND_ONLY))
    for name in triggered:  # what they would do was done when the rows were written first
        connection.execute(SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(Identifier(name)))
    for name in append_only:
        connection.execute(SQL("GRANT TRUNCATE ON {} TO CURRENT_USER").format(Identifier(name)))
    connection.execute(SQL("TRUNCATE {}").format(_list(tables)))
    for name in _parents_first(connection, tables):
        if name in manifest["tables"]:
            with archive.open(_entry(name)) as file:
                _read(connection, file, name, manifest["tables"][name]["columns"])
        elif name == "summed_until":  # nothing is summed yet
            connection.execute("INSERT INTO summed_until (until, looked_at) VALUES ('-infinity', '-infinity')")
    for name, value in manifest["sequences"].items():
        connection.execute("SELECT setval(%s::regclass, %s)", (name, value))
    for name in append_only:
        connection.execute(SQL("REVOKE TRUNCATE ON {} FROM CURRENT_USER").format(Identifier(name)))
    for name in triggered:
        connection.execute(SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(Identifier(name)))


def _read(connection: Connection, file: IO[bytes], name: str, columns: list[str]) -> None:
    query = SQL("COPY {} ({}) FROM STDIN").format(Identifier(name), _list(columns))
    with connection.cursor().copy(query) as copy:
        while chunk := file.read(_CHUNK):
            copy.write(chunk)


def _parents_first(connection: Connection, tables: Iterable[str]) -> list[str]:
    """So that every foreign key is met by rows that are there already."""
    sorter: TopologicalSorter[str] = TopologicalSorter(dict.fromkeys(tables, ()))
    for table, referenced in connection.execute(_REFERENCES):
        sorter.add(table, referenced)
    return list(sorter.static_order())


def _refresh_aggregates(connection: Connection) -> None:
    if not connection.execute(
        "SELECT WHERE to_regclass('timescaledb_information.continuous_aggregates') IS NOT NULL"
    ).rowcount:
        return
    views = connection.execute("SELECT view_name FROM timescaledb_information.continuous_aggregates").fetchall()
    for (view,) in views:
        connection.execute("CALL refresh_continuous_aggregate(%s, NULL, NULL)", (view,))


def _names(connection: Connection, query: str) -> set[str]:
    return {name for (name,) in connection.execute(query)}


def _list(names: Iterable[str]) -> Composed:
    return SQL(", ").join(map(Identifier, names))


def _entry(name: str) -> str:
    return f"tables/{name}.copy"
