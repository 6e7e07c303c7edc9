"""Weeks of made-up incidents with every step, as the file that `gridwarden import incidents` takes.

Clearly synthetic: every report says so in its note. Busier by day than by night and on weekdays than on Sundays; some
organisations are slower than others, some members fail verification more often, and in the last week heaped refuse in
one community comes four times as often as before, so that whoever looks at the figures has something to find.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from simulators.city.city import City, Member

__all__ = ["SYNTHETIC", "Kind", "history_of", "place_in", "write_history"]

SYNTHETIC = "synthetic history"
"""The note of every report made here."""

_HOURS = np.array([1, 1, 1, 1, 1, 2, 4, 7, 9, 10, 10, 9, 8, 9, 10, 10, 9, 8, 7, 5, 4, 3, 2, 1], float)
_WEEKDAYS = np.array([10, 10, 10, 10, 11, 8, 6], float)
_SOURCES = {"member": 0.44, "citizen": 0.2, "hotline": 0.16, "patrol": 0.12, "device": 0.04, "dispatcher": 0.04}
_SURGE_KIND, _SURGE_DAYS, _SURGE = "E0103", 7, 4
_DISPATCHERS = ("colleague", "night desk")
_VERIFIERS = ("inspector",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of the catalogue. Limits in seconds."""

    code: str
    name: str
    accept_s: float
    arrive_s: float
    handle_s: float
    verify_s: float


@dataclass(frozen=True, slots=True)
class _Pace:
    """How an incident goes. shares of the kind's limits that each step takes; None: it does not come to that."""

    accept: float
    arrive: float
    handle: float
    verify: float
    fails: bool
    declines: bool
    rejected: bool


def write_history(
    path: Path, city: City, members: Sequence[Member], kinds: Sequence[Kind], *, until: datetime, days: int, count: int
) -> Path:
    """Write the file; its path. until: aware, everything lies before it; in the zone whose days and nights they are."""
    with path.open("w", encoding="utf-8") as file:
        for one in history_of(city, members, kinds, until=until, days=days, count=count):
            file.write(json.dumps(one, ensure_ascii=False) + "\n")
    return path


def history_of(
    city: City, members: Sequence[Member], kinds: Sequence[Kind], *, until: datetime, days: int, count: int
) -> Iterator[dict[str, Any]]:
    """The incidents of the last days, the oldest first. The same arguments give the same incidents.

    until: aware, in the zone by whose clock the city wakes and sleeps. days: with today.
    """
    random = np.random.default_rng((city.seed, 11))
    by_grid = _by_grid(city, members)
    grids = np.array(sorted(by_grid))
    weights = random.gamma(2.0, 1.0, len(grids))
    slow = random.lognormal(0.0, 0.25, len(grids)) * _slow_streets(city, grids, random)
    careless = {one.id: float(random.beta(1.0, 18.0)) for one in members}
    order = random.permutation(len(kinds))
    falling = 1.0 / (1.0 + np.arange(len(kinds)))
    surge = grids[int(np.argmax(weights))]
    moments = _moments(random, until, days, count)
    for at in moments:
        row = int(random.choice(len(grids), p=weights / weights.sum()))
        kind = kinds[order[int(random.choice(len(kinds), p=falling / falling.sum()))]]
        recent = until - at < timedelta(days=_SURGE_DAYS)
        if recent and random.random() < 0.1:
            row = int(np.flatnonzero(grids == surge)[0])
            kind = next((one for one in kinds if one.code == _SURGE_KIND), kind)
        grid = int(grids[row])
        few = by_grid[grid]
        yield _incident(city, grid, kind, few, careless, float(slow[row]), at, until, random)


def _by_grid(city: City, members: Sequence[Member]) -> Mapping[int, list[Member]]:
    found: dict[int, list[Member]] = {}
    for one in members:
        found.setdefault(one.grid, []).append(one)
    return found


def _slow_streets(city: City, grids: npt.NDArray[np.int64], random: np.random.Generator) -> npt.NDArray[np.float64]:
    streets = sorted({city.grids[int(grid)].id[:9] for grid in grids})
    pace = dict(zip(streets, random.uniform(0.8, 1.3, len(streets)), strict=True))
    return np.array([pace[city.grids[int(grid)].id[:9]] for grid in grids])


def _moments(random: np.random.Generator, until: datetime, days: int, count: int) -> list[datetime]:
    first = until - timedelta(days=days - 1)
    weight = np.array([_WEEKDAYS[(first + timedelta(days=day)).weekday()] for day in range(days)])
    weight *= np.linspace(0.9, 1.1, days)
    day = random.choice(days, size=count, p=weight / weight.sum())
    hour = random.choice(24, size=count, p=_HOURS / _HOURS.sum())
    seconds = np.sort(day * 86_400 + hour * 3_600 + random.integers(3_600, size=count))
    midnight = first.replace(hour=0, minute=0, second=0, microsecond=0)
    return [at for at in (midnight + timedelta(seconds=int(one)) for one in seconds) if at < until]


