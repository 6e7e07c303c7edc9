"""SQL of the facts: what the append-only log of incidents, the assignments and the diary say of a period.

A limit that ran out is read from the log: each entry that sets `due_at` starts a clock, which runs until the next such
entry; it ran out when its `due_at` lies before that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from psycopg import AsyncConnection
from psycopg.rows import class_row

from insight.appraisal.facts import Answer, Entry, Facts, Failure, Outcome, Subject
from insight.appraisal.periods import Period

__all__ = ["FactsStore", "Town", "moment"]

_CLOCKS = """WITH seen AS MATERIALIZED (
        SELECT i.key, i.id, i.priority, i.place_organisation FROM incidents i
        WHERE NOT i.drill AND i.reported_at < %(end)s AND (i.ended_at IS NULL OR i.ended_at >= %(start)s)
    ), steps AS MATERIALIZED (
        SELECT l.incident, l.version, l.at, l.action, l.after->>'state' AS state, l.after ? 'due_at' AS sets,
               (l.after->>'due_at')::timestamptz AS due_at
        FROM incident_log l JOIN seen ON seen.key = l.incident
        WHERE l.at < %(end)s AND (l.after ?| ARRAY['state', 'due_at'] OR l.action = 'approve')
    ), lapses AS (
        SELECT incident, array_agg(due_at ORDER BY due_at) AS lapsed FROM (
            SELECT incident, due_at, lead(at, 1, %(end)s) OVER (PARTITION BY incident ORDER BY version) AS until
            FROM steps WHERE sets) clocks
        WHERE due_at < until GROUP BY incident
    ), ends AS (
        SELECT incident, min(at) FILTER (WHERE state = 'closed') AS closed_at,
               min(at) FILTER (WHERE action = 'approve') AS approved_at,
               (array_agg(state ORDER BY version DESC) FILTER (WHERE state IS NOT NULL))[1] AS state
        FROM steps GROUP BY incident
    ), runs AS (
        SELECT s.key, s.id, s.priority, s.place_organisation, e.closed_at, e.approved_at, e.state = 'closed' AS closed,
               COALESCE(l.lapsed, '{}') AS lapsed
        FROM seen s JOIN ends e ON e.incident = s.key LEFT JOIN lapses l ON l.incident = s.key
        WHERE e.state NOT IN ('rejected', 'merged')
    )"""


@dataclass(frozen=True, slots=True)
class _Run:
    """How an incident went. lapsed: when limits ran out, in order."""

    key: int
    id: str
    priority: int
    place_organisation: int
    closed_at: datetime | None
    approved_at: datetime | None
    closed: bool
    lapsed: list[datetime]


@dataclass(frozen=True, slots=True)
class _Part:
    """A member's or a department's time on an incident. until: None, still."""

    incident: int
    member: str | None
    department: str | None
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Town:
    """Whom there is to appraise. above: by organisation (key), those that answer for it; members: id by key."""

    counts: Mapping[Subject, int]
    above: Mapping[int, Sequence[Subject]]
    members: Mapping[int, str]
    homes: Mapping[str, int]


class FactsStore:
    """Facts over one connection, which ought to read one snapshot."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def facts(self, period: Period, now: datetime, corrections: Mapping[Subject, Decimal]) -> Facts:
        """Of a period as far as `now`."""
        town = await self.town()
        span = {"start": period.starts_at, "end": min(now, period.ends_at)}
        runs, parts = await self._runs(span), await self._parts(span)
        urgent = period.rules.urgent
        return Facts(
            members=town.counts,
            outcomes=_outcomes(runs, parts, town, urgent, span["start"]),
            failures=await self._failures(span, town) + await self._falsifications(span, town),
            answers=await self._answers(period, span),
            entries=await self._entries(span, town),
            corrections=corrections,
        )

    async def town(self) -> Town:
        """As it is now."""
        cursor = await self._connection.execute(
            """SELECT c.descendant, a.level, a.id FROM organisation_closure c
               JOIN organisations a ON a.key = c.ancestor AND a.level IN ('grid', 'community', 'street', 'department')
               WHERE a.level <> 'department' OR a.key = c.descendant"""
        )
        above: dict[int, list[Subject]] = defaultdict(list)
        counts: dict[Subject, int] = {}
        async for organisation, level, name in cursor:
            subject = Subject(level, name)
            above[organisation].append(subject)
            counts.setdefault(subject, 0)
        members, homes = {}, {}
        async for key, name, organisation in await self._connection.execute(
            "SELECT key, id, organisation FROM members"
        ):
            members[key], homes[name] = name, organisation
            counts[Subject("member", name)] = 1
            for subject in above.get(organisation, ()):
                counts[subject] += 1
        return Town(counts, above, members, homes)

    async def _runs(self, span: Mapping[str, datetime]) -> dict[int, _Run]:
        async with self._connection.cursor(row_factory=class_row(_Run)) as cursor:
            await cursor.execute(f"{_CLOCKS} SELECT * FROM runs WHERE closed_at IS NOT NULL OR lapsed <> '{{}}'", span)
            return {run.key: run async for run in cursor}

    async def _parts(self, span: Mapping[str, datetime]) -> list[_Part]:
        async with self._connection.cursor(row_factory=class_row(_Part)) as cursor:
            await cursor.execute(
                """SELECT a.incident, m.id AS member, d.id AS department, a.offered_at AS since, a.ended_at AS until
                   FROM assignments a JOIN incidents i ON i.key = a.incident
                   LEFT JOIN members m ON m.key = a.member LEFT JOIN organisations d ON d.key = a.department
                   WHERE a.purpose = 'handle' AND NOT i.drill AND a.offered_at < %(end)s
                     AND (i.ended_at IS NULL OR i.ended_at >= %(start)s)
                     AND (a.acknowledged_at < %(end)s OR a.department IS NOT NULL)
                     AND NOT (a.state IN ('declined', 'expired', 'cleared') AND a.ended_at < %(end)s)
                   ORDER BY a.key""",
                span,
            )
            return await cursor.fetchall()

    async def _failures(self, span: Mapping[str, datetime], town: Town) -> list[Failure]:
        cursor = await self._connection.execute(
            """SELECT * FROM (
                   SELECT i.id, i.place_organisation, l.at,
                          row_number() OVER (PARTITION BY l.incident ORDER BY l.version) AS nth,
                          (SELECT (h.after->>'handled_by')::int FROM incident_log h
                           WHERE h.incident = l.incident AND h.version < l.version AND h.after ? 'handled_by'
                           ORDER BY h.version DESC LIMIT 1) AS handler,
                          ARRAY(SELECT DISTINCT d.id FROM assignments a JOIN organisations d ON d.key = a.department
                                WHERE a.incident = l.incident AND a.purpose = 'handle') AS departments
                   FROM incident_log l JOIN incidents i ON i.key = l.incident
                   WHERE l.action = 'send-back' AND l.at < %(end)s AND NOT i.drill
                     AND (i.ended_at IS NULL OR i.ended_at >= %(start)s)) failed
               WHERE at >= %(start)s""",
            span,
        )
        found = []
        async for incident, place, at, nth, handler, departments in cursor:
            subjects = list(town.above.get(place, ()))
            if handler in town.members:
                subjects.append(Subject("member", town.members[handler]))
            elif handler is None:
                subjects += [Subject("department", one) for one in departments]
            found += [Failure(subject=one, incident=incident, at=moment(at), nth=nth) for one in subjects]
        return found

    async def _falsifications(self, span: Mapping[str, datetime], town: Town) -> list[Failure]:
        cursor = await self._connection.execute(
            """SELECT i.id, f.member, f.decided_at
               FROM appraisal_falsifications f JOIN incidents i ON i.key = f.incident
               WHERE f.state = 'confirmed' AND f.decided_at >= %(start)s AND f.decided_at < %(end)s""",
            span,
        )
        found = []
        async for incident, member, at in cursor:
            name = town.members[member]
            subjects = [Subject("member", name), *town.above.get(town.homes[name], ())]
            found += [
                Failure(subject=one, incident=incident, at=moment(at), nth=1, falsified=True) for one in subjects
            ]  # fmt: skip
        return found

    async def _answers(self, period: Period, span: Mapping[str, datetime]) -> list[Answer]:
        """Of departments: those whose time to answer ended in the period."""
        level = period.rules.of("department")
        hours = next((rule.hours for rule in level.penalties if rule.hours is not None), None) if level else None
        if hours is None:
            return []
        cursor = await self._connection.execute(
            """SELECT d.id, i.id, a.offered_at,
                      extract(epoch FROM LEAST(COALESCE(a.acknowledged_at, a.ended_at, %(end)s), %(end)s)
                                         - a.offered_at)::bigint
               FROM assignments a JOIN organisations d ON d.key = a.department JOIN incidents i ON i.key = a.incident
               WHERE NOT i.drill AND a.offered_at + make_interval(hours => %(hours)s) >= %(start)s
                 AND a.offered_at + make_interval(hours => %(hours)s) < %(end)s""",
            {**span, "hours": hours},
        )
        return [
            Answer(subject=Subject("department", department), incident=incident, at=moment(at), waited_s=waited)
            async for department, incident, at, waited in cursor
        ]

    async def _entries(self, span: Mapping[str, datetime], town: Town) -> list[Entry]:
        cursor = await self._connection.execute(
            """SELECT e.id, e.member, e.organisation, e.written_at, s.rating
               FROM diary_entries e LEFT JOIN diary_samples s ON s.entry = e.key
               WHERE e.member IS NOT NULL AND e.written_at >= %(start)s AND e.written_at < %(end)s""",
            span,
        )
        found = []
        async for entry, member, organisation, at, rating in cursor:
            subjects = (Subject("member", town.members[member]), *town.above.get(organisation, ()))
            found += [Entry(subject=one, entry=entry, at=moment(at), rating=rating) for one in subjects]
        return found


