"""`gridwarden replay`: a recorded log against a running server, at its own pace or faster."""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeVar

import aiohttp

from simulators.addresses import Addresses, add_address_options, addresses_of
from simulators.clients.counts import Counts
from simulators.clients.outbox import Outbox
from simulators.clients.protocols import PROTOCOLS, Handheld
from simulators.clients.raw_nmea import RawNmea
from simulators.clients.sender import Patience, keep_sending
from simulators.fleet.reports import Sample
from simulators.logs.csv_fixes import read_csv
from simulators.logs.errors import BadLog
from simulators.logs.gpx import read_gpx
from simulators.logs.nmea_log import NmeaLog, moved, read_nmea
from simulators.running import print_counts, print_progress, run_until_stopped, stopped

__all__ = ["Options", "add_parser", "read_log", "replay", "run"]

PROGRESS_S = 5.0


class Timed(Protocol):
    """Anything that has its time, in milliseconds since 1970."""

    @property
    def time_ms(self) -> int: ...


_Timed = TypeVar("_Timed", bound=Timed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """speed: times the log's own pace, 0 = as fast as it goes. is_shifted: the log happens now.

    protocol: nmea-tcp or json-http. farewell_s: how long to wait at the end for what is not acknowledged.
    """

    who: Handheld
    protocol: str
    speed: float = 1.0
    is_shifted: bool = False
    addresses: Addresses = field(default_factory=Addresses)
    farewell_s: float = 30.0
    patience: Patience = field(default_factory=Patience)


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """Add `replay`; the caller sets what runs it."""
    parser = commands.add_parser(
        "replay",
        help="a recorded NMEA, GPX or CSV log against a running server",
        description="NMEA logs go out as they are, byte for byte; GPX and CSV as JSON or NMEA. "
        "The last line of stdout is the counts as JSON.",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help=".gpx, .csv, or NMEA under any other name")
    parser.add_argument("--device", required=True, metavar="ID", help="who the log is of")
    parser.add_argument("--token", help="the device's token")
    parser.add_argument("--speed", type=_pace, default=1.0, metavar="X", help="times its own pace; 0: at once")
    parser.add_argument("--shift-to-now", action="store_true", help="as if it happened now")
    parser.add_argument(
        "--protocol",
        choices=("nmea-tcp", "json-http"),
        help="default: NMEA for NMEA logs and without a token, else JSON",
    )
    add_address_options(parser)
    return parser


def run(arguments: argparse.Namespace) -> int:
    """Run the parsed command: 0 all is sent, 1 not all, 2 it could not begin."""
    try:
        log = read_log(arguments.file)
        options = _options(arguments, is_nmea=isinstance(log, NmeaLog))
    except BadLog as error:
        sys.stderr.write(f"gridwarden replay: {arguments.file}: {error}\n")
        return 2

    async def main(stop: asyncio.Event) -> int:
        counts = await replay(log, options, stop, progress=print_progress)
        print_counts(counts)
        settled = counts.acknowledged + counts.rejected if options.protocol == "json-http" else counts.sent
        return 0 if stop.is_set() or settled >= len(log) else 1

    return run_until_stopped(main)


def read_log(path: Path) -> list[Sample] | NmeaLog:
    """Read by the file's name: GPX, CSV, else NMEA. Raises BadLog."""
    try:
        document = path.read_bytes()
    except OSError as error:
        raise BadLog(error.strerror or str(error)) from error
    match path.suffix.lower():
        case ".gpx":
            return read_gpx(document)
        case ".csv":
            return read_csv(document)
        case _:
            return read_nmea(document)


async def replay(
    log: list[Sample] | NmeaLog,
    options: Options,
    stop: asyncio.Event | None = None,
    *,
    progress: Callable[[Counts, float], None] = lambda counts, elapsed_s: None,
) -> Counts:
    """Send a log until its end or until `stop` is set; what was counted (of NMEA, epochs)."""
    stop, counts = stop or asyncio.Event(), Counts()
    async with asyncio.TaskGroup() as group:
        teller = group.create_task(_tell(counts, progress, time.monotonic()), name="progress")
        if isinstance(log, NmeaLog):
            await _replay_epochs(log, options, stop, counts)
        else:
            await _replay_samples(log, options, stop, counts)
        teller.cancel()
    return counts


async def _replay_epochs(log: NmeaLog, options: Options, stop: asyncio.Event, counts: Counts) -> None:
    address = options.addresses.nmea
    async with RawNmea(address.host, address.port, options.who, counts, options.patience) as line:
        async for epoch, now_ms in _paced(log.epochs, options, stop):
            sent = moved(epoch, now_ms) if options.is_shifted else epoch
            if not await line.send(b"".join(sent.lines), stop):
                break


async def _replay_samples(samples: list[Sample], options: Options, stop: asyncio.Event, counts: Counts) -> None:
    outbox = Outbox(counts, limit=len(samples))
    async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as group:
        converse = PROTOCOLS[options.protocol].open(options.addresses, session, options.who)
        sender = group.create_task(keep_sending(converse, outbox, counts, options.patience), name="replay")
        async for sample, now_ms in _paced(samples, options, stop):
            outbox.put(sample._replace(time_ms=now_ms) if options.is_shifted else sample)
        with suppress(TimeoutError):
            async with asyncio.timeout(options.farewell_s):
                await outbox.emptied()
        sender.cancel()


async def _paced(log: Sequence[_Timed], options: Options, stop: asyncio.Event) -> AsyncIterator[tuple[_Timed, int]]:
    """Each entry when it is due, with the time that it would have if the log happened now at this pace."""
    began, began_ms, first_ms = time.monotonic(), time.time_ns() // 1_000_000, log[0].time_ms
    for entry in log:
        after_s = (entry.time_ms - first_ms) / 1000 / options.speed if options.speed else 0.0
        if await stopped(stop, began + after_s - time.monotonic()):
            return
        shift_ms = after_s * 1000 if options.speed else entry.time_ms - log[-1].time_ms
        yield entry, began_ms + round(shift_ms)


async def _tell(counts: Counts, progress: Callable[[Counts, float], None], began: float) -> None:
    while True:
        await asyncio.sleep(PROGRESS_S)
        progress(counts, time.monotonic() - began)


def _options(arguments: argparse.Namespace, *, is_nmea: bool) -> Options:
    """The command line as Options. Raises BadLog where the log and the protocol do not fit."""
    protocol = arguments.protocol or ("nmea-tcp" if is_nmea or arguments.token is None else "json-http")
    if is_nmea and protocol != "nmea-tcp":
        raise BadLog("NMEA logs go out as NMEA only")
    if protocol == "json-http" and arguments.token is None:
        raise BadLog("JSON needs --token")
    return Options(
        who=Handheld(arguments.device, arguments.token),
        protocol=protocol,
        speed=arguments.speed,
        is_shifted=arguments.shift_to_now,
        addresses=addresses_of(arguments),
    )


def _pace(text: str) -> float:
    if not 0 <= (number := float(text)) < float("inf"):
        raise argparse.ArgumentTypeError("0 or more")
    return number
