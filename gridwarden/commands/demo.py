"""`gridwarden demo`: the whole system with a seeded city and a simulated fleet, and the sign-in on the terminal.

The demo uses nothing that an operator could not: it writes the city's import files, imports them, adds a user, starts
the server and runs `gridwarden simulate` beside it.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import secrets
import signal
import sys
import webbrowser
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Coroutine, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from gridwarden.commands.serve import print_ready
from gridwarden.compose.database import Database, open_database
from gridwarden.compose.loop import ends_before, run_async
from gridwarden.compose.roles import ALL_ROLES
from gridwarden.compose.seeding import has_buildings, has_incidents, import_files, import_history, kinds_of, set_user
from gridwarden.compose.server import CannotStart, serve
from gridwarden.logs import set_up_logs
from gridwarden.settings import Settings
from registry.api.route import Role
from simulators.city.city import City
from simulators.city.diary import write_diary
from simulators.city.history import Kind, write_history
from simulators.city.residents import write_residents
from simulators.city.seed import write_import_files
from simulators.day.office import judge
from simulators.day.party import fill_the_halls
from simulators.day.patrols import make_rosters
from simulators.day.public_service import fill_the_desk
from simulators.day.registering import register

__all__ = ["add_parser"]

USER = "demo"
_A_DAY = 60  # incidents of the history
ROBOTS = {"colleague": Role.DISPATCHER, "inspector": Role.SUPERVISOR}
"""Who act in the demo where nobody does, by the role that each has."""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `demo`."""
    parser = commands.add_parser(
        "demo", help="the whole system with a city and its members", description="Everything, to look at."
    )
    parser.add_argument("--members", type=int, default=400, help="simulated members (default: 400)")
    parser.add_argument("--seed", type=int, default=1, help="which city and walks (default: 1)")
    parser.add_argument(
        "--incidents", type=float, default=60.0, metavar="N", help="reports of citizens an hour, 0: none (default: 60)"
    )
    parser.add_argument(
        "--history", type=int, default=84, metavar="DAYS", help="of made-up incidents before today (default: 84)"
    )
    parser.add_argument(
        "--no-residents", action="store_true", help="no made-up households in the real buildings of the first street"
    )
    parser.add_argument("--no-browser", action="store_true", help="do not open the page")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    set_up_logs(settings.log)
    try:
        return run_async(_demo(arguments, settings))
    except CannotStart as error:
        print(f"gridwarden: {error}", file=sys.stderr)
        return 1


async def _demo(arguments: argparse.Namespace, settings: Settings) -> int:
    settings = replace(settings, data=settings.data / "demo", tls_certificate=None)  # its fleet speaks plainly
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    password = secrets.token_urlsafe(9)
    async with open_database(settings) as database:
        if not await ends_before(stop, _fill(arguments, settings, database)):
            return 0
        await set_user(database.pool, USER, password)
        robots = {name: secrets.token_urlsafe(9) for name in ROBOTS}
        for name, role in ROBOTS.items():
            await set_user(database.pool, name, robots[name], role)
        return await _serve_with_fleet(arguments, settings, database, stop, password, robots)


async def _fill(arguments: argparse.Namespace, settings: Settings, database: Database) -> None:
    """The city and its past; each file is stored whole or not at all, so the next start goes on after a signal."""
    files = await asyncio.to_thread(
        write_import_files, settings.data / "city", members=arguments.members, seed=arguments.seed
    )
    await import_files(database.pool, files, settings)
    await _bring_in_history(arguments, settings, database)
    if not arguments.no_residents:
        await _bring_in_residents(arguments, settings, database)


async def _bring_in_history(arguments: argparse.Namespace, settings: Settings, database: Database) -> None:
    """The days up to now, once: a demo that is started again has its own history."""
    if arguments.history <= 0 or await has_incidents(database.pool):
        return
    city = await asyncio.to_thread(City.load, arguments.seed)
    until = datetime.now(ZoneInfo(settings.time_zone)) - timedelta(minutes=5)
    members, folder = city.members(arguments.members), settings.data / "city"
    incidents = await asyncio.to_thread(
        write_history, folder / "incidents.jsonl", city, members,
        [Kind(**row) for row in await kinds_of(database.pool)], until=until,
        days=arguments.history, count=arguments.history * _A_DAY,
    )  # fmt: skip
    diary = await asyncio.to_thread(
        write_diary, folder / "diary.jsonl", city, members, until=until, days=arguments.history
    )
    await import_history(database.pool, incidents, diary)