def _incident(
    city: City, grid: int, kind: Kind, few: list[Member], careless: Mapping[str, float], slow: float, at: datetime,
    until: datetime, random: np.random.Generator,
) -> dict[str, Any]:  # fmt: skip
    latitude, longitude = place_in(city, grid, random)
    source = str(random.choice(list(_SOURCES), p=list(_SOURCES.values())))
    handler = few[int(random.integers(len(few)))]
    reporter = few[int(random.integers(len(few)))].id if source in ("member", "patrol") else None
    accept, arrive, handle, verify = (float(random.lognormal(-1.1, 0.7)) * slow for _ in range(4))
    pace = _Pace(
        accept, arrive, handle, verify, bool(random.random() < careless[handler.id]), bool(random.random() < 0.05),
        bool(random.random() < 0.03),
    )  # fmt: skip
    steps = [_step(at, "report", reporter or source, reporter, note=SYNTHETIC)]
    steps += _steps(kind, few, handler, pace, at, random)
    if steps[-1]["at"] >= _written(until):
        steps = _unfinished(steps, until)
    return {
        "kind": kind.code, "organisation": city.grids[grid].id, "latitude": round(latitude, 6),
        "longitude": round(longitude, 6), "description": f"{kind.name} (synthetic)", "source": source, "log": steps,
    }  # fmt: skip


def _steps(
    kind: Kind, few: list[Member], handler: Member, pace: _Pace, at: datetime, random: np.random.Generator
) -> Iterable[dict[str, Any]]:
    """What follows the report, and what the worker did meanwhile: limits that ran out."""
    desk = _DISPATCHERS[at.hour < 8 or at.hour >= 20]
    clock = _Clock(at.astimezone(UTC))
    yield from clock.passed(pace.accept * kind.accept_s, kind.accept_s)
    yield _step(clock.at, "accept", desk)
    if pace.rejected:
        yield _step(clock.later(60), "reject", desk, note="not ours")
        return
    clock.restarts()
    spent = 30.0 + float(random.exponential(60.0))
    clock.at += timedelta(seconds=spent)
    others = [one for one in few if one is not handler]
    if pace.declines and others:
        yield _step(clock.at, "dispatch", desk, members=[others[0].id])
        yield _step(clock.later(20), "decline", others[0].name, others[0].id, note="busy elsewhere")
        yield _step(clock.at, "return", "gridwarden")
        clock.later(40)
    yield _step(clock.at, "dispatch", desk, members=[handler.id])
    yield _step(clock.later(5 + float(random.exponential(15))), "acknowledge", handler.name, handler.id)
    yield _step(clock.later(30), "en-route", handler.name, handler.id)
    yield from clock.passed(pace.arrive * kind.arrive_s, kind.arrive_s)
    yield _step(clock.at, "arrive", handler.name, handler.id)
    clock.restarts()
    yield from clock.passed(pace.handle * kind.handle_s, kind.handle_s)
    yield _step(clock.at, "feedback", handler.name, handler.id, note="done")
    clock.restarts()
    yield from clock.passed(pace.verify * kind.verify_s, kind.verify_s)
    if pace.fails:
        yield _step(clock.at, "send-back", _VERIFIERS[0], note="not done well enough")
        clock.restarts()
        yield _step(clock.later(600), "arrive", handler.name, handler.id)
        yield _step(clock.later(1_800), "feedback", handler.name, handler.id, note="done again")
        clock.later(900)
    yield _step(clock.at, "verify", _VERIFIERS[0], note="seen on the spot")
    yield _step(clock.later(30), "close", desk, note="solved")


class _Clock:
    """Where in time an incident is, and since when its limit runs."""

    def __init__(self, at: datetime) -> None:
        self.at = self._since = at

    def later(self, seconds: float) -> datetime:
        """Let so much pass."""
        self.at += timedelta(seconds=seconds)
        return self.at

    def restarts(self) -> None:
        """Another limit begins."""
        self._since = self.at

    def passed(self, seconds: float, limit_s: float) -> Iterator[dict[str, Any]]:
        """Let so much pass; where the limit runs out meanwhile, the incident goes up a level."""
        end = self.at + timedelta(seconds=seconds)
        due, half = self._since + timedelta(seconds=limit_s), limit_s / 2
        for _ in range(3):
            if due + timedelta(seconds=2) >= end:
                break
            at = max(due + timedelta(seconds=2), self.at)
            yield _step(at, "escalate", "gridwarden", note="the limit ran out")
            due = at + timedelta(seconds=half)
        self.at = end


def _unfinished(steps: list[dict[str, Any]], until: datetime) -> list[dict[str, Any]]:
    """As far as it could be by now, with nobody on it: those who are at work now are the simulated fleet."""
    words = {"report", "accept", "escalate", "reject"}
    kept: list[dict[str, Any]] = []
    for step in steps:
        if step["action"] not in words or step["at"] >= _written(until):
            break
        kept.append(step)
    return kept


def _step(
    at: datetime, action: str, actor: str, member: str | None = None, *, note: str | None = None,
    members: Sequence[str] = (),
) -> dict[str, Any]:  # fmt: skip
    step: dict[str, Any] = {"at": _written(at), "action": action, "actor": actor}
    if member is not None:
        step["member"] = member
    if members:
        step["members"] = list(members)
    if note is not None:
        step["note"] = note
    return step


def _written(at: datetime) -> str:
    """One that is later is also later as text."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def place_in(city: City, grid: int, random: np.random.Generator) -> tuple[float, float]:
    """Somewhere on the streets of the grid."""
    ways = np.flatnonzero(city.home == grid).astype(np.int32)
    way = ways[random.integers(len(ways), size=1)]
    latitude, longitude = city.streets.place(way, random.random(1) * city.streets.length[way])
    return float(latitude[0]), float(longitude[0])
