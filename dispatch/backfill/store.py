"""SQL of bringing in: what files may name, and whole incidents by COPY."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from psycopg import AsyncConnection
from psycopg.types.json import Jsonb

from dispatch.assignments.model import Assignment
from dispatch.backfill.model import Known, Replayed
from dispatch.incidents.model import Incident, Limits
from dispatch.incidents.store import log_json

__all__ = ["BackfillStore"]

_INCIDENT = [one.name for one in fields(Incident)]
_ASSIGNMENT = [one.name for one in fields(Assignment)]
_LOG = ("incident", "version", "at", "action", "actor", '"user"', "member", "note", "before", "after")


class BackfillStore:
    """Over one connection; the caller ends its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def known(self) -> Known:
        """Everything that a file may name."""
        organisations = await self._rows("SELECT id, key FROM organisations")
        members = await self._rows("SELECT id, key FROM members")
        kinds = await self._rows(
            "SELECT code, key, priority, accept_s, arrive_s, handle_s, verify_s FROM incident_kinds"
        )
        above = await self._rows(
            """SELECT o.key, CASE WHEN up.level <> 'city' THEN up.key END
               FROM organisations o LEFT JOIN organisations up ON up.key = o.parent"""
        )
        return Known(
            dict(organisations), dict(members),
            {
                code: (key, priority, Limits(accept_s=a, arrive_s=b, handle_s=c, verify_s=d))
                for code, key, priority, a, b, c, d in kinds
            },
            dict(above),
        )  # fmt: skip

    async def keys(self, table: str, count: int) -> list[int]:
        """Fresh keys of `incidents` or `assignments`, ascending."""
        rows = await self._rows(
            "SELECT nextval(pg_get_serial_sequence(%s, 'key')) FROM generate_series(1, %s)", (table, count)
        )
        return sorted(key for (key,) in rows)

    async def add(self, replayed: Sequence[Replayed]) -> None:
        """Store them whole."""
        async with self._connection.cursor() as cursor:
            async with cursor.copy(f"COPY incidents ({', '.join(_INCIDENT)}) FROM STDIN".encode()) as copy:
                for one in replayed:
                    await copy.write_row([getattr(one.incident, name) for name in _INCIDENT])
            async with cursor.copy(f"COPY incident_log ({', '.join(_LOG)}) FROM STDIN".encode()) as copy:
                for one in replayed:
                    for entry in one.entries:
                        await copy.write_row(
                            (
                                one.incident.key, entry.version, entry.step.at, str(entry.step.action),
                                entry.step.actor, None, entry.member, entry.step.note,
                                Jsonb(entry.before, log_json), Jsonb(entry.after, log_json),
                            )
                        )  # fmt: skip
        await self._assign(replayed)

    async def _assign(self, replayed: Sequence[Replayed]) -> None:
        rows = [assignment for one in replayed for assignment in one.assignments]
        keys = await self.keys("assignments", len(rows))
        async with (
            self._connection.cursor() as cursor,
            cursor.copy(f"COPY assignments ({', '.join(_ASSIGNMENT)}) FROM STDIN".encode()) as copy,
        ):
            for key, row in zip(keys, rows, strict=True):
                values = {name: getattr(row, name) for name in _ASSIGNMENT} | {"key": key, "id": f"A-{key}"}
                await copy.write_row(list(values.values()))

    async def _rows(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        cursor = await self._connection.execute(query.encode(), values)
        return await cursor.fetchall()