async def _bring_in_residents(arguments: argparse.Namespace, settings: Settings, database: Database) -> None:
    """Buildings, households and what is beside them in the city's first street, once."""
    if await has_buildings(database.pool):
        return
    city = await asyncio.to_thread(City.load, arguments.seed)
    street = next(one.id for one in city.organisations if one.level == "street")
    files = await asyncio.to_thread(write_residents, settings.data / "city", city, street)
    await import_files(database.pool, files, settings)


async def _serve_with_fleet(
    arguments: argparse.Namespace, settings: Settings, database: Database, stop: asyncio.Event, password: str,
    robots: Mapping[str, str],
) -> int:  # fmt: skip
    listening: asyncio.Future[Mapping[str, str | None]] = asyncio.get_running_loop().create_future()
    fleet_ended = asyncio.Event()  # the server goes on until the fleet has heard its last acknowledgement
    async with asyncio.TaskGroup() as group:
        server = group.create_task(
            serve(settings, frozenset(ALL_ROLES), ready=listening.set_result, stop=fleet_ended, database=database)
        )
        server.add_done_callback(lambda _: listening.cancel())
        addresses = await listening
        fleet = await _start_fleet(arguments, settings, addresses, robots)
        at = f"http://{addresses['http']}"
        past = [group.create_task(one) for one in _past(arguments, settings, at, (USER, password), robots["inspector"])]
        try:
            print_ready(addresses)
            _welcome(str(addresses["http"]), password, browser=not arguments.no_browser)
            await stop.wait()
        finally:
            for one in past:
                one.cancel()
            await _end(fleet)
            fleet_ended.set()
    return 0


def _past(
    arguments: argparse.Namespace, settings: Settings, at: str, user: tuple[str, str], inspector: str
) -> Iterator[Coroutine[Any, Any, None]]:  # fmt: skip
    """What is made through the API of a city that was at work before. at: http://host:port; inspector: his password."""
    supervisor = ("inspector", inspector)
    yield fill_the_desk(at, *user, arguments.seed)
    yield register(at, *user, arguments.seed)
    yield fill_the_halls(at, user, supervisor, arguments.seed, lives=arguments.incidents > 0)
    if arguments.history > 0:
        now = datetime.now(ZoneInfo(settings.time_zone))
        yield make_rosters(at, user, arguments.seed, arguments.members, now)
        yield judge(at, user, supervisor, arguments.seed)


async def _start_fleet(
    arguments: argparse.Namespace, settings: Settings, addresses: Mapping[str, str | None], robots: Mapping[str, str]
) -> Process:
    fleet = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "gridwarden", "simulate", "--members", str(arguments.members), "--rate", "1",
        "--seed", str(arguments.seed), "--protocol", "json-ws", "--ws", str(addresses["ws"]),
        "--http", str(addresses["http"]), "--devices", str(settings.data / "city" / "devices.csv"),
        *_town(arguments.incidents, robots), stdin=PIPE, stdout=DEVNULL, start_new_session=True,
    )  # fmt: skip
    assert fleet.stdin is not None
    fleet.stdin.write("".join(f"{password}\n" for password in robots.values()).encode())
    fleet.stdin.close()
    return fleet


def _town(an_hour: float, robots: Mapping[str, str]) -> list[str]:
    if an_hour <= 0:
        return []
    dispatcher, verifier = robots
    return ["--town", str(an_hour), "--dispatcher", dispatcher, "--verifier", verifier]


async def _end(fleet: Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        fleet.terminate()
    try:
        async with asyncio.timeout(10):
            await fleet.wait()
    except TimeoutError:
        fleet.kill()
        await fleet.wait()


def _welcome(http: str, password: str, *, browser: bool) -> None:
    page = f"http://{http}/"
    print(f"\n  Gridwarden is running:  {page}\n  sign in as {USER} / {password}\n  Ctrl-C stops it\n", file=sys.stderr)
    if browser and sys.stderr.isatty() and (Path("/usr/bin/xdg-open").exists() or os.name == "nt"):
        webbrowser.open(page)
