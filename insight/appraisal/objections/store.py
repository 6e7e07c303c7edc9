"""SQL of objections and corrections. What people read is limited to the subtree of `scope`, an organisation's key."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from insight.appraisal.facts import Subject
from insight.rows_store import Row, RowsStore
from insight.scope import SEEN

__all__ = ["ObjectionStore"]


class ObjectionStore(RowsStore):
    """Both stay on record."""

    async def page(
        self, scope: int, *, member: int | None, before: int, limit: int, objection: str | None = None,
        state: str | None = None, lock: bool = False,
    ) -> list[Row]:  # fmt: skip
        """The newest first; member: only those about him."""
        return await self.rows(
            f"""SELECT b.key, b.id, b.version, b.period, b.level, b.organisation AS organisation_key,
                       b.member AS member_key, COALESCE(m.id, o.id) AS subject, COALESCE(m.name, o.name) AS name,
                       o.id AS organisation, b.rule, i.id AS incident, b.reason, b."user", b.made_by, b.made_at,
                       b.state, b.answer, b.decided_by, b.decided_at,
                       (SELECT sum(c.points) FROM appraisal_corrections c WHERE c.objection = b.key) AS points
                FROM appraisal_objections b JOIN organisations o ON o.key = b.organisation
                LEFT JOIN members m ON m.key = b.member LEFT JOIN incidents i ON i.key = b.incident
                WHERE b.organisation {SEEN} AND (%(before)s = 0 OR b.key < %(before)s)
                  AND (%(member)s::int IS NULL OR b.member = %(member)s)
                  AND (%(objection)s::text IS NULL OR b.id = %(objection)s)
                  AND (%(state)s::text IS NULL OR b.state = %(state)s)
                ORDER BY b.key DESC LIMIT %(limit)s {"FOR UPDATE OF b" if lock else ""}""",
            {"scope": scope, "member": member, "before": before, "limit": limit, "objection": objection,
             "state": state},
        )  # fmt: skip

    async def add(self, objection: Mapping[str, Any]) -> str:
        """A row of the table but its key and id; its id."""
        cursor = await self.connection.execute(
            """INSERT INTO appraisal_objections (key, id, period, level, organisation, member, rule, incident, reason,
                                                 "user", made_by, made_at)
               SELECT n, 'O-' || n, %(period)s, %(level)s, %(organisation)s, %(member)s, %(rule)s,
                      (SELECT key FROM incidents WHERE id = %(incident)s), %(reason)s, %(user)s, %(made_by)s,
                      %(made_at)s
               FROM nextval(pg_get_serial_sequence('appraisal_objections', 'key')) AS n RETURNING id""",
            objection,
        )
        row = await cursor.fetchone()
        assert row is not None
        return str(row[0])

    async def decide(self, key: int, state: str, answer: str, by: str, at: datetime) -> None:
        """On record."""
        await self.connection.execute(
            """UPDATE appraisal_objections SET state = %s, answer = %s, decided_by = %s, decided_at = %s,
               version = version + 1 WHERE key = %s""",
            (state, answer, by, at, key),
        )

    async def is_above(self, user_organisation: int, organisation: int) -> bool:
        """Whether the user's organisation lies strictly above."""
        cursor = await self.connection.execute(
            "SELECT FROM organisation_closure WHERE ancestor = %s AND descendant = %s AND ancestor <> descendant",
            (user_organisation, organisation),
        )
        return await cursor.fetchone() is not None

    async def corrections(self, subject: Row, period: str) -> list[Row]:
        """On record for one subject, the oldest first."""
        return await self.rows(
            """SELECT c.points, c.reason, c.made_by, c.made_at, b.id AS objection
               FROM appraisal_corrections c LEFT JOIN appraisal_objections b ON b.key = c.objection
               WHERE c.period = %(period)s AND c.level = %(level)s AND c.organisation = %(organisation)s
                 AND c.member IS NOT DISTINCT FROM %(member)s::int ORDER BY c.key""",
            {**subject, "period": period},
        )

    async def corrections_of(self, period: str) -> dict[Subject, Decimal]:
        """Their sums."""
        rows = await self.rows(
            """SELECT c.level, COALESCE(m.id, o.id) AS id, sum(c.points) AS points FROM appraisal_corrections c
               JOIN organisations o ON o.key = c.organisation LEFT JOIN members m ON m.key = c.member
               WHERE c.period = %(period)s GROUP BY 1, 2""",
            {"period": period},
        )
        return {Subject(row["level"], row["id"]): row["points"] for row in rows}

    async def correct(self, objection: Row, points: Decimal, reason: str, by: str, at: datetime) -> None:
        """The score objected to, on record; objection: a row of `page`."""
        await self.connection.execute(
            """INSERT INTO appraisal_corrections (period, level, organisation, member, points, reason, objection,
                                                  made_by, made_at)
               SELECT period, level, organisation, member, %s, %s, key, %s, %s FROM appraisal_objections
               WHERE key = %s""",
            (points, reason, by, at, objection["key"]),
        )
