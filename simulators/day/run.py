"""A day of incidents against a running server, played through its public API by robots while a fleet walks."""

from __future__ import annotations

import asyncio
import math
import secrets
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

import aiohttp

from simulators.addresses import Addresses
from simulators.city.city import City
from simulators.city.routes import Router
from simulators.clients.counts import Counts
from simulators.clients.outbox import Outbox
from simulators.clients.protocols import PROTOCOLS, Handheld
from simulators.clients.sender import Patience, keep_sending
from simulators.day.legs import AtOnce, FleetLegs
from simulators.day.people import Person, sign_in
from simulators.day.plan import Plan, Report, reports_of
from simulators.day.results import results_of
from simulators.day.script import Cast, Legs, act_out
from simulators.fleet.fleet import Fleet
from simulators.fleet.scenario import Scenario

__all__ = ["DayOptions", "a_city", "play", "play_day"]

_AT_ONCE = 200
_MOST_KINDS = 12
_SETTLING_S = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOptions:
    """members: at least 1. dispatcher, verifier: (name, password) of two users of the server."""

    plan: Plan
    members: int
    dispatcher: tuple[str, str]
    verifier: tuple[str, str]
    addresses: Addresses
    scenario: Scenario
    city_seed: int = 1
    devices: tuple[Handheld, ...] | None = None


async def play_day(
    options: DayOptions, progress: Callable[[int, int], None] = lambda done, all_: None
) -> dict[str, Any]:
    """The whole day; what it came to. progress: called with incidents ended and all."""
    plan = options.plan
    async with a_city(options, Counts()) as (city, cast):
        kinds = plan.kinds or await _kinds(cast.dispatcher)
        grids = sorted({one.grid for one in city.members(options.members)})
        incidents = await play(reports_of(plan, city, kinds, grids), cast, progress)
    return results_of(incidents, plan.speed)


@asynccontextmanager
async def a_city(options: DayOptions, counts: Counts) -> AsyncIterator[tuple[City, Cast]]:
    """The city with its members walking and their positions sent, and who acts in it; both end with the block."""
    city, base = await asyncio.to_thread(City.load, options.city_seed), f"http://{options.addresses.http}"
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session, asyncio.TaskGroup() as group:
        dispatcher = await sign_in(session, base, *options.dispatcher)
        verifier = await sign_in(session, base, *options.verifier)
        legs, walking = await _legs(city, options, session, group, counts)
        run = secrets.token_hex(4)
        yield city, Cast(dispatcher=dispatcher, verifier=verifier, legs=legs, plan=options.plan, run=run)
        for task in walking:
            task.cancel()


async def play(
    reports: Sequence[Report], cast: Cast, progress: Callable[[int, int], None] = lambda done, all_: None
) -> list[Mapping[str, Any]]:
    """Act out every report when it is due; the incidents as they ended, in the order of the reports."""
    began, done, room = time.monotonic(), 0, asyncio.Semaphore(_AT_ONCE)

    async def one(report: Report) -> Mapping[str, Any]:
        nonlocal done
        if not math.isinf(cast.plan.speed):
            await asyncio.sleep(began + report.at_s / cast.plan.speed - time.monotonic())
        async with room:
            told = await act_out(report, cast)
        done += 1
        progress(done, len(reports))
        return told

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one(report), name=f"report {report.number}") for report in reports]
    return [task.result() for task in tasks]


async def _kinds(person: Person) -> tuple[str, ...]:
    """The first kinds of the catalogue that are no emergencies."""
    found = await person.get("/kinds")
    return tuple(one["code"] for one in found["items"] if one["priority"] > 1)[:_MOST_KINDS]


async def _legs(
    city: City, options: DayOptions, session: aiohttp.ClientSession, group: asyncio.TaskGroup, counts: Counts
) -> tuple[Legs, list[asyncio.Task[None]]]:
    """The members' bodies, and the tasks that move them and send their positions."""
    if math.isinf(options.plan.speed):
        return AtOnce(), []
    people = city.members(options.members)
    scenario = replace(options.scenario, pace=options.plan.speed)
    start_ms = time.time_ns() // 1_000_000
    fleet = Fleet(city, [one.grid for one in people], scenario, rate=1.0, seed=options.plan.seed, start_ms=start_ms)
    legs = FleetLegs(fleet, Router(city.streets), {one.id: row for row, one in enumerate(people)})
    protocol = PROTOCOLS["json-ws"]
    outboxes = [Outbox(counts) for _ in people]
    handhelds = options.devices or tuple(Handheld(one.device, one.token) for one in people)
    tasks = [
        group.create_task(keep_sending(protocol.open(options.addresses, session, who), outbox, counts, Patience()))
        for who, outbox in zip(handhelds, outboxes, strict=False)
    ]
    tasks.append(group.create_task(_walk(fleet, legs, outboxes), name="fleet"))
    await asyncio.sleep(_SETTLING_S)  # everybody is seen once before the day begins
    return legs, tasks


async def _walk(fleet: Fleet, legs: FleetLegs, outboxes: list[Outbox]) -> None:
    while True:
        await asyncio.sleep(fleet.due_ms / 1000 - time.time())
        for member, sample in fleet.turn().samples():
            outboxes[member].put(sample)
        legs.turned()
