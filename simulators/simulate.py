"""`gridwarden simulate`: a fleet against a running server."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from simulators.addresses import Addresses, add_address_options, addresses_of
from simulators.city.city import City, Member
from simulators.clients.counts import Counts
from simulators.clients.devices import BadDevices, read_devices
from simulators.clients.outbox import Outbox
from simulators.clients.protocols import PROTOCOLS, Handheld, Protocol
from simulators.clients.sender import Patience, keep_sending
from simulators.day.plan import Plan, read_plan
from simulators.day.results import table_of
from simulators.day.run import DayOptions, play_day
from simulators.day.town import TOWN, Pace, live
from simulators.fleet.fleet import Fleet
from simulators.fleet.reports import Reports
from simulators.fleet.scenario import BadScenario, Scenario, read_scenario
from simulators.running import print_counts, print_progress, run_until_stopped, stopped

__all__ = ["Options", "add_parser", "run", "simulate"]

PROGRESS_S = 5.0
_BEHIND_MS = 10_000
_REQUEST_TIMEOUT_S = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """members: at least 1. rate: fixes a second and member, > 0. duration_s: None = until stopped.

    devices: who they are, one a member at least; None = the city's own members. memory: fixes a handheld keeps.
    farewell_s: how long at the end to wait for what is not acknowledged yet.
    """

    members: int
    rate: float
    protocol: str
    scenario: Scenario = field(default_factory=Scenario)
    duration_s: float | None = None
    seed: int = 1
    addresses: Addresses = field(default_factory=Addresses)
    devices: tuple[Handheld, ...] | None = None
    memory: int = 10_000
    farewell_s: float = 10.0
    patience: Patience = field(default_factory=Patience)


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """Add `simulate`; the caller sets what runs it."""
    parser = commands.add_parser(
        "simulate",
        help="a fleet of handhelds against a running server",
        description="Simulated members walk the demo city and send their positions until stopped. "
        "The last line of stdout is the counts as JSON.",
    )
    parser.add_argument("--members", type=_whole, default=100, help="how many (default: %(default)s)")
    parser.add_argument("--rate", type=_positive, default=1.0, help="fixes a second and member (default: %(default)s)")
    parser.add_argument("--protocol", choices=PROTOCOLS, default="json-ws", help="default: %(default)s")
    parser.add_argument(
        "--scenario", type=Path, metavar="FILE", help="JSON: noise, pauses, losses, ...; with `day` a day of incidents"
    )
    parser.add_argument(
        "--town",
        type=_positive,
        metavar="N",
        help="citizens report N incidents an hour, and members obey who dispatches",
    )
    parser.add_argument(
        "--dispatcher", metavar="USER", help="of a day or town: who dispatches; passwords come on stdin"
    )
    parser.add_argument("--verifier", metavar="USER", help="of a day or town: who verifies; the second line of stdin")
    parser.add_argument("--duration", type=_positive, metavar="S", help="seconds (default: until stopped)")
    parser.add_argument("--seed", type=int, default=1, help="which people and walks (default: %(default)s)")
    parser.add_argument("--devices", type=Path, metavar="FILE", help="CSV with device (or id) and token")
    add_address_options(parser)
    return parser


def run(arguments: argparse.Namespace) -> int:
    """Run the parsed command: 0 done, 1 the server took nothing, 2 it could not begin."""
    try:
        options = _options(arguments)
        plan = None if arguments.scenario is None else read_plan(arguments.scenario)
        if plan is not None:
            return _run_day(_day(plan, options, arguments))
        if arguments.town is not None:
            return _run_town(_day(TOWN, options, arguments), Pace(an_hour=arguments.town))
    except (BadScenario, BadDevices) as error:
        sys.stderr.write(f"gridwarden simulate: {error}\n")
        return 2

    async def main(stop: asyncio.Event) -> int:
        counts = await simulate(options, stop, progress=print_progress)
        print_counts(counts)
        return 1 if _was_in_vain(counts, PROTOCOLS[options.protocol]) else 0

    return run_until_stopped(main)


async def simulate(
    options: Options,
    stop: asyncio.Event | None = None,
    *,
    counts: Counts | None = None,
    progress: Callable[[Counts, float], None] = lambda counts, elapsed_s: None,
) -> Counts:
    """Run a fleet until its duration is over or `stop` is set; what it counted, also into `counts` as it goes.

    progress: called every few seconds with the counts and the seconds since the start.
    """
    counts, stop = counts or Counts(), stop or asyncio.Event()
    city = await asyncio.to_thread(City.load, options.seed)
    people = city.members(options.members)
    fleet = _fleet(city, people, options)
    outboxes = [Outbox(counts, limit=options.memory) for _ in people]
    protocol = PROTOCOLS[options.protocol]
    handhelds = options.devices or tuple(Handheld(one.device, one.token) for one in people)
    async with _session() as session, asyncio.TaskGroup() as group:
        senders = [
            group.create_task(
                keep_sending(protocol.open(options.addresses, session, who), outbox, counts, options.patience),
                name=f"handheld {who.device}",
            )
            for who, outbox in zip(handhelds, outboxes, strict=False)
        ]
        await _walk(fleet, outboxes, options, stop, lambda elapsed_s: progress(counts, elapsed_s))
        await _farewell(outboxes, options.farewell_s)
        for sender in senders:
            sender.cancel()
    return counts


def _session() -> aiohttp.ClientSession:
    """As many connections as there are members, none of which keeps cookies."""
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0),
        timeout=aiohttp.ClientTimeout(total=_REQUEST_TIMEOUT_S),
        cookie_jar=aiohttp.DummyCookieJar(),
    )


def _fleet(city: City, people: list[Member], options: Options) -> Fleet:
    grids = [one.grid for one in people]
    if options.devices is not None:
        known = {one.device: one.grid for one in people}
        grids = [known.get(who.device, grid) for who, grid in zip(options.devices, grids, strict=False)]
    start_ms = time.time_ns() // 1_000_000
    return Fleet(city, grids, options.scenario, rate=options.rate, seed=options.seed, start_ms=start_ms)


async def _walk(
    fleet: Fleet, outboxes: list[Outbox], options: Options, stop: asyncio.Event, progress: Callable[[float], None]
) -> None:
    """Let the fleet take its turns when they are due."""
    began = told = time.monotonic()
    while options.duration_s is None or time.monotonic() - began < options.duration_s:
        early_ms = fleet.due_ms - time.time_ns() // 1_000_000
        if await stopped(stop, early_ms / 1000):
            break
        if -early_ms > _BEHIND_MS:
            fleet.skip(-early_ms)
        _hand_out(fleet.turn(), outboxes)
        await asyncio.sleep(0)
        if (now := time.monotonic()) - told >= PROGRESS_S:
            progress(now - began)
            told = now
    if (rest := fleet.rest()) is not None:
        _hand_out(rest, outboxes)


def _hand_out(reports: Reports, outboxes: list[Outbox]) -> None:
    for member, sample in reports.samples():
        outboxes[member].put(sample)


async def _farewell(outboxes: list[Outbox], limit_s: float) -> None:
    """Wait until everything is settled, a bounded time."""
    with suppress(TimeoutError):
        async with asyncio.timeout(limit_s):
            for outbox in outboxes:
                await outbox.emptied()


def _was_in_vain(counts: Counts, protocol: Protocol) -> bool:
    taken = counts.acknowledged + counts.rejected if protocol.is_answered else counts.sent
    return counts.errors > 0 and taken == 0


def _day(plan: Plan, options: Options, arguments: argparse.Namespace) -> DayOptions:
    """Raises BadScenario."""
    if not arguments.dispatcher or not arguments.verifier:
        raise BadScenario(["say --dispatcher and --verifier: nobody verifies what he reported done"])
    return DayOptions(
        plan=plan, members=options.members, addresses=options.addresses, scenario=options.scenario,
        dispatcher=(arguments.dispatcher, sys.stdin.readline().rstrip("\n")),
        verifier=(arguments.verifier, sys.stdin.readline().rstrip("\n")),
        city_seed=options.seed, devices=options.devices,
    )  # fmt: skip


def _run_town(options: DayOptions, pace: Pace) -> int:
    async def main(stop: asyncio.Event) -> int:
        counts = Counts()
        await live(options, pace, stop, counts)
        print_counts(counts)
        return 0

    return run_until_stopped(main)


def _run_day(day: DayOptions) -> int:
    async def main(stop: asyncio.Event) -> int:
        playing = asyncio.create_task(play_day(day, _print_day))
        ended = asyncio.create_task(stop.wait())
        await asyncio.wait({playing, ended}, return_when=asyncio.FIRST_COMPLETED)
        ended.cancel()
        if not playing.done():
            playing.cancel()
            return 1
        sys.stdout.write(json.dumps(playing.result()) + "\n")
        sys.stderr.write(table_of({day.plan.policy: playing.result()}) + "\n")
        return 0

    return run_until_stopped(main)


def _print_day(done: int, everything: int) -> None:
    if done % 50 == 0 or done == everything:
        sys.stderr.write(f"{done} of {everything} incidents have ended\n")


def _options(arguments: argparse.Namespace) -> Options:
    """The command line as Options. Raises BadScenario and BadDevices."""
    protocol: Protocol = PROTOCOLS[arguments.protocol]
    if arguments.rate > protocol.fastest:
        raise BadScenario([f"{arguments.protocol} carries at most {protocol.fastest:g} fixes a second and member"])
    devices = None
    if arguments.devices is not None:
        devices = read_devices(arguments.devices, arguments.members, needs_token=protocol.needs_token)
    return Options(
        members=arguments.members,
        rate=arguments.rate,
        protocol=arguments.protocol,
        scenario=Scenario() if arguments.scenario is None else read_scenario(arguments.scenario),
        duration_s=arguments.duration,
        seed=arguments.seed,
        addresses=addresses_of(arguments),
        devices=devices,
    )


def _whole(text: str) -> int:
    if (number := int(text)) < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def _positive(text: str) -> float:
    if not 0 < (number := float(text)) < float("inf"):
        raise argparse.ArgumentTypeError("more than 0")
    return number
