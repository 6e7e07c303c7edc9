from __future__ import annotations

import argparse
import asyncio
import json
import signal
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

import pytest

from simulators.clients.counts import Counts
from simulators.clients.protocols import PROTOCOLS, Handheld
from simulators.clients.sender import Patience
from simulators.fleet.scenario import Scenario
from simulators.simulate import Options, add_parser, run, simulate
from tests.simulators.servers import Server, serving

UNTROUBLED = Scenario(no_fix=0, link_losses=0, duplicates=0)
IMPATIENT = Patience(first=0.001, longest=0.01)


def options(server: Server, protocol: str, *, rate: float = 1.0, scenario: Scenario = UNTROUBLED) -> Options:
    return Options(
        members=10, rate=rate, protocol=protocol, duration_s=1.2, scenario=scenario, addresses=server.at,
        patience=IMPATIENT,
    )  # fmt: skip


@pytest.mark.parametrize("protocol", sorted(PROTOCOLS))
async def test_a_fleet_reports_and_the_counts_agree_with_the_server(protocol: str) -> None:
    async with serving(udp=protocol == "nmea-udp") as server:
        counts = await simulate(options(server, protocol))
        assert counts.sent >= 10
        if PROTOCOLS[protocol].is_answered:
            assert counts.acknowledged == counts.sent == len(server.fixes) + len(server.queries)
        else:
            await server.until(counts.sent, "lines")
            await server.until(counts.sent + sum(line.startswith(b"$PGID") for line in server.lines), "lines")
        assert counts.errors == counts.dropped == 0


@pytest.mark.parametrize("protocol", ["json-http", "json-ws", "osmand"])
async def test_counts_are_right_when_the_server_cuts_connections(protocol: str) -> None:
    async with serving(Server(cut_every=4)) as server:
        counts = await simulate(options(server, protocol, rate=5.0))
        assert counts.acknowledged == counts.sent > 0
        assert counts.errors > 0
        assert len({str(one) for one in [*server.fixes, *server.queries]}) == counts.sent


async def test_duplicates_are_sent_and_not_counted_twice() -> None:
    async with serving() as server:
        counts = await simulate(options(server, "json-http", scenario=Scenario(duplicates=1, no_fix=0, link_losses=0)))
        assert len(server.fixes) == 2 * counts.sent
        assert counts.acknowledged == counts.sent == counts.resent


async def test_it_runs_until_it_is_stopped() -> None:
    stop = asyncio.Event()
    async with serving() as server:
        fleet = Options(members=3, rate=10.0, protocol="json-ws", addresses=server.at, scenario=UNTROUBLED)
        running = asyncio.create_task(simulate(fleet, stop))
        await server.until(9, "fixes")
        stop.set()
        async with asyncio.timeout(10):
            counts = await running
        assert counts.acknowledged == len(server.fixes)


async def test_given_devices_are_played() -> None:
    async with serving() as server:
        who = tuple(Handheld(f"mine-{number}", None) for number in range(3))
        fleet = Options(
            members=3,
            rate=1.0,
            protocol="osmand",
            devices=who,
            duration_s=0.9,
            addresses=server.at,
            scenario=UNTROUBLED,
        )
        await simulate(fleet)
        assert {query["id"] for query in server.queries} == {"mine-0", "mine-1", "mine-2"}


def parsed(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_parser(parser.add_subparsers())
    return parser.parse_args(["simulate", *arguments])


def test_a_bad_scenario_is_told_and_nothing_begins(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "bad.json"
    path.write_text('{"nois": 1}')
    assert run(parsed("--scenario", str(path))) == 2
    assert "nois: there is no such setting" in capsys.readouterr().err


def test_owntracks_cannot_be_faster_than_its_clock(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(parsed("--protocol", "owntracks", "--rate", "2")) == 2
    assert "at most 1" in capsys.readouterr().err


@pytest.mark.parametrize("bad", [["--members", "0"], ["--rate", "0"], ["--duration", "inf"], ["--protocol", "x"]])
def test_bad_arguments_are_refused(bad: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parsed(*bad)
    assert "simulate" in capsys.readouterr().err


PROGRAM = """
import argparse, sys
from simulators import simulate
parser = argparse.ArgumentParser()
simulate.add_parser(parser.add_subparsers())
sys.exit(simulate.run(parser.parse_args()))
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_a_signal_stops_the_program_cleanly_with_its_counts(number: signal.Signals) -> None:
    async with serving() as server:
        program = await asyncio.create_subprocess_exec(
            sys.executable, "-W", "error", "-c", PROGRAM, "simulate", "--members", "5", "--rate", "5",
            "--protocol", "json-http", "--http", str(server.at.http), stdout=PIPE, stderr=PIPE,
        )  # fmt: skip
        try:
            await server.until(20, "fixes")
            program.send_signal(number)
            async with asyncio.timeout(20):
                out, err = await program.communicate()
        finally:
            if program.returncode is None:
                program.kill()
                await program.wait()
        assert program.returncode == 0, err.decode()
        counts = Counts(**json.loads(out.splitlines()[-1]))
        assert counts.sent == counts.acknowledged >= 20
