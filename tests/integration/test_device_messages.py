"""Every OsmAnd, OwnTracks, T55, GPSLogger, OpenGTS and Overland message of tests/vectors over its real transport.

One server takes them all; each must leave the position that its vector asserts, to 1e-6 degrees and the second, and
bring the reply that its client needs, or the client would send it for ever. `device_messages` says what those are and
lists, with reasons, where the vectors and this server differ.
"""

from __future__ import annotations

import asyncio
import csv
import json
import socket
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from yarl import URL

from tests.integration.device_messages import Expected, Lines, Message, Request, messages, token_of
from tests.integration.running import Server, serving

MESSAGES = messages()
TIMEOUT_S = 30
MARKED = "2000-01-01T07:08:09"
ON_ARRIVAL = timedelta(seconds=TIMEOUT_S)


@dataclass(frozen=True)
class Outcome:
    """What came back and what is stored, oldest first. A tracker hears nothing, and its connection is closed."""

    status: int | None
    reply: object
    positions: list[dict[str, Any]]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def outcomes(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Mapping[str, Outcome]]:
    data = tmp_path_factory.mktemp("messages") / "data"
    async with serving(data, GRIDWARDEN_MAX_FIX_AGE="unlimited", GRIDWARDEN_MAX_FIX_LEAD="1d") as server:
        yield await sent_to(server, data.parent / "devices.csv")


async def sent_to(server: Server, devices: Path) -> dict[str, Outcome]:
    """Register the devices, send everything, look at what is stored; outcomes by message."""
    with devices.open("w", newline="", encoding="utf-8") as file:
        names = [message.device for message in MESSAGES if message.device]
        csv.writer(file).writerows([("id", "token"), *((name, token_of(name)) for name in names)])
    await server.command("import", "devices", str(devices))
    token = await server.add_user()
    async with aiohttp.ClientSession() as http:
        replies = {message.name: await said(server, http, message.sent) for message in MESSAGES}
        return {
            message.name: Outcome(*replies[message.name], await stored(server, http, message, token))
            for message in MESSAGES
        }


async def said(server: Server, http: aiohttp.ClientSession, sent: Request | Lines) -> tuple[int | None, object]:
    """Send it; the status, and the body: as JSON where it is JSON."""
    if isinstance(sent, Lines):
        return None, await (over_tcp if sent.listener == "nmea_tcp" else over_udp)(server, sent.lines)
    url = URL(server.url(sent.path, sent.listener), encoded=True)
    async with http.request(sent.method, url, headers=sent.headers, data=sent.body.encode() or None) as answer:
        text = await answer.text()
        return answer.status, json.loads(text) if answer.content_type == "application/json" else text


async def over_tcp(server: Server, lines: tuple[str, ...]) -> bytes:
    """One connection, closed as trackers close it; what the server said until it closed its side."""
    reader, writer = await asyncio.open_connection(*server.address("nmea_tcp"))
    writer.write("".join(f"{line}\r\n" for line in lines).encode())
    writer.write_eof()
    async with asyncio.timeout(TIMEOUT_S):
        reply = await reader.read()
    writer.close()
    await writer.wait_closed()
    return reply


async def over_udp(server: Server, lines: tuple[str, ...]) -> bytes:
    """A datagram a line from one socket."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        for line in lines:
            sender.sendto(line.encode(), server.address("nmea_udp"))
    return b""


async def stored(server: Server, http: aiohttp.ClientSession, message: Message, token: str) -> list[dict[str, Any]]:
    """The device's positions; of NMEA, which is not acknowledged, once the marker is there, and without it."""
    if not message.device:
        return []
    marked = isinstance(message.sent, Lines)
    query = {"device": message.device, "from": "1980-01-01T00:00:00Z"}
    headers = {"Authorization": f"Bearer {token}"}
    async with asyncio.timeout(TIMEOUT_S):
        while True:
            async with http.get(server.url("/api/v1/fixes"), params=query, headers=headers) as answer:
                assert answer.status == 200, await answer.text()
                items = (await answer.json())["items"]
            positions = [item for item in items if not (marked and item["time"].startswith(MARKED))]
            if len(positions) < len(items) or not marked:
                return positions


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.name)
async def test_a_message_gives_its_position_and_the_reply_that_its_client_needs(
    outcomes: Mapping[str, Outcome], message: Message
) -> None:
    outcome = outcomes[message.name]
    assert_replied(outcome, message.sent)
    assert len(outcome.positions) == len(message.expected), outcome.positions
    for position, expected in zip(outcome.positions, message.expected, strict=True):
        assert_is(position, expected)


def assert_replied(outcome: Outcome, sent: Request | Lines) -> None:
    """Status and body; NMEA has neither."""
    assert outcome.status == (sent.status if isinstance(sent, Request) else None)
    wanted = sent.reply if isinstance(sent, Request) else b""
    if wanted is None:
        assert isinstance(outcome.reply, str)
        assert outcome.reply.endswith("\n")
    else:
        assert outcome.reply == wanted


def assert_is(position: Mapping[str, Any], expected: Expected) -> None:
    """Compare what the vector asserts."""
    assert position["latitude"] == pytest.approx(expected.latitude, abs=1e-6)
    assert position["longitude"] == pytest.approx(expected.longitude, abs=1e-6)
    assert_time(position, expected)
    for name, tolerance in (("speed", 1e-3), ("course", 1e-2), ("altitude", 1e-2), ("battery", 1e-3)):
        value = getattr(expected, name)
        if value is not None and (position[name] is not None or value != 0):
            assert position[name] == pytest.approx(value, abs=tolerance), name


def assert_time(position: Mapping[str, Any], expected: Expected) -> None:
    """The second of it; a message without a time, or without a day, has the server's."""
    time, received = datetime.fromisoformat(position["time"]), datetime.fromisoformat(position["received_at"])
    if expected.time is None:
        assert abs(received - time) <= ON_ARRIVAL
    elif expected.today:
        assert time.replace(microsecond=0).time() == expected.time.replace(microsecond=0).time()
        assert abs(received - time) <= timedelta(hours=12)
    else:
        assert time.astimezone(UTC).replace(microsecond=0) == expected.time.astimezone(UTC).replace(microsecond=0)


def test_no_vector_is_left_out() -> None:
    names = {message.name.split()[0] for message in MESSAGES}
    assert len(names) == 9 + (4 + 19 + 3 + 36) + 1 + 10 + 5 + 27
