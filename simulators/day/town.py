"""A town that lives while somebody else dispatches: citizens report, members obey, colleagues help where nobody acts.

For the demo and for training: the person at the desk is the dispatcher. What waits longer than a colleague's patience
is accepted, dispatched and verified by robots, so that the board never fills up when nobody is there.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np

from simulators.city.city import City
from simulators.clients.counts import Counts
from simulators.day.people import Refused
from simulators.day.plan import Plan, Report, reports_of
from simulators.day.run import DayOptions, a_city
from simulators.day.script import Cast, handled

__all__ = ["TOWN", "Pace", "live"]

TOWN = Plan(incidents=500, speed=1.0, answer_s=8.0, handle_s=60.0, declines=0.04, silent=0.03)
"""How its people behave: in real time, and quicker at their work than in life, so that there is something to see."""

_LOOK_S = 2.0
_MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """an_hour: reports, and `first` at the beginning, so that there is something to do.

    patience_s: how long something waits for the person at the desk before a colleague acts.
    """

    an_hour: float = 60.0
    first: int = 8
    patience_s: float = 150.0


@dataclass(frozen=True, slots=True)
class _At:
    latitude: float
    longitude: float


async def live(options: DayOptions, pace: Pace, stop: asyncio.Event, counts: Counts) -> None:
    """Until `stop` is set; counts: what the members' handhelds sent, as it goes."""
    async with a_city(options, counts) as (city, cast), asyncio.TaskGroup() as group:
        errands: set[asyncio.Task[bool]] = set()
        lives = [
            group.create_task(_citizens(city, options, cast, pace), name="citizens"),
            group.create_task(_members(cast, group, errands), name="members"),
            group.create_task(_colleagues(cast, pace.patience_s), name="colleagues"),
        ]
        await stop.wait()
        for task in [*lives, *errands]:
            task.cancel()


async def _citizens(city: City, options: DayOptions, cast: Cast, pace: Pace) -> None:
    """Report what happens, at random moments."""
    random = np.random.default_rng((options.plan.seed, 23, time.time_ns()))
    grids = sorted({one.grid for one in city.members(options.members)})
    found = await cast.dispatcher.get("/kinds")
    kinds = [str(code) for code in random.permutation([one["code"] for one in found["items"]])]
    at_once = pace.first
    while True:
        plan = Plan(incidents=TOWN.incidents, seed=int(random.integers(2**31)))
        for report in random.permutation(np.array(reports_of(plan, city, kinds, grids), object)):
            if at_once <= 0:
                await asyncio.sleep(random.exponential(3600.0 / pace.an_hour))
            at_once -= 1
            await cast.dispatcher.post("/incidents", _body(report))


def _body(report: Report) -> dict[str, Any]:
    return {
        "kind": report.kind, "latitude": report.latitude, "longitude": report.longitude,
        "description": report.description.partition(", ")[2], "source": "citizen",
    }  # fmt: skip


async def _members(cast: Cast, group: asyncio.TaskGroup, errands: set[asyncio.Task[bool]]) -> None:
    """Everybody who is sent, by whomever, acknowledges, walks there, and gives feedback."""
    known, random = set[str](), np.random.default_rng()
    while True:
        await asyncio.sleep(_LOOK_S)
        page = await cast.dispatcher.get("/assignments", state="offered", limit=_MOST)
        offered = {one["id"]: one for one in page["items"] if one["member"]}
        for assignment in offered.keys() - known:
            one = offered[assignment]
            incident = await cast.dispatcher.get(f"/incidents/{one['incident']}")
            place = _At(incident["latitude"], incident["longitude"])
            errand = group.create_task(handled(f"/incidents/{one['incident']}", one, place, cast, random))
            errands.add(errand)
            errand.add_done_callback(errands.discard)
        known = set(offered)


async def _colleagues(cast: Cast, patience_s: float) -> None:
    """Do what has waited too long: accept, dispatch, verify, close."""
    while True:
        await asyncio.sleep(patience_s / 10)
        page = await cast.dispatcher.get("/incidents", open="true", limit=_MOST)
        for incident in page["items"]:
            if _waits(incident) > patience_s:
                await _help(incident, cast)


def _waits(incident: dict[str, Any]) -> float:
    """Seconds since its last step."""
    moments = [incident[name] for name in ("reported_at", "accepted_at", "handled_at", "verified_at") if incident[name]]
    return (datetime.now(UTC) - max(map(datetime.fromisoformat, moments))).total_seconds()


async def _help(incident: dict[str, Any], cast: Cast) -> None:
    path = f"/incidents/{incident['id']}"
    try:
        match incident["state"]:
            case "reported":
                await cast.dispatcher.post(f"{path}/accept", {})
            case "accepted":
                found = await cast.dispatcher.get(f"{path}/candidates", k=1)
                if found["items"]:
                    await cast.dispatcher.post(f"{path}/dispatch", {"members": [found["items"][0]["member"]]})
            case "feedback":
                await cast.verifier.post(f"{path}/verify", {"passed": True, "note": "in order"})
            case "verified":
                await cast.dispatcher.post(f"{path}/close", {"disposition": "mended"})
    except Refused as refusal:
        if refusal.status != 409:  # the person at the desk was faster
            raise
