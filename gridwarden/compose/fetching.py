"""Asking servers that the operator named: bounded in time and answer, redirects not followed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp

__all__ = ["Fetcher"]

_AT_ONCE = 8
_MOST_BYTES = 1 << 20


class Fetcher:
    """Over one session, while it is `opened`. timeout_s: for a whole answer, waiting for a connection included."""

    def __init__(self, timeout_s: float) -> None:
        self._timeout_s = timeout_s
        self._session: aiohttp.ClientSession | None = None

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        """Until the end of this context it may fetch."""
        timeout = aiohttp.ClientTimeout(total=self._timeout_s)
        connector = aiohttp.TCPConnector(limit=_AT_ONCE)
        async with aiohttp.ClientSession(
            connector=connector, timeout=timeout, cookie_jar=aiohttp.DummyCookieJar()
        ) as self._session:
            try:
                yield
            finally:
                self._session = None

    async def fetch(self, url: str, body: bytes | None) -> tuple[int, bytes]:
        """(status, body) of a GET, or of a POST of JSON. Raises OSError where no whole answer came in time."""
        if self._session is None:
            raise OSError("the server is starting or ending")
        headers = {} if body is None else {"Content-Type": "application/json"}
        try:
            async with self._session.request(
                "GET" if body is None else "POST", url, data=body, headers=headers, allow_redirects=False
            ) as answer:
                return answer.status, await _bounded(answer.content)
        except TimeoutError as error:
            raise OSError(f"nothing came within {self._timeout_s:g} s") from error
        except aiohttp.ClientError as error:
            raise OSError(type(error).__name__) from error


async def _bounded(stream: aiohttp.StreamReader) -> bytes:
    read = bytearray()
    async for chunk in stream.iter_any():
        read += chunk
        if len(read) > _MOST_BYTES:
            raise OSError(f"more than {_MOST_BYTES} bytes came")
    return bytes(read)
