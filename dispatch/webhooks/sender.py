"""Posting to strangers' servers: bounded in time and answer, no redirects, private networks only where allowed."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from dispatch.webhooks.model import is_public

__all__ = ["Sender", "open_sender"]

_TIMEOUT_S = 10.0


class _PublicOnly(AbstractResolver):
    """Names that lead into private networks do not resolve, whatever they led to when the webhook was made."""

    def __init__(self) -> None:
        self._inner = aiohttp.ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = [one for one in await self._inner.resolve(host, port, family) if is_public(one["host"])]
        if not found:
            raise OSError(None, f"{host} is in a private network")
        return found

    async def close(self) -> None:
        await self._inner.close()


class Sender:
    """Over one session."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    async def post(self, url: str, body: bytes, headers: dict[str, str]) -> tuple[bool, str]:
        """(whether it was taken with a 2xx, the status or what went wrong)."""
        try:
            async with self._session.post(url, data=body, headers=headers, allow_redirects=False) as answer:
                return 200 <= answer.status < 300, str(answer.status)
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
            return False, (f"{type(error).__name__}: {error}")[:200]


@asynccontextmanager
async def open_sender(*, private: bool) -> AsyncIterator[Sender]:
    """private: whether names may lead into private networks."""
    resolver: Any = None if private else _PublicOnly()
    connector = aiohttp.TCPConnector(limit=20, resolver=resolver)
    timeout = aiohttp.ClientTimeout(total=_TIMEOUT_S)
    async with aiohttp.ClientSession(
        connector=connector, timeout=timeout, cookie_jar=aiohttp.DummyCookieJar(), auto_decompress=False
    ) as session:
        yield Sender(session)
