"""A day's incidents, drawn before it begins: one seed gives one day, whatever the dispatchers make of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from math import isfinite
from pathlib import Path

import numpy as np
import numpy.typing as npt

from simulators.city.city import City
from simulators.fleet.scenario import BadScenario

__all__ = ["Plan", "Report", "read_plan", "reports_of"]

_HOURS = np.array([1, 1, 1, 1, 1, 2, 4, 7, 9, 10, 10, 9, 8, 9, 10, 10, 9, 8, 7, 5, 4, 3, 2, 1], float)
"""How busy each hour of a day is against the others."""
_WORDS = ("near the school gate", "at the crossing", "behind the market", "in front of the entrance", "at the bus stop")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Rates and shares of what happens; times in seconds of the day's own time.

    incidents: expected number; hours: length of the day, from begins_at o'clock. speed: how many seconds of the day
    pass in one of the clock; infinity: nobody waits for anything. policy: of the recommendation.
    reaction_s: of dispatchers; answer_s: of members; handle_s: on scene; verify_s: until somebody has looked. All means
    of exponential spreads. declines, silent, fails: shares of members who say no, do not answer, do not pass.
    rejected: share of reports that are none of ours. kinds: codes to draw from.
    """

    incidents: int = 200
    hours: float = 24.0
    begins_at: int = 0
    speed: float = 60.0
    policy: str = "travel_time"
    seed: int = 1
    kinds: tuple[str, ...] = ()
    reaction_s: float = 60.0
    answer_s: float = 15.0
    answer_within_s: float = 60.0
    handle_s: float = 900.0
    verify_s: float = 900.0
    declines: float = 0.05
    silent: float = 0.03
    fails: float = 0.05
    rejected: float = 0.03


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """at_s: seconds since the day began. number: in the day, 0 the first."""

    number: int
    at_s: float
    kind: str
    latitude: float
    longitude: float
    description: str


def read_plan(path: Path) -> Plan | None:
    """The plan under `day` of a scenario's JSON object; None where there is none. Raises BadScenario."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadScenario([f"{path}: {error}"]) from error
    day = document.get("day") if isinstance(document, dict) else None
    if day is None:
        return None
    if not isinstance(day, dict):
        raise BadScenario(["day: not a JSON object"])
    if faults := [f"day.{name}: {fault}" for name, value in day.items() if (fault := _fault(name, value))]:
        raise BadScenario(faults)
    return Plan(**day | {"kinds": tuple(day.get("kinds", ()))})


def _fault(name: str, value: object) -> str | None:
    default: Mapping[str, object] = {field.name: field.default for field in fields(Plan)}
    if name not in default:
        return "there is no such setting"
    if name == "kinds":
        return None if isinstance(value, list) and all(isinstance(one, str) for one in value) else "not a list of codes"
    if isinstance(default[name], str):
        return None if isinstance(value, str) else "not a text"
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value) or value < 0:
        return "not a number of 0 or more"
    if name in {"declines", "silent", "fails", "rejected"} and value > 0.9:
        return "a share of at most 0.9, so that the day ends"
    if name in {"speed", "hours"} and value == 0:
        return "must be more than 0"
    return None


def reports_of(plan: Plan, city: City, kinds: Sequence[str], grids: Sequence[int]) -> list[Report]:
    """What citizens report, in order: a Poisson process for each kind and place, busier by day than by night.

    kinds: codes, the first ones more often. grids: rows of the city's grids in which things happen.
    """
    random = np.random.default_rng((plan.seed, 7))
    count = int(random.poisson(plan.incidents))
    moments = np.sort(_moments(plan, random, count))
    codes = random.choice(len(kinds), size=count, p=_falling(len(kinds)))
    latitude, longitude = _places(city, grids, random, count)
    words = random.integers(len(_WORDS), size=count)
    return [
        Report(
            number=number, at_s=float(moments[number]), kind=kinds[codes[number]],
            latitude=round(float(latitude[number]), 6), longitude=round(float(longitude[number]), 6),
            description=f"report {number + 1}, {_WORDS[words[number]]}",
        )
        for number in range(count)
    ]  # fmt: skip


def _moments(plan: Plan, random: np.random.Generator, count: int) -> npt.NDArray[np.float64]:
    hours = np.arange(int(np.ceil(plan.hours)))
    weight = _HOURS[(plan.begins_at + hours) % 24] * np.minimum(1.0, plan.hours - hours)
    hour = random.choice(hours, size=count, p=weight / weight.sum())
    return (hour + random.random(count) * np.minimum(1.0, plan.hours - hour)) * 3600


def _falling(count: int) -> npt.NDArray[np.float64]:
    weight = 1.0 / np.arange(1, count + 1)
    falling: npt.NDArray[np.float64] = weight / weight.sum()
    return falling


def _places(
    city: City, grids: Sequence[int], random: np.random.Generator, count: int
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Somewhere on the streets of those grids, long ones more often."""
    ways = np.flatnonzero(np.isin(city.home, np.asarray(grids))).astype(np.int32)
    weight = city.streets.length[ways]
    drawn = random.choice(ways, size=count, p=weight / weight.sum())
    return city.streets.place(drawn, random.random(count) * city.streets.length[drawn])
