"""`gridwarden check`: settings, data directory, disk, clock, database, Redis and ports, each with the mend."""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import socket
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import psycopg
import redis.asyncio
from redis.exceptions import RedisError

from gridwarden.compose.loop import run_async
from gridwarden.compose.privacy import key_fault, secret_file
from gridwarden.database.edition import edition_of
from gridwarden.database.embedded import running_url
from gridwarden.settings import Address, Settings

__all__ = ["Finding", "add_parser", "findings"]

_DISK_ENOUGH = 2 << 30
_CLOCK_SINCE = datetime(2025, 1, 1, tzinfo=UTC)
_CLOCK_APART_S = 2.0


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, whether it is well, and what is so or how to mend it."""

    what: str
    well: bool
    text: str


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `check`."""
    parser = commands.add_parser("check", help="what is wrong and how to mend it")
    parser.set_defaults(run=_run)


def _run(_: argparse.Namespace, settings: Settings) -> int:
    return run_async(_report(settings))


async def _report(settings: Settings) -> int:
    found = await findings(settings)
    for finding in found:
        print(f"{'ok  ' if finding.well else 'BAD '} {finding.what}: {finding.text}")
    return 0 if all(finding.well for finding in found) else 1


async def findings(settings: Settings) -> list[Finding]:
    """Look at everything; the settings themselves were read already."""
    running = await running_url(settings.data)
    found = [Finding("settings", True, "every one understood"), _data(settings), _disk(settings)]
    found.append(await _database(settings.database_url or running))
    found.append(await _key(settings, settings.database_url or running))
    if settings.redis_url:
        found.append(await _redis(settings.redis_url))
    return found + _ports(settings, serving=running is not None)


def _data(settings: Settings) -> Finding:
    directory = settings.data.absolute()
    existing = next(one for one in (directory, *directory.parents) if one.exists())
    if existing.is_dir() and os.access(existing, os.W_OK):
        return Finding("data directory", True, f"{directory} can be written")
    return Finding("data directory", False, f"{directory} cannot be written: chown it, or set GRIDWARDEN_DATA")


def _disk(settings: Settings) -> Finding:
    directory = settings.data.absolute()
    existing = next(one for one in (directory, *directory.parents) if one.exists())
    free = shutil.disk_usage(existing).free
    text = f"{free / (1 << 30):.1f} GiB free at {existing}"
    return Finding("disk", True, text) if free >= _DISK_ENOUGH else Finding("disk", False, f"{text}: make room")


async def _database(url: str | None) -> Finding:
    if url is None:
        return Finding("database", True, "embedded; not running now, the next command starts it")
    return await _asked("database", lambda: _database_text(url), psycopg.Error, "is it running, is the URL right?")


async def _database_text(url: str) -> str:
    async with await psycopg.AsyncConnection.connect(url, connect_timeout=5) as connection:
        row = await (await connection.execute("SELECT version(), extract(epoch FROM clock_timestamp())")).fetchone()
        assert row is not None
        apart = abs(float(row[1]) - time.time())
        if apart > _CLOCK_APART_S:
            raise psycopg.OperationalError(f"its clock is {apart:.1f} s away from this machine's: set both by NTP")
        return f"{str(row[0]).split(' on ')[0]}, TimescaleDB edition: {await edition_of(connection)}"


async def _key(settings: Settings, url: str | None) -> Finding:
    """Whether what is sealed can be opened."""
    if url is None:
        return Finding("sealing key", True, "not tried: the database does not run")
    try:
        async with await psycopg.AsyncConnection.connect(url, connect_timeout=5) as connection:
            fault = await key_fault(settings, connection)
    except (psycopg.Error, OSError) as error:
        return Finding("sealing key", True, f"not tried: {str(error).strip()}")
    return Finding("sealing key", fault is None, fault or f"{secret_file(settings).absolute()} opens what is sealed")


async def _redis(url: str) -> Finding:
    async def ping() -> str:
        async with redis.asyncio.from_url(url, socket_connect_timeout=5) as client:
            return f"version {(await client.info('server'))['redis_version']}"

    return await _asked("Redis", ping, RedisError, "is it running, is GRIDWARDEN_REDIS_URL right?")


async def _asked(what: str, ask: Callable[[], Awaitable[str]], expected: type[Exception], mend: str) -> Finding:
    try:
        async with asyncio.timeout(10):
            return Finding(what, True, await ask())
    except (expected, OSError, TimeoutError) as error:
        return Finding(what, False, f"{str(error).strip() or type(error).__name__}; {mend}")


def _ports(settings: Settings, *, serving: bool) -> list[Finding]:
    clock = datetime.now(UTC)
    found = [Finding("clock", clock > _CLOCK_SINCE, f"{clock:%Y-%m-%dT%H:%M:%SZ}; set it by NTP when it is wrong")]
    if serving:
        return [*found, Finding("ports", True, "not tried: a server is running on this data directory")]
    for name, kind in (("http", "tcp"), ("ws", "tcp"), ("nmea_tcp", "tcp"), ("nmea_udp", "udp"), ("osmand", "tcp")):
        found.append(_port(name, getattr(settings, name), kind))
    return found


def _port(name: str, address: Address, kind: str) -> Finding:
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM if kind == "udp" else socket.SOCK_STREAM) as probe:
        if kind == "tcp":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address.host, address.port))
        except OSError as error:
            mend = f"end what uses it, or set GRIDWARDEN_{name.upper()}"
            return Finding(f"port {name}", False, f"{address}: {error.strerror}; {mend}")
    return Finding(f"port {name}", True, f"{address} is free")
