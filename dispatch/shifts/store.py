"""SQL of shifts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import class_row

from registry.scope.queries import BELOW_SCOPE

__all__ = ["HandOver", "OnDuty", "Shift", "ShiftStore"]


@dataclass(frozen=True, slots=True)
class Shift:
    """A shift. organisation: id; members: ids, in the order of keys."""

    key: int
    id: str
    organisation: str
    name: str
    starts_at: datetime
    ends_at: datetime
    members: list[str]


@dataclass(frozen=True, slots=True)
class OnDuty:
    """A member on a roster at an instant. on_duty: as the registry says now."""

    key: int
    member: str
    name: str
    organisation: str
    shift: str
    shift_name: str
    ends_at: datetime
    on_duty: bool


@dataclass(frozen=True, slots=True)
class HandOver:
    """One member's open work went to another; incidents: ids."""

    key: int
    member: str
    taker: str
    by_name: str
    at: datetime
    note: str
    incidents: list[str]


class ShiftStore:
    """Shifts over one connection; the caller ends its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def organisation_key(self, organisation: str, scope: int) -> int | None:
        """The key of an organisation (id) below the scope."""
        cursor = await self._connection.execute(
            """SELECT o.key FROM organisations o JOIN organisation_closure c ON c.descendant = o.key
               WHERE o.id = %s AND c.ancestor = %s""",
            (organisation, scope),
        )
        row = await cursor.fetchone()
        return None if row is None else int(row[0])

    async def member_keys(self, members: Sequence[str], scope: int) -> dict[str, int]:
        """The keys of those members (ids) that are below the scope."""
        cursor = await self._connection.execute(
            """SELECT m.id, m.key FROM members m JOIN organisation_closure c ON c.descendant = m.organisation
               WHERE m.id = ANY(%s) AND c.ancestor = %s""",
            (list(members), scope),
        )
        return {member: key async for member, key in cursor}

    async def add(self, shift: Mapping[str, Any]) -> str:
        """Store one: organisation (key), name, starts_at, ends_at. Its id."""
        cursor = await self._connection.execute(
            """INSERT INTO shifts (key, id, organisation, name, starts_at, ends_at)
               SELECT n, 'S-' || n, %(organisation)s, %(name)s, %(starts_at)s, %(ends_at)s
               FROM nextval(pg_get_serial_sequence('shifts', 'key')) AS n RETURNING id""",
            shift,
        )
        row = await cursor.fetchone()
        assert row is not None
        return str(row[0])

    async def change(self, shift: int, changes: Mapping[str, Any]) -> None:
        """Set name, starts_at or ends_at."""
        if changes:
            columns = ", ".join(f"{name} = %({name})s" for name in changes)
            await self._connection.execute(
                f"UPDATE shifts SET {columns} WHERE key = %(key)s".encode(), dict(changes) | {"key": shift}
            )

    async def set_members(self, shift: int, members: Sequence[int]) -> None:
        """These (keys) and no others; who stays keeps what he has done."""
        await self._connection.execute(
            "DELETE FROM shift_members WHERE shift = %s AND member <> ALL(%s)", (shift, list(members))
        )
        await self._connection.execute(
            "INSERT INTO shift_members (shift, member) SELECT %s, unnest(%s::int[]) ON CONFLICT DO NOTHING",
            (shift, list(members)),
        )

    async def remove(self, shift: int) -> None:
        """Remove it."""
        await self._connection.execute("DELETE FROM shifts WHERE key = %s", (shift,))

    async def find(self, shift: str, scope: int) -> Shift | None:
        """One below the scope, locked."""
        rows = await self._rows("s.id = %(id)s FOR UPDATE OF s", {"id": shift, "scope": scope})
        return rows[0] if rows else None

    async def page(
        self, scope: int, *, after: int, limit: int, member: str | None, since: datetime | None, until: datetime | None
    ) -> list[Shift]:
        """In the order of keys; of one member (id), that end since, that begin before until."""
        return await self._rows(
            """s.key > %(after)s AND (%(since)s::timestamptz IS NULL OR s.ends_at >= %(since)s)
               AND (%(until)s::timestamptz IS NULL OR s.starts_at < %(until)s)
               AND (%(member)s::text IS NULL OR EXISTS (SELECT FROM shift_members x JOIN members m ON m.key = x.member
                                                        WHERE x.shift = s.key AND m.id = %(member)s))
               ORDER BY s.key LIMIT %(limit)s""",
            {"scope": scope, "after": after, "limit": limit, "member": member, "since": since, "until": until},
        )

    async def roster(self, scope: int, at: datetime, organisation: str | None) -> list[OnDuty]:
        """Who is on a shift at that instant, below the scope and the organisation (id)."""
        async with self._connection.cursor(row_factory=class_row(OnDuty)) as cursor:
            await cursor.execute(
                """SELECT m.key, m.id AS member, m.name, o.id AS organisation, s.id AS shift, s.name AS shift_name,
                          s.ends_at, m.on_duty
                   FROM shifts s JOIN shift_members x ON x.shift = s.key JOIN members m ON m.key = x.member
                   JOIN organisations o ON o.key = m.organisation
                   JOIN organisation_closure seen ON seen.descendant = o.key AND seen.ancestor = %(scope)s
                   WHERE s.starts_at <= %(at)s AND s.ends_at > %(at)s
                     AND (%(organisation)s::text IS NULL OR EXISTS (
                         SELECT FROM organisation_closure b JOIN organisations asked ON asked.key = b.ancestor
                         WHERE asked.id = %(organisation)s AND b.descendant = o.key))
                   ORDER BY m.key, s.ends_at LIMIT 10000""",
                {"scope": scope, "at": at, "organisation": organisation},
            )
            return await cursor.fetchall()

    async def begin(self, now: datetime) -> int:
        """Send on duty whose shift has begun, once each; how many."""
        cursor = await self._connection.execute(
            """WITH due AS (
                   UPDATE shift_members x SET begun_at = %(now)s FROM shifts s
                   WHERE s.key = x.shift AND x.begun_at IS NULL AND s.starts_at <= %(now)s AND s.ends_at > %(now)s
                   RETURNING x.member)
               UPDATE members m SET on_duty = true FROM due WHERE m.key = due.member AND NOT m.on_duty""",
            {"now": now},
        )
        return cursor.rowcount

    async def end(self, now: datetime) -> int:
        """Send off duty whose shift is over and who has no other that runs, once each; how many."""
        cursor = await self._connection.execute(
            """WITH due AS (
                   UPDATE shift_members x SET done_at = %(now)s FROM shifts s
                   WHERE s.key = x.shift AND x.done_at IS NULL AND s.ends_at <= %(now)s
                   RETURNING x.member)
               UPDATE members m SET on_duty = false FROM due
               WHERE m.key = due.member AND m.on_duty AND NOT EXISTS (
                   SELECT FROM shift_members o JOIN shifts r ON r.key = o.shift
                   WHERE o.member = m.key AND r.starts_at <= %(now)s AND r.ends_at > %(now)s)""",
            {"now": now},
        )
        return cursor.rowcount

    async def open_assignments(self, member: int) -> list[str]:
        """Ids of the assignments that still ask something of a member (key)."""
        cursor = await self._connection.execute(
            """SELECT id FROM assignments WHERE member = %s
               AND state IN ('offered', 'acknowledged', 'en_route', 'on_scene') ORDER BY key""",
            (member,),
        )
        return [one for (one,) in await cursor.fetchall()]

    async def add_hand_over(self, hand_over: Mapping[str, Any]) -> None:
        """Store one: shift, member, taker (keys), by_name, at, note, incidents (ids)."""
        await self._connection.execute(
            """INSERT INTO hand_overs (shift, member, taker, by_name, at, note, incidents)
               VALUES (%(shift)s, %(member)s, %(taker)s, %(by_name)s, %(at)s, %(note)s, %(incidents)s)""",
            hand_over,
        )

    async def hand_overs(self, shift: int) -> list[HandOver]:
        """Of a shift (key), the oldest first."""
        async with self._connection.cursor(row_factory=class_row(HandOver)) as cursor:
            await cursor.execute(
                """SELECT h.key, m.id AS member, t.id AS taker, h.by_name, h.at, h.note, h.incidents
                   FROM hand_overs h JOIN members m ON m.key = h.member JOIN members t ON t.key = h.taker
                   WHERE h.shift = %s ORDER BY h.key""",
                (shift,),
            )
            return await cursor.fetchall()

    async def _rows(self, where: str, values: Mapping[str, Any]) -> list[Shift]:
        async with self._connection.cursor(row_factory=class_row(Shift)) as cursor:
            await cursor.execute(
                f"""SELECT s.key, s.id, o.id AS organisation, s.name, s.starts_at, s.ends_at,
                           ARRAY(SELECT m.id FROM shift_members x JOIN members m ON m.key = x.member
                                 WHERE x.shift = s.key ORDER BY m.key) AS members
                    FROM shifts s JOIN organisations o ON o.key = s.organisation
                    WHERE s.organisation IN {BELOW_SCOPE}
                      AND {where}""".encode(),
                values,
            )
            return await cursor.fetchall()
