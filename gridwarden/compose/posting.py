"""Posting to servers that an operator or administrator named: bounded in time, redirects not followed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

import aiohttp

__all__ = ["poster"]

_TIMEOUT_S = 10.0

Post = Callable[[str, bytes, Mapping[str, str]], Awaitable[int]]


@asynccontextmanager
async def poster() -> AsyncIterator[Post]:
    """A function (url, body, headers) -> status of the answer, which raises OSError where there is none."""
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=_TIMEOUT_S)) as session:

        async def post(url: str, body: bytes, headers: Mapping[str, str]) -> int:
            try:
                async with session.post(url, data=body, headers=headers, allow_redirects=False) as answer:
                    return answer.status
            except (aiohttp.ClientError, TimeoutError) as error:
                raise OSError(f"{type(error).__name__}: {error}") from error

        yield post
