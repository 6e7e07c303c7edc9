"""SQL of help cases, their steps and visits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import dict_row

from registry.scope.queries import BELOW_SCOPE
from subsites.record.desk import Subject, page_of, rows_of
from subsites.record.homes import ADDRESS, HOME, of_head
from subsites.record.model import Told

__all__ = ["CASE", "CaseStore"]

CASE = Subject(
    table="help_cases",
    prefix="HC",
    word="case",
    told=f"""x.state, x.kind, h.id AS household, p.id AS person, x.title, x.need, m.id AS helper,
             m.name AS helper_name, x.helper AS helper_key, x.next_visit_on, x.result, x.outcome, x.author,
             x.created_at, x.ended_at, {ADDRESS} AS address, coalesce(p.name, {of_head("name")}) AS name,
             coalesce(p.telephone_sealed, {of_head("telephone_sealed")}) AS telephone_sealed,
             (SELECT count(*) FROM help_visits v WHERE v.help_case = x.key) AS visits,
             (SELECT max(v.at) FROM help_visits v WHERE v.help_case = x.key) AS visited_at""",
    joins=f"""JOIN households h ON h.key = x.household LEFT JOIN people p ON p.key = x.person {HOME}
              LEFT JOIN members m ON m.key = x.helper""",
)


_MOST_HELPED = 100


class CaseStore:
    """Help cases over one connection; the caller ends its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def page(self, scope: int, *, before: int, limit: int, filters: Mapping[str, Any]) -> list[Told]:
        """The newest first; filters: those of every room, state, kind, overdue_on (a day)."""
        return await page_of(self._connection, CASE, scope, filters, _ASKED, before=before, limit=limit)

    async def helped_by(self, member: int | None, case: str | None = None, *, lock: bool = False) -> list[Told]:
        """Open cases that a member (key) helps with, wherever they are, the newest first, 100 at most; or one (id)."""
        where = f"""x.helper = %(helper)s AND (%(id)s::text IS NULL OR x.id = %(id)s)
                    AND (%(id)s::text IS NOT NULL OR x.ended_at IS NULL)
                    ORDER BY x.key DESC LIMIT {_MOST_HELPED} {"FOR UPDATE OF x" if lock else ""}"""
        return await rows_of(self._connection, CASE, where, {"helper": member, "id": case})

    async def steps(self, case: int) -> list[Told]:
        """Of a case (key), in order."""
        return await self._rows(
            "SELECT number, text, due_on, done_at, done_by FROM help_steps WHERE help_case = %s ORDER BY number", case
        )

    async def visits(self, case: int) -> list[Told]:
        """Of a case (key), the newest first, 500 at most."""
        return await self._rows(
            """SELECT at, by_name, note, latitude, longitude FROM help_visits WHERE help_case = %s
               ORDER BY at DESC, key DESC LIMIT 500""",
            case,
        )

    async def plan(self, case: int, steps: Sequence[Mapping[str, Any]]) -> None:
        """Put these steps behind what is done already; what was not done is no more."""
        await self._connection.execute("DELETE FROM help_steps WHERE help_case = %s AND done_at IS NULL", (case,))
        for step in steps:
            await self._connection.execute(
                """INSERT INTO help_steps (help_case, number, text, due_on)
                   SELECT %(case)s, coalesce(max(number), 0) + 1, %(text)s, %(due_on)s
                   FROM help_steps WHERE help_case = %(case)s""",
                {"case": case, "text": step["text"], "due_on": step["due_on"]},
            )

    async def done(self, case: int, number: int, name: str, at: datetime) -> bool:
        """Tick a step off; False where there is none that is not done."""
        cursor = await self._connection.execute(
            """UPDATE help_steps SET done_at = %s, done_by = %s
               WHERE help_case = %s AND number = %s AND done_at IS NULL""",
            (at, name, case, number),
        )
        return cursor.rowcount == 1

    async def visit(self, case: int, visit: Mapping[str, Any]) -> None:
        """Add one: at, by_name, member (key), note, latitude, longitude."""
        await self._connection.execute(
            """INSERT INTO help_visits (help_case, at, by_name, member, note, latitude, longitude)
               VALUES (%(case)s, %(at)s, %(by_name)s, %(member)s, %(note)s, %(latitude)s, %(longitude)s)""",
            dict(visit) | {"case": case},
        )

    async def household_of(self, person: str, scope: int) -> tuple[int, str] | None:
        """(key, household's id) of a person (id) who lives in a household and may be seen."""
        cursor = await self._connection.execute(
            f"""SELECT p.key, h.id FROM people p JOIN households h ON h.key = p.household
                WHERE p.id = %(id)s AND p.ended_at IS NULL AND p.organisation IN {BELOW_SCOPE}""".encode(),
            {"id": person, "scope": scope},
        )
        row = await cursor.fetchone()
        return None if row is None else (row[0], row[1])

    async def household(self, household: str, scope: int) -> tuple[int, int] | None:
        """(key, organisation's key) of a household (id) that is there and may be seen."""
        cursor = await self._connection.execute(
            f"""SELECT h.key, h.organisation FROM households h
                WHERE h.id = %(id)s AND h.ended_at IS NULL AND h.organisation IN {BELOW_SCOPE}""".encode(),
            {"id": household, "scope": scope},
        )
        row = await cursor.fetchone()
        return None if row is None else (row[0], row[1])

    async def _rows(self, query: str, case: int) -> list[Told]:
        async with self._connection.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(query.encode(), (case,))
            return await cursor.fetchall()


_ASKED = f"""(%(state)s::text IS NULL OR x.state = %(state)s) AND (%(kind)s::text IS NULL OR x.kind = %(kind)s)
    AND (%(overdue_on)s::date IS NULL OR (x.next_visit_on < %(overdue_on)s AND x.ended_at IS NULL))
    AND (%(q)s::text IS NULL OR x.id = %(q)s
         OR position(lower(%(q)s) IN lower(concat_ws(' ', x.title, x.need, {ADDRESS}))) > 0)"""
