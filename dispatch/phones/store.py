"""SQL of what goes to phones: one row an assignment, so that it is told once however many workers look."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import dict_row

from dispatch.phones.model import next_try

__all__ = ["PhoneStore"]


class PhoneStore:
    """Over one connection; the caller ends its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def collect(self, now: datetime, offered_before: datetime) -> int:
        """Note the offers that no handheld confirmed; how many are new."""
        cursor = await self._connection.execute(
            """INSERT INTO phone_calls (assignment, made_at, next_at)
               SELECT a.key, %(now)s, %(now)s FROM assignments a
               WHERE a.state = 'offered' AND a.delivered_at IS NULL AND a.member IS NOT NULL
                 AND a.offered_at <= %(before)s
                 AND NOT EXISTS (SELECT FROM phone_calls p WHERE p.assignment = a.key)
               ON CONFLICT DO NOTHING""",
            {"now": now, "before": offered_before},
        )
        return cursor.rowcount

    async def claim(self, now: datetime) -> dict[str, Any] | None:
        """One whose turn has come, and what to tell; nobody else takes it until its next try. None: none is due."""
        async with self._connection.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(
                """SELECT assignment, attempts FROM phone_calls WHERE ended_at IS NULL AND next_at <= %s
                   ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED""",
                (now,),
            )
            row = await cursor.fetchone()
            if row is None:
                return None
            attempts = row["attempts"] + 1
            await cursor.execute(
                "UPDATE phone_calls SET attempts = %s, next_at = %s WHERE assignment = %s",
                (attempts, next_try(attempts, now), row["assignment"]),
            )
            await cursor.execute(
                """SELECT a.key, %(attempts)s::int AS attempts, a.id, a.state = 'offered' AND a.delivered_at IS NULL
                          AS is_needed, a.purpose, a.answer_by, m.id AS member, m.name, m.phone, i.id AS incident,
                          k.code AS kind, k.name_en AS kind_en, k.name_zh AS kind_zh, i.priority, i.description,
                          i.address, i.latitude, i.longitude, i.drill
                   FROM assignments a JOIN members m ON m.key = a.member JOIN incidents i ON i.key = a.incident
                   JOIN incident_kinds k ON k.key = i.kind WHERE a.key = %(assignment)s""",
                {"attempts": attempts, "assignment": row["assignment"]},
            )
            return await cursor.fetchone()

    async def end(self, assignment: int, now: datetime, outcome: str, answer: str | None) -> None:
        """told, needless, or given_up; answer: what the gateway said."""
        await self._connection.execute(
            """UPDATE phone_calls SET ended_at = %s, outcome = %s, answer = %s
               WHERE assignment = %s AND ended_at IS NULL""",
            (now, outcome, answer, assignment),
        )

    async def failed(self, assignment: int, answer: str) -> None:
        """It will be tried again."""
        await self._connection.execute("UPDATE phone_calls SET answer = %s WHERE assignment = %s", (answer, assignment))
