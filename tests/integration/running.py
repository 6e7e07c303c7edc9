"""The real program as a child process, used from outside through its public contract only."""

from __future__ import annotations

import asyncio
import csv
import json
import os
import secrets
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

__all__ = ["PORTS", "PROGRAM", "Server", "command", "environment", "figure", "serving", "start", "write_devices"]

START_TIMEOUT_S = 60
STOP_TIMEOUT_S = 30
PROGRAM = (sys.executable, "-m", "gridwarden")
PORTS = ("HTTP", "WS", "NMEA_TCP", "NMEA_UDP", "OSMAND")


def environment(data: Path, **settings: str) -> dict[str, str]:
    """The environment of a server of its own, with data in `data`; every port is chosen where no setting names it."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GRIDWARDEN_")}
    ports = {f"GRIDWARDEN_{name}": "127.0.0.1:0" for name in PORTS}
    return clean | ports | {"GRIDWARDEN_DATA": str(data)} | settings


@dataclass
class Server:
    """A running server: its process, where it listens, its environment and what it logged."""

    process: Process
    at: Mapping[str, str]
    environment: Mapping[str, str]
    log: Path

    def address(self, name: str) -> tuple[str, int]:
        """Host and port of a listener of the ready line."""
        host, _, port = self.at[name].rpartition(":")
        return host, int(port)

    def url(self, path: str, listener: str = "http") -> str:
        """http://… of a path."""
        return f"http://{self.at[listener]}{path}"

    async def command(self, *arguments: str, stdin: bytes | None = None) -> bytes:
        """Run an administrative command beside it; its stdout."""
        return await command(self.environment, *arguments, stdin=stdin)

    async def add_device(self, device: str, *options: str) -> str:
        """Register a device; its token."""
        token: str = json.loads(await self.command("device", "add", device, *options))["token"]
        return token

    async def positions(self, device: str) -> list[dict[str, Any]]:
        """Every stored position of the device, oldest first."""
        lines = await self.command("export", "positions", "--device", device, "--format", "jsonl")
        return [json.loads(line) for line in lines.splitlines()]

    async def add_user(self, name: str = "anna", role: str = "administrator", *options: str) -> str:
        """Add a user and sign in; the session's token."""
        password = f"{name} has a long password"
        await self.command("user", "add", name, "--role", role, *options, "--password-stdin", stdin=password.encode())
        async with (
            aiohttp.ClientSession() as http,
            http.post(self.url("/api/v1/session"), json={"name": name, "password": password}) as answer,
        ):
            assert answer.status == 200, await answer.text()
            token: str = (await answer.json())["token"]
            return token

    async def get(self, path: str, token: str | None = None) -> Any:
        """The JSON of a path of the API, which must answer 200."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        async with aiohttp.ClientSession() as http, http.get(self.url(path), headers=headers) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def stop(self) -> int:
        """SIGTERM; the exit status."""
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(STOP_TIMEOUT_S):
            return await self.process.wait()

    async def kill(self) -> None:
        """SIGKILL."""
        if self.process.returncode is None:
            self.process.kill()
        await self.process.wait()


async def command(environ: Mapping[str, str], *arguments: str, stdin: bytes | None = None) -> bytes:
    """Run `gridwarden` with these arguments; its stdout. It must exit 0."""
    process = await asyncio.create_subprocess_exec(
        *PROGRAM, *arguments, stdin=PIPE, stdout=PIPE, stderr=PIPE, env=environ
    )
    async with asyncio.timeout(START_TIMEOUT_S):
        out, errors = await process.communicate(stdin)
    assert process.returncode == 0, f"{arguments}: {errors.decode()[-2000:]}"
    return out


async def start(environ: Mapping[str, str], arguments: Sequence[str], log: Path) -> Server:
    """Start `gridwarden` and wait for its ready line."""
    with log.open("ab") as stderr:
        process = await asyncio.create_subprocess_exec(*PROGRAM, *arguments, stdout=PIPE, stderr=stderr, env=environ)
    assert process.stdout is not None
    try:
        async with asyncio.timeout(START_TIMEOUT_S):
            line = await process.stdout.readline()
        assert line, f"it ended: {tail(log)}"
        ready = json.loads(line)
        assert ready.pop("event") == "ready"
    except BaseException:
        process.kill()
        await process.wait()
        raise
    return Server(process, ready, environ, log)


@asynccontextmanager
async def serving(data: Path, *arguments: str, **settings: str) -> AsyncIterator[Server]:
    """A server with an embedded database in `data`; stopped at the end, cleanly when the test did not end it."""
    data.parent.mkdir(parents=True, exist_ok=True)
    server = await start(environment(data, **settings), ["serve", *arguments], data.parent / f"{data.name}.log")
    try:
        yield server
    except BaseException:
        await server.kill()
        raise
    ended_by_the_test = server.process.returncode is not None
    status = await server.stop()
    assert ended_by_the_test or status == 0, tail(server.log)


def write_devices(path: Path, devices: Iterable[str]) -> dict[str, str]:
    """A file for `gridwarden import devices`; the token of each device."""
    made = {device: secrets.token_urlsafe(12) for device in devices}
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["id", "token"], *made.items()])
    return made


def figure(metrics: str, name: str) -> float | None:
    """One figure of the text of /metrics, None where it is not there."""
    for line in metrics.splitlines():
        if line.startswith(f"{name} "):
            return float(line.rpartition(" ")[2])
    return None


def tail(log: Path) -> str:
    """The end of what it logged."""
    return log.read_text(encoding="utf-8")[-3000:]
