"""Each client against a server, whole and broken."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pynmea2
import pytest

from simulators.clients.counts import Counts
from simulators.clients.outbox import Outbox
from simulators.clients.protocols import PROTOCOLS, Handheld
from simulators.clients.sender import TROUBLE, Patience, keep_sending
from tests.simulators.samples import NOON_MS, sample
from tests.simulators.servers import Server, serving

ANSWERED = [name for name, protocol in PROTOCOLS.items() if protocol.is_answered]
IMPATIENT = Patience(first=0.001, longest=0.01)


@asynccontextmanager
async def handheld(server: Server, protocol: str) -> AsyncIterator[tuple[Outbox, Counts]]:
    """A handheld that sends to the server what is put into its outbox."""
    counts = Counts()
    outbox = Outbox(counts)
    async with aiohttp.ClientSession() as session:
        converse = PROTOCOLS[protocol].open(server.at, session, Handheld("handheld-1", "secret"))
        sender = asyncio.create_task(keep_sending(converse, outbox, counts, IMPATIENT))
        try:
            yield outbox, counts
        finally:
            sender.cancel()
            await asyncio.gather(sender, return_exceptions=True)


async def send(outbox: Outbox, count: int) -> None:
    for second in range(count):
        outbox.put(sample(time_ms=NOON_MS + 1000 * second))
        await asyncio.sleep(0)
    async with asyncio.timeout(10):
        await outbox.emptied()


@pytest.mark.parametrize("protocol", ANSWERED)
async def test_every_fix_is_acknowledged(protocol: str) -> None:
    async with serving() as server, handheld(server, protocol) as (outbox, counts):
        await send(outbox, 20)
        assert counts == Counts(sent=20, acknowledged=20)
        assert len(server.fixes) + len(server.queries) == 20


@pytest.mark.parametrize("protocol", ANSWERED)
async def test_fixes_reach_a_server_that_cuts_connections(protocol: str) -> None:
    async with serving(Server(cut_every=3)) as server, handheld(server, protocol) as (outbox, counts):
        for _ in range(10):
            await send(outbox, 2)
        assert (counts.sent, counts.acknowledged) == (20, 20)
        assert counts.resent > 0
        assert counts.errors > 0


@pytest.mark.parametrize("protocol", ANSWERED)
async def test_a_server_that_is_busy_is_asked_again(protocol: str) -> None:
    async with serving(Server(answers=[503, 500])) as server, handheld(server, protocol) as (outbox, counts):
        await send(outbox, 3)
        assert (counts.sent, counts.acknowledged, counts.errors) == (3, 3, 2)


@pytest.mark.parametrize("protocol", ["json-http", "osmand", "owntracks"])
async def test_what_the_server_cannot_read_is_not_sent_again(protocol: str) -> None:
    async with serving(Server(answers=[400])) as server, handheld(server, protocol) as (outbox, counts):
        await send(outbox, 1)
        assert counts == Counts(sent=1, rejected=1)
        assert server.fixes == []


@pytest.mark.parametrize("protocol", ["json-http", "json-ws"])
async def test_rejected_fixes_of_a_batch_are_counted(protocol: str) -> None:
    async with serving(Server(reject=[0])) as server, handheld(server, protocol) as (outbox, counts):
        await send(outbox, 1)
        assert counts == Counts(sent=1, rejected=1)


async def test_retry_after_is_kept() -> None:
    loop = asyncio.get_running_loop()
    async with serving(Server(answers=[503], retry_after="1")) as server, handheld(server, "osmand") as (outbox, _):
        began = loop.time()
        await send(outbox, 1)
        assert loop.time() - began >= 0.9


@pytest.mark.parametrize("protocol", ["json-http", "json-ws"])
async def test_json_shows_the_token(protocol: str) -> None:
    async with serving() as server, handheld(server, protocol) as (outbox, _):
        await send(outbox, 1)
        assert server.headers[0]["Authorization"] == "Bearer secret"


async def test_osmand_shows_device_and_token() -> None:
    async with serving() as server, handheld(server, "osmand") as (outbox, _):
        await send(outbox, 1)
        assert (server.queries[0]["id"], server.queries[0]["token"]) == ("handheld-1", "secret")


async def test_owntracks_shows_device_and_token() -> None:
    async with serving() as server, handheld(server, "owntracks") as (outbox, _):
        await send(outbox, 1)
        assert server.headers[0]["Authorization"] == "Basic aGFuZGhlbGQtMTpzZWNyZXQ="  # handheld-1:secret


async def test_nmea_identifies_itself_first_and_counts_no_acknowledgement() -> None:
    async with serving() as server, handheld(server, "nmea-tcp") as (outbox, counts):
        await send(outbox, 5)
        await server.until(6, "lines")
        assert server.lines[0].startswith(b"$PGID,handheld-1,secret*")
        assert [pynmea2.parse(line.decode(), check=True).sentence_type for line in server.lines[1:]] == ["RMC"] * 5
        assert counts == Counts(sent=5)


async def test_nmea_identifies_itself_on_every_connection() -> None:
    async with serving(Server(cut_every=3)) as server, handheld(server, "nmea-tcp") as (outbox, counts):
        while server.connections < 3:
            await send(outbox, 1)
        assert sum(line.startswith(b"$PGID") for line in server.lines) >= 2
        assert counts.errors >= 2


async def test_each_datagram_stands_for_itself() -> None:
    async with serving(udp=True) as server, handheld(server, "nmea-udp") as (outbox, counts):
        await send(outbox, 3)
        await server.until(6, "lines")
        assert [line[:6] for line in server.lines] == [b"$PGID,", b"$GNRMC"] * 3
        assert counts == Counts(sent=3)


@pytest.mark.parametrize("protocol", [*ANSWERED, "nmea-tcp"])
async def test_fixes_wait_for_a_server_that_is_not_there(protocol: str) -> None:
    async with serving() as server:
        gone = server.at
    counts = Counts()
    outbox = Outbox(counts)
    outbox.put(sample())
    async with aiohttp.ClientSession() as session:
        converse = PROTOCOLS[protocol].open(gone, session, Handheld("handheld-1", "secret"))
        with pytest.raises(TROUBLE):
            await converse(outbox)
    outbox.recall()
    assert len(outbox) == 1
    assert counts.acknowledged == 0