def moment(at: datetime) -> str:
    """RFC 3339 UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _outcomes(
    runs: Mapping[int, _Run], parts: Sequence[_Part], town: Town, urgent: int, start: datetime
) -> list[Outcome]:  # fmt: skip
    found: dict[tuple[Subject, str], Outcome] = {}
    for run in runs.values():
        for subject in town.above.get(run.place_organisation, ()):
            if subject.level != "department":
                _add(found, _outcome(subject, run, run.lapsed, urgent, start))
    for part in parts:
        run_of = runs.get(part.incident)
        if run_of is None:
            continue
        subject = (
            Subject("department", part.department or "") if part.member is None else Subject("member", part.member)
        )
        own = [at for at in run_of.lapsed if part.since <= at and (part.until is None or at < part.until)]
        _add(found, _outcome(subject, run_of, own, urgent, start))
    return list(found.values())


def _outcome(subject: Subject, run: _Run, lapsed: Sequence[datetime], urgent: int, start: datetime) -> Outcome | None:
    """None: not due in the period, or not yet."""
    late = bool(lapsed) and (run.closed_at is None or lapsed[0] < run.closed_at)
    settled = lapsed[0] if late else run.closed_at
    if settled is None or settled < start:
        return None
    return Outcome(
        subject=subject, incident=run.id, at=moment(settled), on_time=not late, closed=run.closed,
        deferred=run.approved_at is not None and run.approved_at < settled, urgent=run.priority <= urgent,
    )  # fmt: skip


def _add(found: dict[tuple[Subject, str], Outcome], one: Outcome | None) -> None:
    """Sent twice to the same incident: once late is late."""
    if one is not None:
        before = found.get((one.subject, one.incident))
        if before is None or (before.on_time and not one.on_time):
            found[one.subject, one.incident] = one
