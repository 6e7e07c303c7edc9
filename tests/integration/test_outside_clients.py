"""Clients that nobody here wrote, unmodified, against the running server: curl, nc, socat.

A program that is not on the machine is skipped by name; in CI the ones that .ci/run installs must be there.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio

from tests.integration.running import Server, serving

pytestmark = pytest.mark.asyncio(loop_scope="module")

INSTALLED_IN_CI = {"curl", "nc", "socat"}
PATH = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
TIMEOUT_S = 30

SENTENCE = "$GPRMC,192429,A,5121.47965,N,011.71463,W,0.000000,0.000000,050316,,*02"
PLACE = (51.3579942, -0.1952438)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def server(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Server]:
    data = tmp_path_factory.mktemp("outside") / "data"
    async with serving(data, GRIDWARDEN_MAX_FIX_AGE="unlimited") as running:
        yield running


def program(name: str) -> str:
    """Where the program is; skips the test where it is not, except in CI for those that CI installs."""
    found = shutil.which(name, path=PATH)
    if found is None:
        reason = f"{name} is not on this machine"
        if os.environ.get("CI") == "true" and name in INSTALLED_IN_CI:
            pytest.fail(reason)
        pytest.skip(reason)
    return found


async def run(name: str, *arguments: str, stdin: bytes = b"") -> bytes:
    """Run the program to its end, which must be a success; its stdout."""
    process = await asyncio.create_subprocess_exec(program(name), *arguments, stdin=PIPE, stdout=PIPE, stderr=PIPE)
    try:
        async with asyncio.timeout(TIMEOUT_S):
            out, errors = await process.communicate(stdin)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert process.returncode == 0, f"{name}: {errors.decode()}"
    return out


async def stored(server: Server, device: str, count: int) -> list[dict[str, Any]]:
    """The device's positions once there are so many: NMEA says nothing back when a fix is stored."""
    async with asyncio.timeout(TIMEOUT_S):
        while len(positions := await server.positions(device)) < count:
            pass
    return positions


def places(positions: Sequence[dict[str, Any]]) -> list[tuple[float, float]]:
    return [(round(one["latitude"], 7), round(one["longitude"], 7)) for one in positions]


def identified(device: str) -> bytes:
    """The line with which a tracker says who it is, and one fix."""
    return f"$DEVID,{device}\r\n{SENTENCE}\r\n".encode()


@dataclass(frozen=True)
class Message:
    """One request of an app as curl's arguments; {device} and {token} are filled in. reply: what the app needs."""

    name: str
    path: str
    arguments: tuple[str, ...]
    reply: object = b""
    listener: str = "http"


JSON = ("-H", "Content-Type: application/json")
BEARER = ("-H", "Authorization: Bearer {token}")
FIX = json.dumps({"time": "2016-03-05T19:24:29Z", "latitude": PLACE[0], "longitude": PLACE[1]})
OWNTRACKS = json.dumps({"_type": "location", "lat": PLACE[0], "lon": PLACE[1], "tst": 1457205869, "tid": "ab"})
OVERLAND = json.dumps(
    {
        "locations": [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [PLACE[1], PLACE[0]]},
                "properties": {"timestamp": "2016-03-05T19:24:29Z"},
            }
        ]
    }
)
QUERY = f"lat={PLACE[0]}&lon={PLACE[1]}"
MESSAGES = [
    Message("json", "/api/v1/fixes", (*JSON, *BEARER, "-d", FIX), {"accepted": 1, "rejected": []}),
    Message("osmand-query", f"/?id={{device}}&{QUERY}&timestamp=1457205869", (), listener="osmand"),
    Message("osmand-form", "/", ("-d", f"id={{device}}&{QUERY}&timestamp=1457205869"), listener="osmand"),
    Message("osmand-http", f"/ingest/osmand?id={{device}}&{QUERY}&timestamp=1457205869", ("-X", "POST")),
    Message("owntracks", "/pub", (*JSON, "-u", "{device}:{token}", "-d", OWNTRACKS), []),
    Message("overland", "/ingest/overland", (*JSON, *BEARER, "-d", OVERLAND), {"result": "ok"}),
    Message("gpslogger", f"/ingest/gpslogger?id={{device}}&{QUERY}&time=2016-03-05T19:24:29Z", ()),
    Message("opengts", f"/ingest/opengts?id={{device}}&dev={{device}}&acct=99&batt=0&code=0xF020&gprmc={SENTENCE}", ()),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: str(message.name))
async def test_curl_sends_a_fix_and_gets_the_reply_that_the_app_needs(server: Server, message: Message) -> None:
    device = f"curl-{message.name}"
    token = await server.add_device(device)

    def filled(text: str) -> str:
        return text.replace("{device}", device).replace("{token}", token)

    url = server.url(filled(message.path), message.listener)
    arguments = map(filled, message.arguments)
    body, _, status = (await run("curl", "-sS", "-g", "-w", "\n%{http_code}", *arguments, url)).rpartition(b"\n")
    assert status == b"200", body
    assert (json.loads(body) if body else body) == message.reply
    (position,) = await server.positions(device)
    assert places([position]) == [PLACE]
    assert position["time"].startswith("2016-03-05T19:24:29")


async def test_curl_with_a_wrong_token_is_refused_and_nothing_is_stored(server: Server) -> None:
    await server.add_device("curl-stranger")
    wrong = ("-H", "Authorization: Bearer wrong")
    url = server.url("/api/v1/fixes")
    status = await run("curl", "-sS", "-o", os.devnull, "-w", "%{http_code}", *JSON, *wrong, "-d", FIX, url)
    assert status == b"401"
    assert await server.positions("curl-stranger") == []


async def test_nc_sends_sentences_over_tcp(server: Server) -> None:
    await server.add_device("nc-tcp")
    await run("nc", "-N", *map(str, server.address("nmea_tcp")), stdin=identified("nc-tcp"))
    assert places(await stored(server, "nc-tcp", 1)) == [PLACE]


async def test_nc_sends_a_datagram(server: Server) -> None:
    await server.add_device("nc-udp")
    await run("nc", "-u", "-w", "1", *map(str, server.address("nmea_udp")), stdin=identified("nc-udp"))
    assert places(await stored(server, "nc-udp", 1)) == [PLACE]


async def test_socat_sends_sentences_over_tcp(server: Server) -> None:
    await server.add_device("socat-tcp")
    await run("socat", "-u", "STDIN", f"TCP:{server.at['nmea_tcp']}", stdin=identified("socat-tcp"))
    assert places(await stored(server, "socat-tcp", 1)) == [PLACE]


async def test_socat_that_closes_its_half_still_has_its_last_fix_stored_and_is_then_closed(server: Server) -> None:
    await server.add_device("socat-half")
    await run("socat", "-t", str(TIMEOUT_S), "STDIO", f"TCP:{server.at['nmea_tcp']}", stdin=identified("socat-half"))
    assert places(await server.positions("socat-half")) == [PLACE]
