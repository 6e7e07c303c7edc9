from __future__ import annotations

import argparse
import asyncio
import time
from pathlib import Path

import pytest

from simulators.clients.counts import Counts
from simulators.clients.protocols import Handheld
from simulators.clients.sender import Patience
from simulators.encoders.nmea import gga, rmc
from simulators.logs.errors import BadLog
from simulators.logs.nmea_log import NmeaLog, read_nmea
from simulators.logs.values import milliseconds
from simulators.replay import Options, add_parser, read_log, replay, run
from tests.simulators.samples import NOON_MS, sample
from tests.simulators.servers import Server, serving

WHO = Handheld("tracker", "secret")


def nmea_log(seconds: int) -> NmeaLog:
    fixes = [sample(time_ms=NOON_MS + 1000 * second) for second in range(seconds)]
    return read_nmea(b"".join(gga(fix) + rmc(fix) for fix in fixes))


def options(server: Server, protocol: str = "nmea-tcp", *, speed: float = 0.0, is_shifted: bool = False) -> Options:
    return Options(
        who=WHO, protocol=protocol, speed=speed, is_shifted=is_shifted, addresses=server.at,
        patience=Patience(first=0.001, longest=0.01),
    )  # fmt: skip


async def test_a_log_goes_out_byte_for_byte_after_the_identification() -> None:
    log = nmea_log(5)
    async with serving() as server:
        counts = await replay(log, options(server))
        await server.until(11, "lines")
        assert server.lines[0].startswith(b"$PGID,tracker,secret*")
        assert server.lines[1:] == [line for epoch in log.epochs for line in epoch.lines]
        assert counts == Counts(sent=5)


async def test_the_pace_is_that_of_the_log_times_the_speed() -> None:
    began = time.monotonic()
    async with serving() as server:
        await replay(nmea_log(6), options(server, speed=20))
    assert 0.24 <= time.monotonic() - began < 5


async def test_a_connection_that_is_cut_is_opened_again() -> None:
    async with serving(Server(cut_every=4)) as server:
        counts = await replay(nmea_log(20), options(server, speed=200))
        assert counts.sent == 20
        assert counts.errors > 0
        assert sum(line.startswith(b"$PGID") for line in server.lines) > 1


@pytest.mark.parametrize("protocol", ["json-http", "nmea-tcp"])
async def test_fixes_of_a_table_go_out_as_json_or_nmea(protocol: str) -> None:
    fixes = [sample(time_ms=NOON_MS + second) for second in range(250)]
    async with serving() as server:
        counts = await replay(fixes, options(server, protocol))
        if protocol == "json-http":
            assert counts == Counts(sent=250, acknowledged=250)
            assert [fix["time"][-4:-1] for fix in server.fixes[:2]] == ["123", "124"]
        else:
            await server.until(251, "lines")
            assert counts == Counts(sent=250)


@pytest.mark.parametrize(("speed", "spacing_ms"), [(0.0, 1000), (100.0, 10)])
async def test_shifted_fixes_happen_now_at_the_pace_they_are_sent(speed: float, spacing_ms: int) -> None:
    fixes = [sample(time_ms=NOON_MS + 1000 * second) for second in range(3)]
    async with serving() as server:
        now_ms = time.time_ns() // 1_000_000
        await replay(fixes, options(server, "json-http", speed=speed, is_shifted=True))
        (first, second, third) = (milliseconds(fix["time"]) for fix in server.fixes)
        assert second - first == third - second == spacing_ms
        assert abs((third if speed == 0 else first) - now_ms) < 3000


async def test_a_shifted_log_has_the_times_of_now() -> None:
    async with serving() as server:
        await replay(nmea_log(1), options(server, is_shifted=True, speed=1))
        await server.until(3, "lines")
        times = read_nmea(b"".join(server.lines[1:]))
        assert abs(times.epochs[0].time_ms - time.time_ns() // 1_000_000) < 5000


async def test_it_can_be_stopped_midway() -> None:
    stop = asyncio.Event()
    async with serving() as server:
        playing = asyncio.create_task(replay(nmea_log(3600), options(server, speed=1), stop))
        await server.until(1, "lines")
        stop.set()
        async with asyncio.timeout(5):
            counts = await playing
        assert 0 < counts.sent < 10


def test_the_kind_of_log_is_known_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("time,latitude,longitude\n0,1,2\n")
    (tmp_path / "b.log").write_bytes(rmc(sample()))
    assert isinstance(read_log(tmp_path / "a.csv"), list)
    assert isinstance(read_log(tmp_path / "b.log"), NmeaLog)
    with pytest.raises(BadLog):
        read_log(tmp_path / "none.gpx")


def parsed(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_parser(parser.add_subparsers())
    return parser.parse_args(["replay", *arguments])


@pytest.mark.parametrize(
    ("name", "arguments", "fault"),
    [
        ("a.log", ["--protocol", "json-http", "--token", "t"], "NMEA logs go out as NMEA only"),
        ("a.csv", ["--protocol", "json-http"], "JSON needs --token"),
        ("a.gpx", [], "not XML"),
    ],
)
def test_what_does_not_fit_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, arguments: list[str], fault: str
) -> None:
    contents = {"a.log": rmc(sample()), "a.csv": b"time,latitude,longitude\n0,1,2\n", "a.gpx": b""}
    (tmp_path / name).write_bytes(contents[name])
    assert run(parsed(str(tmp_path / name), "--device", "d", *arguments)) == 2
    assert fault in capsys.readouterr().err


def test_a_negative_speed_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parsed("a.log", "--device", "d", "--speed=-1")
    assert "0 or more" in capsys.readouterr().err
