"""SQL of assignments. Whoever changes one holds its incident's row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg.errors import UniqueViolation
from psycopg.rows import class_row, dict_row

from dispatch.assignments.model import OPEN, Assignment, AssignmentState, Purpose

__all__ = ["Assignee", "AssignmentStore"]

_COLUMNS = [one.name for one in fields(Assignment)]
_LIST = ", ".join(_COLUMNS)
_CHANGING = [name for name in _COLUMNS if name not in ("key", "id", "incident", "member", "department", "purpose")]
_OPEN = [str(state) for state in OPEN]


@dataclass(frozen=True, slots=True)
class Assignee:
    """A member who may be sent. on_duty: False off shift."""

    key: int
    id: str
    name: str
    on_duty: bool


class AssignmentStore:
    """Assignments over one connection; the caller ends its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def offer(self, offer: Mapping[str, Any]) -> Assignment | None:
        """Store a new one: the fields of Assignment but key and id.

        None when its member has an exclusive one already, or one on this incident.
        """
        names = list(offer)
        query = f"""INSERT INTO assignments (key, id, {", ".join(names)})
                    SELECT n, 'A-' || n, {", ".join(f"%({name})s" for name in names)}
                    FROM nextval(pg_get_serial_sequence('assignments', 'key')) AS n
                    WHERE NOT EXISTS (SELECT FROM assignments a WHERE a.incident = %(incident)s
                        AND a.member IS NOT DISTINCT FROM %(member)s::int
                        AND a.department IS NOT DISTINCT FROM %(department)s::int AND a.state = ANY(%(open)s))
                    ON CONFLICT (member)
                    WHERE exclusive AND state IN ('offered', 'acknowledged', 'en_route', 'on_scene')
                    DO NOTHING RETURNING {_LIST}"""
        async with self._connection.cursor(row_factory=class_row(Assignment)) as cursor:
            await cursor.execute(query.encode(), dict(offer) | {"open": _OPEN})
            row = await cursor.fetchone()
        return None if row is None else _typed(row)

    async def busy_with(self, member: int) -> str | None:
        """The incident (id) that holds this member exclusively."""
        cursor = await self._connection.execute(
            """SELECT i.id FROM assignments a JOIN incidents i ON i.key = a.incident
               WHERE a.member = %s AND a.exclusive AND a.state = ANY(%s)""",
            (member, _OPEN),
        )
        row = await cursor.fetchone()
        return None if row is None else str(row[0])

    async def assignee(self, member: str, scope: int | None) -> Assignee | None:
        """The member of that id below `scope` (None: anywhere)."""
        async with self._connection.cursor(row_factory=class_row(Assignee)) as cursor:
            await cursor.execute(
                """SELECT m.key, m.id, m.name, m.on_duty FROM members m
                   WHERE m.id = %(id)s AND (%(scope)s::int IS NULL OR EXISTS (
                       SELECT FROM organisation_closure c
                       WHERE c.ancestor = %(scope)s AND c.descendant = m.organisation))""",
                {"id": member, "scope": scope},
            )
            return await cursor.fetchone()

    async def department(self, organisation: str, scope: int | None) -> int | None:
        """Key of that organisation: one without a level of its own below the district that `scope` belongs to."""
        cursor = await self._connection.execute(
            """SELECT o.key FROM organisations o WHERE o.id = %(id)s AND (%(scope)s::int IS NULL OR EXISTS (
                   SELECT FROM organisation_closure up JOIN organisations top ON top.key = up.ancestor
                   JOIN organisation_closure down ON down.ancestor = top.key
                   WHERE up.descendant = %(scope)s AND down.descendant = o.key
                     AND (top.key = %(scope)s OR top.level = 'district' AND o.level = 'department')))""",
            {"id": organisation, "scope": scope},
        )
        row = await cursor.fetchone()
        return None if row is None else int(row[0])

    async def incident_of(self, assignment: str) -> str | None:
        """The id of the incident it is on."""
        cursor = await self._connection.execute(
            "SELECT i.id FROM assignments a JOIN incidents i ON i.key = a.incident WHERE a.id = %s", (assignment,)
        )
        row = await cursor.fetchone()
        return None if row is None else str(row[0])

    async def find(self, assignment: str) -> Assignment | None:
        """The assignment of that id; hold its incident's row first."""
        rows = await self._rows("id = %(id)s", {"id": assignment})
        return rows[0] if rows else None

    async def of_incident(
        self, incident: int, *states: AssignmentState, purpose: Purpose | None = None
    ) -> list[Assignment]:
        """Those of an incident in one of the states, in the order they were made."""
        values = {"incident": incident, "states": [str(state) for state in states], "purpose": purpose}
        return await self._rows(
            """incident = %(incident)s AND state = ANY(%(states)s)
               AND (%(purpose)s::text IS NULL OR purpose = %(purpose)s)""",
            values,
        )  # fmt: skip

    async def save(self, assignment: Assignment) -> None:
        """Write what may have changed."""
        values = {name: getattr(assignment, name) for name in _CHANGING}
        query = f"UPDATE assignments SET {', '.join(f'{name} = %({name})s' for name in _CHANGING)} WHERE key = %(key)s"
        await self._connection.execute(query.encode(), values | {"key": assignment.key})

    async def take_up_again(self, assignment: Assignment) -> bool:
        """Open a handled one again; False when its member is busy with another by now."""
        again = replace(assignment, state=AssignmentState.ACKNOWLEDGED, ended_at=None, on_scene_at=None)
        try:
            async with self._connection.transaction():
                await self.save(again)
        except UniqueViolation:
            return False
        return True

    async def give(self, assignment: int, taker: int) -> bool:
        """It is the taker's (key) now; False when he has an exclusive one already."""
        try:
            async with self._connection.transaction():
                await self._connection.execute("UPDATE assignments SET member = %s WHERE key = %s", (taker, assignment))
        except UniqueViolation:
            return False
        return True

    async def end_all(self, incident: int, now: datetime, reason: str, purpose: Purpose | None = None) -> list[int]:
        """Clear what is open on an incident; keys of the members concerned."""
        cursor = await self._connection.execute(
            """UPDATE assignments SET state = 'cleared', ended_at = %(now)s, reason = %(reason)s
               WHERE incident = %(incident)s AND state = ANY(%(open)s)
                 AND (%(purpose)s::text IS NULL OR purpose = %(purpose)s) RETURNING member""",
            {"incident": incident, "now": now, "reason": reason, "open": _OPEN, "purpose": purpose},
        )
        return [member for (member,) in await cursor.fetchall() if member is not None]

    async def incidents_of(self, member: int) -> list[str]:
        """Ids of the incidents on which a member (key) has something to do, the oldest offer first."""
        cursor = await self._connection.execute(
            """SELECT i.id FROM assignments a JOIN incidents i ON i.key = a.incident
               WHERE a.member = %s AND a.state = ANY(%s) ORDER BY a.key""",
            (member, _OPEN),
        )
        return [one for (one,) in await cursor.fetchall()]

    async def unanswered(self, now: datetime, limit: int) -> list[str]:
        """Ids of offers whose time to answer is over."""
        cursor = await self._connection.execute(
            "SELECT id FROM assignments WHERE state = 'offered' AND answer_by <= %s ORDER BY answer_by LIMIT %s",
            (now, limit),
        )
        return [one for (one,) in await cursor.fetchall()]

    async def on_the_way(self) -> list[tuple[str, int, float, float]]:
        """(id, member, latitude, longitude of the incident) of those whose arrival was not proposed yet."""
        cursor = await self._connection.execute(
            """SELECT a.id, a.member, i.latitude, i.longitude FROM assignments a JOIN incidents i ON i.key = a.incident
               WHERE a.state IN ('acknowledged', 'en_route') AND a.member IS NOT NULL
                 AND a.arrival_proposed_at IS NULL"""
        )
        return [(one, member, latitude, longitude) for one, member, latitude, longitude in await cursor.fetchall()]

    async def page(
        self, *, scope: int | None, member: int | None, before: int, limit: int, filters: Mapping[str, Any]
    ) -> list[dict[str, Any]]:
        """The newest first; scope: whose subtree holds the incident or the department; member: only his.

        filters: states (words), member (id), incident (id); None: whatever.
        """
        async with self._connection.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(
                """SELECT a.key, a.id, i.id AS incident, m.id AS member, m.name, o.id AS department, a.purpose, a.state,
                          a.exclusive, a.offered_at, a.answer_by, a.delivered_at, a.acknowledged_at, a.en_route_at,
                          a.arrival_proposed_at, a.on_scene_at, a.ended_at, a.reason, a.metres, a.eta_s, a.policy
                   FROM assignments a JOIN incidents i ON i.key = a.incident LEFT JOIN members m ON m.key = a.member
                   LEFT JOIN organisations o ON o.key = a.department
                   WHERE (%(before)s = 0 OR a.key < %(before)s)
                     AND (%(only)s::int IS NULL OR a.member = %(only)s)
                     AND (%(only)s::int IS NOT NULL OR EXISTS (
                         SELECT FROM organisation_closure c WHERE c.ancestor = %(scope)s
                           AND c.descendant IN (i.organisation, i.place_organisation, a.department)))
                     AND (%(states)s::text[] IS NULL OR a.state = ANY(%(states)s))
                     AND (%(member)s::text IS NULL OR m.id = %(member)s)
                     AND (%(incident)s::text IS NULL OR i.id = %(incident)s)
                   ORDER BY a.key DESC LIMIT %(limit)s""",
                {"scope": scope, "only": member, "before": before, "limit": limit} | dict(filters),
            )
            return await cursor.fetchall()

    async def _rows(self, where: str, values: Mapping[str, Any]) -> list[Assignment]:
        async with self._connection.cursor(row_factory=class_row(Assignment)) as cursor:
            await cursor.execute(f"SELECT {_LIST} FROM assignments WHERE {where} ORDER BY key".encode(), values)
            return [_typed(row) for row in await cursor.fetchall()]


def _typed(row: Assignment) -> Assignment:
    """As the database gave it, its words made enums."""
    return replace(row, state=AssignmentState(row.state), purpose=Purpose(row.purpose))
