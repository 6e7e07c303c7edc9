"""One question, one answer: everything that the statistics page shows of an organisation, a period and kinds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from psycopg_pool import AsyncConnectionPool

from insight.statistics.behind_store import BehindStore, Which
from insight.statistics.highlights import Highlight, changes, outliers
from insight.statistics.model import (
    CLOCKS,
    COUNTS,
    EDGES,
    LARGE,
    SOURCES,
    Question,
    local_day,
    part_of,
    quantile,
    rate,
)
from insight.statistics.rollup_store import rebuild, sum_changed
from insight.statistics.store import Row, Scope, StatisticsStore
from registry.api.problems import BadRequest, NotFound
from registry.api.route import Caller

__all__ = ["LONGEST_DAYS", "StatisticsService", "bucket_of", "period_of"]

LONGEST_DAYS = 4 * 366
_BEFORE = 4
"""Periods that highlights look back."""
_MOST_HIGHLIGHTS = 6
_NONE: Mapping[str, int] = dict.fromkeys(COUNTS, 0)

Parts = dict[str, dict[int, int]]
"""How many incidents there are of each value of each part."""


def bucket_of(days: int) -> str:
    """How long a point of a line is: a line has about a hundred at most."""
    return "day" if days <= 92 else "week" if days <= 700 else "month"


def period_of(
    today: date, begins: date | None, ends: date | None, *, longest: int = LONGEST_DAYS
) -> tuple[date, date]:  # fmt: skip
    """The days asked for, the end not among them; left out: the last 28 with today. Raises BadRequest."""
    end = ends or today + timedelta(days=1)
    begin = begins or end - timedelta(days=28)
    if not 0 < (end - begin).days <= longest:
        raise BadRequest(f"until must lie 1 to {longest} days behind since")
    if begin.year < 1950 or end.year > 2400:
        raise BadRequest("since and until must lie between the years 1950 and 2400")
    return begin, end


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
        begin, end = period_of(local_day(self._now(), self.zone), question.begins, question.ends)
        about = await store.organisation(caller.organisation, question.organisation)
        if about is None:
            raise NotFound(f"there is no organisation {question.organisation!r} that you may see")
        catalogue = {row["key"]: row for row in await store.kinds()}
        kinds = _kinds(catalogue.values(), question)
        groups = () if kinds is None else _groups(await store.groups(), question)
        scope = Scope(
            organisation=about["key"], kinds=kinds, subjects=groups or _single(kinds), begins=begin, ends=end,
            months=await store.months(),
        )  # fmt: skip
        return about, catalogue, scope if about["level"] in LARGE else _of_small(scope)

    async def _answer(
        self, store: StatisticsStore, scope: Scope, about: Row, catalogue: Mapping[int, Row]
    ) -> dict[str, Any]:
        below = {row["key"]: row for row in await store.children(scope.organisation)}
        of_children = scope if all(row["level"] in LARGE for row in below.values()) else _of_small(scope)
        children = _periods(await store.by_child(of_children, list(below), _BEFORE), "organisation")
        each = tuple(catalogue) if scope.kinds is None else scope.kinds
        kinds = _periods(await store.by_kind(scope, each, _BEFORE), "kind")
        totals = {row["back"]: row for row in await store.totals(scope, 1)}
        parts, parts_before = _parts(await store.parts(scope, 1))
        responses = _by_part(await store.responses(of_children, list(below)), "organisation")
        bucket = bucket_of((scope.ends - scope.begins).days)
        return {
            "organisation": about, "since": scope.begins, "until": scope.ends, "bucket": bucket, "zone": self.zone,
            "summed_at": await store.summed_at(),
            "totals": _figures(totals.get(0, _NONE), parts) | {"overdue": await store.overdue(scope, self._now())},
            "before": _figures(totals.get(1, _NONE), parts_before),
            "series": await store.by_time(scope, bucket),
            "children": [
                row | _rated(children[-1].get(key, _NONE))
                | {"response_p50": quantile(responses.get(key, {}).get("response", {}), 0.5)}
                for key, row in below.items()
            ],
            "kinds": sorted(
                (_rated(row) | _named(catalogue[key]) for key, row in kinds[-1].items()),
                key=lambda one: -one["reported"],
            ),
            "sources": {word: parts.get("source", {}).get(row, 0) for row, word in enumerate(SOURCES, start=1)},
            "priorities": {str(row): parts.get("priority", {}).get(row, 0) for row in range(1, 5)},
            "hours": [parts.get("hour", {}).get(row, 0) for row in range(24)],
            "times": {clock: _histogram(parts.get(clock, {})) for clock in CLOCKS},
            "stock": await store.stock(scope.organisation),
            "highlights": _highlights(children, kinds, below, catalogue),
        }  # fmt: skip


def _kinds(catalogue: Iterable[Row], question: Question) -> tuple[int, ...] | None:
    """Keys of the kinds asked for, None all."""
    wanted = {"code": question.kind, "class": question.class_, "category": question.category}
    if not any(wanted.values()):
        return None
    return tuple(row["key"] for row in catalogue if all(one in (None, row[name]) for name, one in wanted.items()))


def _groups(groups: Iterable[Row], question: Question) -> tuple[int, ...]:
    """Subjects of the sums that together hold just what is asked for; () where there are none, as of a single kind."""
    if question.kind is not None:
        return ()
    wanted = (question.category, question.class_ or "")
    return tuple(-row["key"] for row in groups if row["class"] == wanted[1] and wanted[0] in (None, row["category"]))


def _single(kinds: tuple[int, ...] | None) -> tuple[int, ...]:
    """Subjects of the sums that every organisation has: of all kinds together, or of each."""
    return (0,) if kinds is None else kinds


def _of_small(scope: Scope) -> Scope:
    """The same of sums that every organisation has."""
    return replace(
        scope, subjects=_single(scope.kinds), months=scope.months if scope.kinds is None else frozenset(), large=False
    )  # fmt: skip


def _periods(rows: Sequence[Row], by: str) -> list[dict[int, Row]]:
    """The rows of each period by their key, the period asked for last."""
    found: list[dict[int, Row]] = [{} for _ in range(_BEFORE + 1)]
    for row in rows:
        found[_BEFORE - row["back"]][row[by]] = row
    return found


def _by_part(rows: Sequence[Row], by: str) -> dict[int, Parts]:
    found: dict[int, Parts] = {}
    for row in rows:
        part, value = part_of(row["code"])
        found.setdefault(row[by], {}).setdefault(part, {})[value] = row["incidents"]
    return found


def _parts(rows: Sequence[Row]) -> tuple[Parts, Parts]:
    """Of the period asked for, and of the one before it."""
    found = _by_part(rows, "back")
    return found.get(0, {}), found.get(1, {})


def _rated(row: Mapping[str, int]) -> Row:
    valid = row["reported"] - row["rejected"] - row["merged"]
    return dict(row) | {"on_time_rate": rate(row["on_time"], row["closed"]), "closing_rate": rate(row["closed"], valid)}


def _figures(row: Mapping[str, int], parts: Mapping[str, Mapping[int, int]]) -> dict[str, Any]:
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
    children: Sequence[Mapping[int, Row]], kinds: Sequence[Mapping[int, Row]], below: Mapping[int, Row],
    catalogue: Mapping[int, Row],
) -> list[Highlight]:  # fmt: skip
    first = next((row for row, one in enumerate(kinds[:-1]) if one), len(kinds) - 1)
    children, kinds = children[first:], kinds[first:]  # before that nothing is on record: no zeros to compare with
    names = {row["id"]: (row["name"], row["name"]) for row in below.values()}
    counts = {row["id"]: _reported(children, key) for key, row in below.items()}
    codes = {key for rows in kinds for key in rows}
    of_kinds = {catalogue[key]["code"]: _reported(kinds, key) for key in codes}
    kind_names = {catalogue[key]["code"]: (catalogue[key]["name_en"], catalogue[key]["name_zh"]) for key in codes}
    peers = {below[key]["id"]: (row["on_time"], row["closed"]) for key, row in children[-1].items()}
    found = [
        *changes("organisation", counts, names), *changes("kind", of_kinds, kind_names), *outliers(peers, names)
    ]  # fmt: skip
    return sorted(found, key=lambda one: -one.score)[:_MOST_HIGHLIGHTS]


def _reported(periods: Sequence[Mapping[int, Row]], key: int) -> list[int]:
    return [int(rows[key]["reported"]) if key in rows else 0 for rows in periods]
