"""Bodies that break off, over a plain socket."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from tests.served import serving
from tests.tracker.transports.device_fakes import HeldIntake, a_reception
from tracker.transports.device_http import device_routes

HEAD = b"POST /api/v1/fixes HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer token-1\r\n"
FIX = b'{"time":"2026-11-24T01:02:03Z","latitude":1,"longitude":2}'
WHOLE = HEAD + b"Connection: close\r\nContent-Length: %d\r\n\r\n" % len(FIX) + FIX


@pytest.fixture
async def served() -> AsyncIterator[tuple[str, int, HeldIntake]]:
    reception, intake = a_reception(body_bytes=4_096)
    application = web.Application()
    application.add_routes(device_routes(reception))
    async with serving(application) as address:
        host, port = address.removeprefix("http://").split(":")
        yield host, int(port), intake


async def answer_to(host: str, port: int, request: bytes, *, hang_up: bool = False) -> bytes:
    """All the server says until it closes the connection; hang_up: end ours after the request."""
    reader, writer = await asyncio.open_connection(host, port)
    try:
        writer.write(request)
        if hang_up:
            writer.write_eof()
        async with asyncio.timeout(5):
            return await reader.read()
    finally:
        writer.close()
        await writer.wait_closed()


@pytest.mark.parametrize(
    "rest",
    [b"Content-Length: 100\r\n\r\n" + FIX, b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"],
    ids=["short", "cut chunks"],
)
async def test_a_device_that_hangs_up_within_its_body_stores_nothing_and_is_no_fault_of_the_server(
    served: tuple[str, int, HeldIntake], rest: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    host, port, intake = served
    await answer_to(host, port, HEAD + rest, hang_up=True)
    assert (await answer_to(host, port, WHOLE)).startswith(b"HTTP/1.1 200 ")
    assert len(intake.batches) == 1
    assert not [record for record in caplog.records if record.exc_info]


@pytest.mark.parametrize(
    "rest",
    [
        b"Content-Encoding: deflate\r\nContent-Length: 5\r\n\r\nhello",
        b"Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello",
    ],
    ids=["bad deflate", "bad gzip"],
)
async def test_a_body_that_cannot_be_unpacked_is_400_and_ends_its_connection(
    served: tuple[str, int, HeldIntake], rest: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    host, port, intake = served
    assert (await answer_to(host, port, HEAD + rest)).startswith(b"HTTP/1.1 400 ")
    assert not intake.batches
    assert not [record for record in caplog.records if record.exc_info]


async def test_a_body_longer_than_the_limit_says_so_before_it_is_read(served: tuple[str, int, HeldIntake]) -> None:
    host, port, _ = served
    request = HEAD + b"Connection: close\r\nContent-Length: 5000\r\n\r\n" + b" " * 5000
    assert (await answer_to(host, port, request)).startswith(b"HTTP/1.1 413 ")


async def test_a_body_in_several_pieces_is_one(served: tuple[str, int, HeldIntake]) -> None:
    host, port, intake = served
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(FIX[at : at + 7]), FIX[at : at + 7]) for at in range(0, len(FIX), 7))
    request = HEAD + b"Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks + b"0\r\n\r\n"
    assert (await answer_to(host, port, request)).startswith(b"HTTP/1.1 200 ")
    assert len(intake.batches) == 1
