"""SQL of the appraisal: rules, scores, frozen periods, objections and corrections, falsifications.

What people read is limited to the subtree of `scope`, an organisation's key, and to `member` (key) where it is given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from insight.appraisal.facts import Subject
from insight.appraisal.model import Score
from insight.appraisal.periods import Period, Version
from insight.appraisal.rules import Rules
from registry.scope.queries import BELOW_SCOPE

__all__ = ["AppraisalStore", "Row"]

Row = dict[str, Any]

_SEEN = f"IN {BELOW_SCOPE}"
_TOTALS = """SELECT s.level, s.organisation, s.member, s.due, s.few, s.possible, s.counted_at, s.detail,
       LEAST(s.possible, GREATEST(0, s.raw + COALESCE((
           SELECT sum(c.points) FROM appraisal_corrections c
           WHERE c.period = s.period AND c.level = s.level AND c.organisation = s.organisation
             AND c.member IS NOT DISTINCT FROM s.member), 0))) AS total
    FROM appraisal_scores s WHERE s.period = {period}"""


class AppraisalStore:
    """Over one connection; the caller ends its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def versions(self) -> list[Version]:
        """Of the rules, the oldest first; without any the preset is in force."""
        cursor = await self._connection.execute(
            "SELECT version, in_force_from, rules FROM appraisal_rules ORDER BY version"
        )
        return [Version(number, at, Rules.model_validate(rules)) for number, at, rules in await cursor.fetchall()]

    async def rules(self) -> list[Row]:
        """Versions with who made them, the newest first."""
        return await self._rows(
            """SELECT version, rules, note, in_force_from, made_by, made_at
               FROM appraisal_rules ORDER BY version DESC LIMIT 200""",
            {},
        )

    async def add_rules(self, version: int, rules: Rules, note: str, from_: datetime, by: str, now: datetime) -> None:
        """A new version. Raises UniqueViolation where somebody else made it meanwhile."""
        await self._connection.execute(
            """INSERT INTO appraisal_rules (version, rules, note, in_force_from, made_by, made_at)
               VALUES (%s, %s, %s, %s, %s, %s)""",
            (version, Jsonb(rules.model_dump(mode="json")), note, from_, by, now),
        )

    async def lock(self) -> None:
        """One process at a time counts and freezes, until the transaction ends."""
        await self._connection.execute("SELECT pg_advisory_xact_lock(hashtextextended('appraisal', 0))")

    async def first_report(self) -> datetime | None:
        """When the oldest incident was reported."""
        cursor = await self._connection.execute("SELECT min(reported_at) FROM incidents")
        row = await cursor.fetchone()
        return None if row is None else row[0]

    async def put_scores(self, period: str, scores: Sequence[Score], now: datetime, *, items: int) -> None:
        """These instead of what the period had; at most so many items a rule are kept beside each."""
        await self._connection.execute("DELETE FROM appraisal_scores WHERE period = %s", (period,))
        rows = [
            {"level": one.subject.level, "id": one.subject.id, "raw": str(one.raw), "possible": str(one.possible),
             "due": one.due, "few": one.few, "detail": _cut(one, items)}
            for one in scores
        ]  # fmt: skip
        await self._connection.execute(
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
        below = f"""t.organisation {_SEEN} AND t.level = %(level)s AND (%(organisation)s::text IS NULL OR EXISTS (
            SELECT FROM organisation_closure b JOIN organisations a ON a.key = b.ancestor
            WHERE a.id = %(organisation)s AND b.descendant = t.organisation))"""
        placed = f"""SELECT t.*, CASE WHEN NOT t.few THEN rank() OVER (PARTITION BY t.few ORDER BY t.total DESC) END
            AS rank FROM ({{totals}}) t WHERE {below}"""
        now = placed.format(totals=_TOTALS.format(period="%(period)s"))
        then = placed.format(totals=_TOTALS.format(period="%(before)s"))
        return await self._rows(
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
        rows = await self._rows(
            f"""SELECT t.*, COALESCE(m.id, o.id) AS id, COALESCE(m.name, o.name) AS name, o.id AS organisation_id
                FROM ({_TOTALS.format(period="%(period)s")}) t JOIN organisations o ON o.key = t.organisation
                LEFT JOIN members m ON m.key = t.member
                WHERE t.organisation {_SEEN} AND (%(level)s = 'member') = (t.member IS NOT NULL)
                  AND t.level = %(level)s AND COALESCE(m.id, o.id) = %(id)s
                  AND (%(member)s::int IS NULL OR t.member = %(member)s)""",
            {"scope": scope, "period": period, "level": subject.level, "id": subject.id, "member": member},
        )
        return rows[0] if rows else None

    async def places(self, subject: Row, period: str) -> list[Row]:
        """A score's place among its level below each organisation above it: no names but those organisations'."""
        return await self._rows(
            f"""SELECT a.id AS organisation, a.name, a.level, count(*) FILTER (WHERE NOT t.few) AS of,
                       1 + count(*) FILTER (WHERE NOT t.few AND t.total > %(total)s) AS rank
                FROM organisation_closure up JOIN organisations a ON a.key = up.ancestor
                JOIN organisation_closure down ON down.ancestor = a.key
                JOIN ({_TOTALS.format(period="%(period)s")}) t ON t.organisation = down.descendant
                WHERE up.descendant = %(organisation)s AND t.level = %(level)s
                GROUP BY a.key HAVING count(*) > 1 ORDER BY min(t.total), count(*)""",
            {"period": period, "total": subject["total"], "organisation": subject["organisation"],
             "level": subject["level"]},
        )  # fmt: skip

    async def last_frozen(self) -> Row | None:
        """The newest frozen period, its document included."""
        rows = await self._rows("SELECT * FROM appraisal_periods ORDER BY number DESC LIMIT 1", {})
        return rows[0] if rows else None

    async def frozen(self, *, documents: bool = False) -> list[Row]:
        """Every frozen period, the oldest first."""
        document = ", document" if documents else ""
        return await self._rows(
            f"""SELECT number, period, starts_at, ends_at, rules, frozen_at, previous, sha256{document}
                FROM appraisal_periods ORDER BY number""",
            {},
        )

    async def freeze(
        self, period: Period, number: int, document: str, previous: str, sha256: str, at: datetime
    ) -> None:
        """Keep it for good."""
        await self._connection.execute(
            """INSERT INTO appraisal_periods (number, period, starts_at, ends_at, rules, frozen_at, document, previous,
                                              sha256)
               VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)""",
            (number, period.id, period.starts_at, period.ends_at, period.version, at, document, previous, sha256),
        )

    async def stored(self, period: str) -> dict[Subject, Decimal]:
        """Scores before corrections, as they are shown of a period."""
        rows = await self._rows(
            """SELECT s.level, COALESCE(m.id, o.id) AS id, s.raw FROM appraisal_scores s
               JOIN organisations o ON o.key = s.organisation LEFT JOIN members m ON m.key = s.member
               WHERE s.period = %(period)s""",
            {"period": period},
        )
        return {Subject(row["level"], row["id"]): row["raw"] for row in rows}

    async def corrections_of(self, period: str) -> dict[Subject, Decimal]:
        """Their sums."""
        rows = await self._rows(
            """SELECT c.level, COALESCE(m.id, o.id) AS id, sum(c.points) AS points FROM appraisal_corrections c
               JOIN organisations o ON o.key = c.organisation LEFT JOIN members m ON m.key = c.member
               WHERE c.period = %(period)s GROUP BY 1, 2""",
            {"period": period},
        )
        return {Subject(row["level"], row["id"]): row["points"] for row in rows}

    async def corrections(self, subject: Row, period: str) -> list[Row]:
        """On record for one subject, the oldest first."""
        return await self._rows(
            """SELECT c.points, c.reason, c.made_by, c.made_at, b.id AS objection
               FROM appraisal_corrections c LEFT JOIN appraisal_objections b ON b.key = c.objection
               WHERE c.period = %(period)s AND c.level = %(level)s AND c.organisation = %(organisation)s
                 AND c.member IS NOT DISTINCT FROM %(member)s::int ORDER BY c.key""",
            {**subject, "period": period},
        )

    async def add_correction(self, correction: Mapping[str, Any]) -> None:
        """A row of the table but its key."""
        await self._connection.execute(
            """INSERT INTO appraisal_corrections (period, level, organisation, member, points, reason, objection,
                                                  made_by, made_at)
               VALUES (%(period)s, %(level)s, %(organisation)s, %(member)s, %(points)s, %(reason)s, %(objection)s,
                       %(made_by)s, %(made_at)s)""",
            correction,
        )

    async def add_objection(self, objection: Mapping[str, Any]) -> str:
        """A row of the table but its key and id; its id."""
        cursor = await self._connection.execute(
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

    async def objections(
        self, scope: int, *, member: int | None, before: int, limit: int, objection: str | None = None,
        state: str | None = None, lock: bool = False,
    ) -> list[Row]:  # fmt: skip
        """The newest first; member: only those about him."""
        return await self._rows(
            f"""SELECT b.key, b.id, b.version, b.period, b.level, b.organisation AS organisation_key,
                       b.member AS member_key, COALESCE(m.id, o.id) AS subject, COALESCE(m.name, o.name) AS name,
                       o.id AS organisation, b.rule, i.id AS incident, b.reason, b."user", b.made_by, b.made_at,
                       b.state, b.answer, b.decided_by, b.decided_at,
                       (SELECT sum(c.points) FROM appraisal_corrections c WHERE c.objection = b.key) AS points
                FROM appraisal_objections b JOIN organisations o ON o.key = b.organisation
                LEFT JOIN members m ON m.key = b.member LEFT JOIN incidents i ON i.key = b.incident
                WHERE b.organisation {_SEEN} AND (%(before)s = 0 OR b.key < %(before)s)
                  AND (%(member)s::int IS NULL OR b.member = %(member)s)
                  AND (%(objection)s::text IS NULL OR b.id = %(objection)s)
                  AND (%(state)s::text IS NULL OR b.state = %(state)s)
                ORDER BY b.key DESC LIMIT %(limit)s {"FOR UPDATE OF b" if lock else ""}""",
            {"scope": scope, "member": member, "before": before, "limit": limit, "objection": objection,
             "state": state},
        )  # fmt: skip

    async def decide_objection(self, key: int, state: str, answer: str, by: str, at: datetime) -> None:
        """On record."""
        await self._connection.execute(
            """UPDATE appraisal_objections SET state = %s, answer = %s, decided_by = %s, decided_at = %s,
               version = version + 1 WHERE key = %s""",
            (state, answer, by, at, key),
        )

    async def is_above(self, user_organisation: int, organisation: int) -> bool:
        """Whether the user's organisation lies strictly above."""
        cursor = await self._connection.execute(
            "SELECT FROM organisation_closure WHERE ancestor = %s AND descendant = %s AND ancestor <> descendant",
            (user_organisation, organisation),
        )
        return await cursor.fetchone() is not None

    async def propose_falsifications(self, metres: int, since: datetime, now: datetime) -> int:
        """Feedback given far from the incident, from mock locations, with photographs from elsewhere; how many new."""
        cursor = await self._connection.execute(
            """WITH fed AS (
                   SELECT l.incident, l.member, l.at, i.reported_at, 111195 * sqrt((l.latitude - i.latitude) ^ 2
                          + ((l.longitude - i.longitude) * cos(radians(i.latitude))) ^ 2) AS metres
                   FROM incident_log l JOIN incidents i ON i.key = l.incident
                   WHERE l.action = 'feedback' AND l.member IS NOT NULL AND l.at >= %(since)s AND NOT i.drill
               ), signs AS (
                   SELECT incident, member, 'far_feedback' AS sign,
                          jsonb_build_object('metres', round(metres), 'at', at) AS evidence
                   FROM fed WHERE metres > %(metres)s
                   UNION ALL
                   SELECT DISTINCT ON (f.incident, f.member) f.incident, f.member, 'foreign_photograph',
                          jsonb_build_object('metres', round(p.metres_off), 'file', p.id, 'at', p.added_at)
                   FROM fed f JOIN files p ON p.incident = f.incident AND p.metres_off > %(metres)s
                        AND p.added_at BETWEEN f.at - interval '1 hour' AND f.at + interval '1 hour'
                   UNION ALL
                   SELECT f.incident, f.member, 'mock_location', jsonb_build_object('at', f.at)
                   FROM fed f WHERE EXISTS (
                       SELECT FROM devices d JOIN positions p ON p.device = d.key
                       WHERE d.member = f.member AND p.fix_time BETWEEN f.at - interval '10 minutes' AND f.at
                         AND p.attributes->>'mock' = 'true'))
               INSERT INTO appraisal_falsifications (key, id, incident, member, sign, evidence, proposed_by,
                                                     proposed_at)
               SELECT n.key, 'X-' || n.key, n.incident, n.member, n.sign, n.evidence, 'gridwarden', %(now)s
               FROM (SELECT nextval(pg_get_serial_sequence('appraisal_falsifications', 'key')) AS key, s.*
                     FROM (SELECT DISTINCT ON (incident, member, sign) * FROM signs
                           ORDER BY incident, member, sign) s
                     WHERE NOT EXISTS (SELECT FROM appraisal_falsifications x WHERE x.incident = s.incident
                                       AND x.member = s.member AND x.sign = s.sign)) n
               ON CONFLICT DO NOTHING""",
            {"metres": metres, "since": since, "now": now},
        )
        return cursor.rowcount

    async def add_falsification(self, scope: int, incident: str, member: str, note: str, by: str, at: datetime) -> str:
        """Marked by a person; "" where he may not see the member, or the incident is none of his subtree's."""
        cursor = await self._connection.execute(
            f"""INSERT INTO appraisal_falsifications (key, id, incident, member, sign, evidence, proposed_by,
                                                      proposed_at)
                SELECT n, 'X-' || n, i.key, m.key, 'other', %(evidence)s, %(by)s, %(at)s
                FROM nextval(pg_get_serial_sequence('appraisal_falsifications', 'key')) AS n, incidents i, members m
                WHERE i.id = %(incident)s AND m.id = %(member)s AND m.organisation {_SEEN}
                  AND i.place_organisation {_SEEN}
                ON CONFLICT (incident, member, sign) DO UPDATE SET evidence = appraisal_falsifications.evidence
                RETURNING id""",
            {"scope": scope, "incident": incident, "member": member, "evidence": Jsonb({"note": note}), "by": by,
             "at": at},
        )  # fmt: skip
        row = await cursor.fetchone()
        return "" if row is None else str(row[0])

    async def falsifications(
        self, scope: int, *, before: int, limit: int, state: str | None = None, one: str | None = None
    ) -> list[Row]:
        """The newest first."""
        return await self._rows(
            f"""SELECT f.key, f.id, i.id AS incident, m.id AS member, f.member AS member_key, m.name,
                       o.id AS organisation, f.sign, f.evidence, f.proposed_by, f.proposed_at, f.state, f.reason,
                       f.decided_by, f.decided_at
                FROM appraisal_falsifications f JOIN incidents i ON i.key = f.incident
                JOIN members m ON m.key = f.member JOIN organisations o ON o.key = m.organisation
                WHERE m.organisation {_SEEN} AND (%(before)s = 0 OR f.key < %(before)s)
                  AND (%(state)s::text IS NULL OR f.state = %(state)s) AND (%(one)s::text IS NULL OR f.id = %(one)s)
                ORDER BY f.key DESC LIMIT %(limit)s""",
            {"scope": scope, "before": before, "limit": limit, "state": state, "one": one},
        )

    async def decide_falsification(self, key: int, state: str, reason: str, by: str, at: datetime) -> bool:
        """On record, once."""
        cursor = await self._connection.execute(
            """UPDATE appraisal_falsifications SET state = %s, reason = %s, decided_by = %s, decided_at = %s
               WHERE key = %s AND state = 'proposed'""",
            (state, reason, by, at, key),
        )
        return cursor.rowcount == 1

    async def _rows(self, query: str, values: Mapping[str, Any]) -> list[Row]:
        async with self._connection.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(query.encode(), values)
            return await cursor.fetchall()


def _cut(score: Score, items: int) -> dict[str, Any]:
    plain = score.plain()
    for line in plain["lines"]:
        line["left_out"] = max(0, len(line["items"]) - items)
        line["items"] = sorted(line["items"], key=lambda item: -Decimal(item["points"]))[:items]
    return plain
