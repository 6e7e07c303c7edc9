from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import aiohttp
import numpy as np
import pytest
from pydantic import BaseModel, ConfigDict

from registry.api.problems import NotFound
from registry.api.route import Answered, Call, Download, Route
from tests.gridwarden.web.house import nothing, visiting


class Said(BaseModel):
    """An answer with what JSON has no word for."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    at: datetime
    speed: float
    columns: object


def a_route(handler: object, **about: object) -> Route:
    return Route(method="GET", path="/x", handler=handler, summary="X", tag="x", public=True, **about)  # type: ignore[arg-type]  # tests state only what matters


async def test_times_are_rfc_3339_utc_and_unknown_numbers_null() -> None:
    async def handler(_: Call) -> Said:
        return Said(at=datetime(2026, 11, 24, 1, 2, 3, tzinfo=UTC), speed=math.nan, columns=np.array([1.5, 2.5]))

    async with visiting([a_route(handler)]) as client:
        response = await client.get("/api/v1/x")
        assert await response.json() == {"at": "2026-11-24T01:02:03Z", "speed": None, "columns": [1.5, 2.5]}
        assert response.headers["Cache-Control"] == "no-store"


async def test_nothing_to_say_is_204() -> None:
    async with visiting([a_route(nothing)]) as client:
        assert (await client.get("/api/v1/x")).status == 204


async def test_a_cleared_cookie_is_forgotten_by_the_browser() -> None:
    async def handler(_: Call) -> Answered:
        return Answered(body=None, session="")

    async with visiting([a_route(handler)]) as client:
        cookie = (await client.get("/api/v1/x")).cookies["gridwarden_session"]
        assert (cookie.value, cookie["max-age"]) == ("", "0")


class File:
    """A file in chunks, that knows whether it was closed; breaks: what it raises behind the first chunk."""

    def __init__(self, *chunks: bytes, breaks: Exception | None = None, endless: bool = False) -> None:
        self._chunks, self._breaks, self._endless = chunks, breaks, endless
        self.closed = asyncio.Event()

    async def chunks(self) -> AsyncIterator[bytes]:
        try:
            for chunk in self._chunks:
                yield chunk
            while self._endless:
                yield b"x" * 65_536
            if self._breaks is not None:
                raise self._breaks
        finally:
            self.closed.set()

    async def handler(self, _: Call) -> Download:
        return Download(media_type="text/csv", chunks=self.chunks(), filename="轨迹 1.csv")


async def test_a_file_is_sent_in_chunks_under_its_name() -> None:
    file = File(b"a,b\n", b"1,2\n")
    async with visiting([a_route(file.handler, media_type="text/csv")]) as client:
        response = await client.get("/api/v1/x")
        assert await response.read() == b"a,b\n1,2\n"
        assert response.headers["Content-Type"] == "text/csv"
        assert response.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''%E8%BD%A8")
    assert file.closed.is_set()


async def test_an_empty_file_is_a_file() -> None:
    async with visiting([a_route(File().handler, media_type="text/csv")]) as client:
        response = await client.get("/api/v1/x")
        assert (response.status, await response.read()) == (200, b"")


async def test_what_fails_before_the_first_chunk_is_a_problem() -> None:
    file = File(breaks=NotFound("no such member"))
    async with visiting([a_route(file.handler, media_type="text/csv")]) as client:
        response = await client.get("/api/v1/x")
        assert (response.status, (await response.json())["detail"]) == (404, "no such member")


async def test_a_file_that_breaks_off_does_not_look_whole(caplog: pytest.LogCaptureFixture) -> None:
    file = File(b"half", breaks=RuntimeError("disk"))
    async with visiting([a_route(file.handler, media_type="text/csv")]) as client:
        with caplog.at_level(logging.ERROR), pytest.raises(aiohttp.ClientError):
            await (await client.get("/api/v1/x")).read()
    assert [record.message for record in caplog.records] == ["a file broke off: /api/v1/x"]


async def test_a_reader_who_goes_away_frees_what_the_file_holds() -> None:
    file = File(b"first", endless=True)
    async with visiting([a_route(file.handler, media_type="text/csv")]) as client:
        response = await client.get("/api/v1/x")
        await response.content.read(5)
        response.close()
        async with asyncio.timeout(10):
            await file.closed.wait()


async def test_head_sends_no_body_and_frees_the_file() -> None:
    file = File(b"a,b\n")
    async with visiting([a_route(file.handler, media_type="text/csv")]) as client:
        response = await client.head("/api/v1/x")
        assert (response.status, await response.read()) == (200, b"")
        async with asyncio.timeout(10):
            await file.closed.wait()
