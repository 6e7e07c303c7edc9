"""SQL of scores and frozen periods. What people read is limited to the subtree of `scope`, an organisation's key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from psycopg.types.json import Jsonb

from insight.appraisal.facts import Subject
from insight.appraisal.model import Score
from insight.appraisal.periods import Period
from insight.rows_store import Row, RowsStore
from insight.scope import SEEN
from registry.scope.queries import BELOW_ASKED

__all__ = ["AppraisalStore"]

_TOTALS = """SELECT s.period, s.level, s.organisation, s.member, s.due, s.few, s.possible, s.counted_at, s.detail,
       LEAST(s.possible, GREATEST(0, s.raw + COALESCE((
           SELECT sum(c.points) FROM appraisal_corrections c
           WHERE c.period = s.period AND c.level = s.level AND c.organisation = s.organisation
             AND c.member IS NOT DISTINCT FROM s.member), 0))) AS total
    FROM appraisal_scores s WHERE {where}"""


class AppraisalStore(RowsStore):
    """Scores as they are shown, and the periods that are frozen."""

    async def lock(self) -> None:
        """One process at a time counts and freezes, until the transaction ends."""
        await self.connection.execute("SELECT pg_advisory_xact_lock(hashtextextended('appraisal', 0))")

    async def first_report(self) -> datetime | None:
        """When the oldest incident was reported."""
        cursor = await self.connection.execute("SELECT min(reported_at) FROM incidents")
        row = await cursor.fetchone()
        return None if row is None else row[0]

    async def put_scores(self, period: str, scores: Sequence[Score], now: datetime, *, items: int) -> None:
        """These instead of what the period had; at most so many items a rule are kept beside each."""
        await self.connection.execute("DELETE FROM appraisal_scores WHERE period = %s", (period,))
        rows = [
            {"level": one.subject.level, "id": one.subject.id, "raw": str(one.raw), "possible": str(one.possible),
             "due": one.due, "few": one.few, "detail": _cut(one, items)}
            for one in scores
        ]  # fmt: skip
        await self.connection.execute(
            """INSERT INTO appraisal_scores (period, level, organisation, member, raw, possible, due, few, detail,
                                             counted_at)
               SELECT %s, r.level, COALESCE(m.organisation, o.key), m.key, r.raw, r.possible, r.due, r.few, r.detail, %s
               FROM jsonb_to_recordset(%s) AS r (level text, id text, raw numeric, possible numeric, due int,
                                                 few boolean, detail jsonb)
               LEFT JOIN members m ON r.level = 'member' AND m.id = r.id
               LEFT JOIN organisations o ON r.level <> 'member' AND o.id = r.id
               WHERE COALESCE(m.key, o.key) IS NOT NULL""",
            (period, now, Jsonb(rows)),
        )

    async def ranking(
        self, scope: int, *, period: str, before: str | None, level: str, organisation: str | None
    ) -> list[Row]:  # fmt: skip
        """A league table of what is below the scope and the organisation (id), at most 5,000 rows.

        Equal totals share a place; those over few incidents stand last and have none. before: the period to compare.
        """
        below = f"""t.organisation {SEEN} AND t.level = %(level)s
            AND (%(organisation)s::text IS NULL OR t.organisation IN {BELOW_ASKED})"""
        placed = f"""SELECT t.*, CASE WHEN NOT t.few THEN rank() OVER (PARTITION BY t.few ORDER BY t.total DESC) END
            AS rank FROM ({{totals}}) t WHERE {below}"""
        now = placed.format(totals=_TOTALS.format(where="s.period = %(period)s"))
        then = placed.format(totals=_TOTALS.format(where="s.period = %(before)s"))
        return await self.rows(
            f"""WITH present AS ({now}), past AS ({then})
                SELECT COALESCE(m.id, o.id) AS id, COALESCE(m.name, o.name) AS name, o.id AS organisation,
                       o.name AS organisation_name, n.level, n.total, n.possible, n.due, n.few, n.rank,
                       p.rank AS rank_before, p.total AS total_before, n.counted_at, n.detail
                FROM present n JOIN organisations o ON o.key = n.organisation LEFT JOIN members m ON m.key = n.member
                LEFT JOIN past p ON p.organisation = n.organisation AND p.member IS NOT DISTINCT FROM n.member
                ORDER BY n.few, n.rank, COALESCE(m.name, o.name), 1 LIMIT 5000""",
            {"scope": scope, "period": period, "before": before, "level": level, "organisation": organisation},
        )

    async def score(self, scope: int, subject: Subject, period: str, *, member: int | None = None) -> Row | None:
        """One of them with its detail; member: only that member's own."""
        rows = await self.rows(
            f"""SELECT t.*, COALESCE(m.id, o.id) AS id, COALESCE(m.name, o.name) AS name, o.id AS organisation_id
                FROM ({_TOTALS.format(where="s.period = %(period)s")}) t JOIN organisations o ON o.key = t.organisation
                LEFT JOIN members m ON m.key = t.member
                WHERE t.organisation {SEEN} AND (%(level)s = 'member') = (t.member IS NOT NULL)
                  AND t.level = %(level)s AND COALESCE(m.id, o.id) = %(id)s
                  AND (%(member)s::int IS NULL OR t.member = %(member)s)""",
            {"scope": scope, "period": period, "level": subject.level, "id": subject.id, "member": member},
        )
        return rows[0] if rows else None

    async def subject(self, member: int | None, organisation: int) -> Subject:
        """Who those keys are: the member, else the organisation."""
        cursor = await self.connection.execute(
            "SELECT o.level, o.id, (SELECT id FROM members WHERE key = %s) FROM organisations o WHERE o.key = %s",
            (member, organisation),
        )
        row = await cursor.fetchone()
        assert row is not None
        return Subject("member", row[2]) if row[2] is not None else Subject(row[0], row[1])

    async def places(self, subject: Row, period: str) -> list[Row]:
        """A score's place among its level below each organisation above it: no names but those organisations'."""
        return await self.rows(
            f"""SELECT a.id AS organisation, a.name, a.level, count(*) FILTER (WHERE NOT t.few) AS of,
                       1 + count(*) FILTER (WHERE NOT t.few AND t.total > %(total)s) AS rank
                FROM organisation_closure up JOIN organisations a ON a.key = up.ancestor
                JOIN organisation_closure down ON down.ancestor = a.key
                JOIN ({_TOTALS.format(where="s.period = %(period)s")}) t ON t.organisation = down.descendant
                WHERE up.descendant = %(organisation)s AND t.level = %(level)s
                GROUP BY a.key HAVING count(*) > 1 ORDER BY min(t.total), count(*)""",
            {"period": period, "total": subject["total"], "organisation": subject["organisation"],
             "level": subject["level"]},
        )  # fmt: skip

    async def stored(self, period: str) -> dict[Subject, Decimal]:
        """Scores before corrections, as they are shown of a period."""
        rows = await self.rows(
            """SELECT s.level, COALESCE(m.id, o.id) AS id, s.raw FROM appraisal_scores s
               JOIN organisations o ON o.key = s.organisation LEFT JOIN members m ON m.key = s.member
               WHERE s.period = %(period)s""",
            {"period": period},
        )
        return {Subject(row["level"], row["id"]): row["raw"] for row in rows}

    async def trend(self, subject: Row, period: str) -> list[Row]:
        """A score's totals with the corrections, to that period, the oldest first; twelve at most."""
        found = await self.rows(
            f"""SELECT t.period, t.total, t.possible, t.few FROM ({_TOTALS.format(where="true")}) t
                LEFT JOIN appraisal_periods p ON p.period = t.period
                WHERE t.level = %(level)s AND t.organisation = %(organisation)s
                  AND t.member IS NOT DISTINCT FROM %(member)s::int
                  AND COALESCE(p.starts_at, 'infinity') <= COALESCE(
                      (SELECT starts_at FROM appraisal_periods WHERE period = %(period)s), 'infinity')
                ORDER BY p.starts_at DESC NULLS FIRST LIMIT 12""",
            {**subject, "period": period},
        )
        return found[::-1]

    async def last_frozen(self) -> Row | None:
        """The newest frozen period, its document included."""
        rows = await self.rows("SELECT * FROM appraisal_periods ORDER BY number DESC LIMIT 1", {})
        return rows[0] if rows else None

    async def frozen(self, *, documents: bool = False) -> list[Row]:
        """Every frozen period, the oldest first."""
        document = ", document" if documents else ""
        return await self.rows(
            f"""SELECT number, period, starts_at, ends_at, rules, frozen_at, previous, sha256{document}
                FROM appraisal_periods ORDER BY number""",
            {},
        )

    async def freeze(
        self, period: Period, number: int, document: str, previous: str, sha256: str, at: datetime
    ) -> None:
        """Keep it for good."""
        await self.connection.execute(
            """INSERT INTO appraisal_periods (number, period, starts_at, ends_at, rules, frozen_at, document, previous,
                                              sha256)
               VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)""",
            (number, period.id, period.starts_at, period.ends_at, period.version, at, document, previous, sha256),
        )


def _cut(score: Score, items: int) -> dict[str, Any]:
    plain = score.plain()
    for line in plain["lines"]:
        line["left_out"] = max(0, len(line["items"]) - items)
        line["items"] = sorted(line["items"], key=lambda item: -Decimal(item["points"]))[:items]
    return plain
