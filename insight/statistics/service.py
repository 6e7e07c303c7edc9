"""One question, one answer: everything that the statistics page shows of an organisation, a period and kinds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from psycopg_pool import AsyncConnectionPool

from insight.statistics.behind_store import BehindStore, Which
from insight.statistics.highlights import Highlight, changes, outliers
from insight.statistics.model import CLOCKS, COUNTS, EDGES, SOURCES, Question, quantile, rate
from insight.statistics.rollup_store import rebuild, sum_changed
from insight.statistics.store import Row, Scope, StatisticsStore
from registry.api.problems import BadRequest, NotFound
from registry.api.route import Caller

__all__ = ["LONGEST_DAYS", "StatisticsService", "bucket_of"]

LONGEST_DAYS = 4 * 366
_BEFORE = 4
"""Periods that highlights look back."""
_MOST_HIGHLIGHTS = 6


def bucket_of(days: int) -> str:
    """How long a point of a line is: a line has about a hundred at most."""
    return "day" if days <= 92 else "week" if days <= 700 else "month"


class StatisticsService:
    """now: aware UTC. zone: IANA name of the zone whose days count."""

    def __init__(self, pool: AsyncConnectionPool, now: Callable[[], datetime], zone: str) -> None:
        self._pool, self._now, self.zone = pool, now, zone

    async def sum_changed(self) -> int:
        """The worker's part: bring the sums up to date; how many days."""
        async with self._pool.connection() as connection:
            return await sum_changed(connection, self.zone, self._now())

    async def rebuild(self) -> int:
        """Forget every sum and make them anew; how many days."""
        async with self._pool.connection() as connection:
            return await rebuild(connection, self.zone, self._now())

    def period(self, begins: date | None, ends: date | None) -> tuple[date, date]:
        """The days asked for, the end not among them; left out: the last 28 with today. Raises BadRequest."""
        end = ends or self._now().astimezone(ZoneInfo(self.zone)).date() + timedelta(days=1)
        begin = begins or end - timedelta(days=28)
        if not 0 < (end - begin).days <= LONGEST_DAYS:
            raise BadRequest(f"until must lie 1 to {LONGEST_DAYS} days behind since")
        if begin.year < 1950 or end.year > 2400:
            raise BadRequest("since and until must lie between the years 1950 and 2400")
        return begin, end

    async def summary(self, caller: Caller, question: Question) -> dict[str, Any]:
        """api.SummaryOut's fields. Raises BadRequest, NotFound."""
        async with self._pool.connection() as connection:
            store = StatisticsStore(connection)
            about, catalogue, scope = await self._scope(store, caller, question)
            return await self._answer(store, scope, about, catalogue)

    async def behind(
        self, caller: Caller, question: Question, which: Which, *, after: int, limit: int
    ) -> Sequence[Row]:  # fmt: skip
        """The incidents that a figure counts, the newest first. after: key of the last seen, 0 from the beginning."""
        async with self._pool.connection() as connection:
            _, _, scope = await self._scope(StatisticsStore(connection), caller, question)
            return await BehindStore(connection, self.zone, self._now()).page(scope, which, after=after, limit=limit)

    async def _scope(
        self, store: StatisticsStore, caller: Caller, question: Question
    ) -> tuple[Row, Mapping[int, Row], Scope]:  # fmt: skip
        begin, end = self.period(question.begins, question.ends)
        about = await store.organisation(caller.organisation, question.organisation)
        if about is None:
            raise NotFound(f"there is no organisation {question.organisation!r} that you may see")
        catalogue = {row["key"]: row for row in await store.kinds()}
        kinds = _kinds(catalogue.values(), question)
        return about, catalogue, Scope(organisation=about["key"], kinds=kinds, begins=begin, ends=end)

    async def _answer(
        self, store: StatisticsStore, scope: Scope, about: Row, catalogue: Mapping[int, Row]
    ) -> dict[str, Any]:
        length = scope.ends - scope.begins
        before = [_shifted(scope, length * back) for back in range(_BEFORE, 0, -1)]
        children = [await store.by_child(one) for one in (*before, scope)]
        kinds = [await store.by_kind(one) for one in (*before, scope)]
        parts = _parts(await store.parts(scope))
        responses = _grouped(await store.responses(scope), "organisation")
        bucket = bucket_of(length.days)
        return {
            "organisation": about, "since": scope.begins, "until": scope.ends, "bucket": bucket, "zone": self.zone,
            "summed_at": await store.summed_at(),
            "totals": _figures(await store.totals(scope), parts) | {"overdue": await store.overdue(scope, self._now())},
            "before": _figures(await store.totals(before[-1]), _parts(await store.parts(before[-1]))),
            "series": await store.by_time(scope, bucket),
            "children": [
                _rated(one) | {"response_p50": quantile(responses.get(one["key"], {}), 0.5)} for one in children[-1]
            ],
            "kinds": sorted(
                (_rated(one) | _named(catalogue[one["kind"]]) for one in kinds[-1]), key=lambda one: -one["reported"]
            ),
            "sources": {word: parts.get("source", {}).get(row, 0) for row, word in enumerate(SOURCES, start=1)},
            "priorities": {str(row): parts.get("priority", {}).get(row, 0) for row in range(1, 5)},
            "hours": [parts.get("hour", {}).get(row, 0) for row in range(24)],
            "times": {clock: _histogram(parts.get(clock, {})) for clock in CLOCKS},
            "stock": await store.stock(scope.organisation),
            "highlights": _highlights(children, kinds, catalogue),
        }  # fmt: skip


