"""SQL of evaluations, and the one way to make one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import dict_row

from registry.api.problems import Conflict
from registry.scope.queries import BELOW_ASKED
from subsites.evaluations.model import LOW, By
from subsites.record.desk import SEEN, Desk, Subject, page_of
from subsites.record.model import Told

__all__ = ["EVALUATION", "EvaluationStore", "evaluate"]

EVALUATION = Subject(
    table="evaluations", prefix="EV", word="evaluation",
    told="""x.subject, x.score, x.tags, x.comment, x.follow_up, x.followed_up_by, x.at, x.ended_at, w.id AS "window",
            p.name AS window_name, s.name_en AS service_en, s.name_zh AS service_zh,
            coalesce((SELECT id FROM tickets WHERE x.subject = 'tickets' AND key = x.record),
                     (SELECT id FROM requests WHERE x.subject = 'requests' AND key = x.record)) AS of""",
    joins="""LEFT JOIN queue_windows w ON w.key = x."window" LEFT JOIN places p ON p.key = w.place
             LEFT JOIN queue_services s ON s.key = x.service""",
)  # fmt: skip

_GROUPS = {
    By.ORGANISATION: ("o.id, o.name, o.name", "mean, evaluations DESC"),
    By.WINDOW: ("w.id, p.name, p.name", "mean, evaluations DESC"),
    By.SERVICE: ("s.id, s.name_en, s.name_zh", "mean, evaluations DESC"),
    By.DAY: ("to_char(x.at AT TIME ZONE %(zone)s, 'YYYY-MM-DD'), NULL, NULL", "1"),
}
_SCORES = ", ".join(f"count(*) FILTER (WHERE x.score = {score})" for score in range(1, 6))


async def evaluate(
    desk: Desk, subject: Subject, row: Told, said: Mapping[str, Any], *, after: Collection[str]
) -> None:  # fmt: skip
    """Once, of a row that is locked and in a state of `after`. said: score, tags, comment. Raises Conflict."""
    if row["state"] not in after:
        raise Conflict(f"a {subject.word} is rated when it has ended")
    again = await desk.connection.execute(
        "SELECT 1 FROM evaluations WHERE subject = %s AND record = %s", (subject.table, row["key"])
    )
    if await again.fetchone() is not None:
        raise Conflict("it was rated already")
    await desk.add(EVALUATION, dict(said) | {
        "subject": subject.table, "record": row["key"], "organisation": row["organisation_key"],
        "window": row.get("window_key"), "service": row.get("service_key"), "at": desk.now,
        "ended_at": None if said["score"] <= LOW else desk.now,
    })  # fmt: skip


class EvaluationStore:
    """Evaluations over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def page(self, scope: int, *, before: int, limit: int, filters: Mapping[str, Any]) -> list[Told]:
        """The newest first; filters: subject, most (score), organisation (id, its subtree), open, q."""
        asked = """(%(subject)s::text IS NULL OR x.subject = %(subject)s) AND x.score <= %(most)s
                   AND (%(q)s::text IS NULL OR x.id = %(q)s OR position(lower(%(q)s) IN lower(x.comment)) > 0)"""
        return await page_of(self._connection, EVALUATION, scope, filters, asked, before=before, limit=limit)

    async def results(
        self, scope: int, by: By | None, *, organisation: str | None, begins: date, ends: date, zone: str
    ) -> list[Told]:
        """Counts of a group each, of days from begins up to ends, both included; by None: of all together."""
        group, order = ("NULL, NULL, NULL", "1") if by is None else _GROUPS[by]
        names = [f"{what.strip()} AS {name}" for what, name in zip(_split(group), _NAMES, strict=True)]
        async with self._connection.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(
                f"""SELECT {", ".join(names)}, count(*) AS evaluations, avg(x.score)::float AS mean,
                           ARRAY[{_SCORES}] AS scores, count(*) FILTER (WHERE x.score <= {LOW}) AS low,
                           count(*) FILTER (WHERE x.ended_at IS NULL) AS open
                    FROM evaluations x JOIN organisations o ON o.key = x.organisation {EVALUATION.joins}
                    WHERE {SEEN} AND (%(organisation)s::text IS NULL OR x.organisation IN {BELOW_ASKED})
                      AND x.at >= (%(begins)s::date)::timestamp AT TIME ZONE %(zone)s
                      AND x.at < (%(ends)s::date + 1)::timestamp AT TIME ZONE %(zone)s
                    GROUP BY {"()" if by is None else "1, 2, 3"} ORDER BY {order} LIMIT 500""".encode(),
                {"scope": scope, "organisation": organisation, "begins": begins, "ends": ends, "zone": zone},
            )
            return await cursor.fetchall()


_NAMES = ("id", "name_en", "name_zh")


def _split(group: str) -> tuple[str, str, str]:
    """Its three columns; the first may have commas of its own."""
    first, second, third = group.rsplit(",", 2)
    return first, second, third
