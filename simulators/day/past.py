"""What happened before somebody looks: made by users of the whole city for its first street, through the public API."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

import aiohttp

from simulators.city.city import City, Organisation
from simulators.day.people import Refused, sign_in

__all__ = ["first_street", "written"]


async def first_street(seed: int) -> Organisation:
    """Of the city of that seed."""
    city = await asyncio.to_thread(City.load, seed)
    return next(one for one in city.organisations if one.level == "street")


async def written(base: str, users: list[tuple[str, str]], write: Callable[..., Awaitable[None]]) -> None:
    """`write` by these users, name and password, signed in. A server that refuses or goes away is left as it is."""
    async with aiohttp.ClientSession() as session:
        with contextlib.suppress(Refused, aiohttp.ClientError):
            await write(*[await sign_in(session, base, *user) for user in users])