def _kinds(catalogue: Iterable[Row], question: Question) -> tuple[int, ...] | None:
    """Keys of the kinds asked for, None all."""
    wanted = {"code": question.kind, "class": question.class_, "category": question.category}
    if not any(wanted.values()):
        return None
    return tuple(row["key"] for row in catalogue if all(one in (None, row[name]) for name, one in wanted.items()))


def _shifted(scope: Scope, by: timedelta) -> Scope:
    return Scope(organisation=scope.organisation, kinds=scope.kinds, begins=scope.begins - by, ends=scope.ends - by)


def _parts(rows: Sequence[Row]) -> dict[str, dict[int, int]]:
    return _grouped(rows, "part")


def _grouped(rows: Sequence[Row], by: str) -> dict[Any, dict[int, int]]:
    found: dict[Any, dict[int, int]] = {}
    for row in rows:
        found.setdefault(row[by], {})[row["value"]] = row["incidents"]
    return found


def _rated(row: Row) -> Row:
    valid = row["reported"] - row["rejected"] - row["merged"]
    return row | {"on_time_rate": rate(row["on_time"], row["closed"]), "closing_rate": rate(row["closed"], valid)}


def _figures(row: Row, parts: Mapping[str, Mapping[int, int]]) -> dict[str, Any]:
    times = {
        f"{clock}_{word}": quantile(parts.get(clock, {}), share)
        for clock in CLOCKS for word, share in (("p50", 0.5), ("p90", 0.9))
    }  # fmt: skip
    return _rated({name: row[name] for name in COUNTS}) | times


def _named(kind: Row) -> Row:
    return {"code": kind["code"], "class": kind["class"], "name_en": kind["name_en"], "name_zh": kind["name_zh"]}


def _histogram(rows: Mapping[int, int]) -> list[dict[str, float]]:
    """from_s, incidents of each row that has any."""
    return [
        {"from_s": 0.0 if row == 0 else EDGES[row - 1], "incidents": rows[row]} for row in sorted(rows) if rows[row]
    ]


def _highlights(
    children: Sequence[Sequence[Row]], kinds: Sequence[Sequence[Row]], catalogue: Mapping[int, Row]
) -> list[Highlight]:
    first = next((row for row, one in enumerate(kinds[:-1]) if one), len(kinds) - 1)
    children, kinds = children[first:], kinds[first:]  # before that nothing is on record: no zeros to compare with
    names = {row["id"]: (row["name"], row["name"]) for row in children[-1]}
    counts = {one: [_of(rows, "id", one) for rows in children] for one in names}
    codes = {row["kind"] for rows in kinds for row in rows}
    of_kinds = {catalogue[key]["code"]: [_of(rows, "kind", key) for rows in kinds] for key in codes}
    kind_names = {catalogue[key]["code"]: (catalogue[key]["name_en"], catalogue[key]["name_zh"]) for key in codes}
    peers = {row["id"]: (row["on_time"], row["closed"]) for row in children[-1]}
    found = [
        *changes("organisation", counts, names), *changes("kind", of_kinds, kind_names), *outliers(peers, names)
    ]  # fmt: skip
    return sorted(found, key=lambda one: -one.score)[:_MOST_HIGHLIGHTS]


def _of(rows: Sequence[Row], name: str, wanted: object) -> int:
    return next((int(row["reported"]) for row in rows if row[name] == wanted), 0)
