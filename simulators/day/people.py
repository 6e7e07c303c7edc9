"""People who use the public API: they sign in, ask, and try again when the server is busy or away."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp

__all__ = ["Person", "Refused", "sign_in"]

_TRIES = 60
_PAUSE_S = 0.5
_AGAIN = {429, 502, 503, 504}


class Refused(Exception):
    """The server said no. status: of HTTP; body: the problem."""

    def __init__(self, status: int, body: Mapping[str, Any]) -> None:
        super().__init__(f"{status}: {body.get('detail')}")
        self.status, self.body = status, body


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody signed in. base: http://host:port."""

    session: aiohttp.ClientSession
    base: str
    token: str

    async def get(self, path: str, **query: str | int) -> Any:
        """The answer. Raises Refused."""
        return await self._ask("GET", path, params=query)

    async def post(self, path: str, body: Mapping[str, Any], *, key: str | None = None) -> Any:
        """The answer; `key`: an Idempotency-Key, so that trying again makes one thing. Raises Refused."""
        headers = {} if key is None else {"Idempotency-Key": key}
        return await self._ask("POST", path, json=dict(body), headers=headers)

    async def post_list(self, path: str, body: Sequence[Mapping[str, Any]]) -> Any:
        """The answer. Raises Refused."""
        return await self._ask("POST", path, json=list(body))

    async def put(self, path: str, body: Mapping[str, Any]) -> Any:
        """The answer. Raises Refused."""
        return await self._ask("PUT", path, json=dict(body))

    async def patch(self, path: str, body: Mapping[str, Any]) -> Any:
        """The answer. Raises Refused."""
        return await self._ask("PATCH", path, json=dict(body))

    async def _ask(self, method: str, path: str, **what: Any) -> Any:
        headers = what.pop("headers", {}) | {"Authorization": f"Bearer {self.token}"}
        return await _answer(self.session, method, f"{self.base}/api/v1{path}", headers=headers, **what)


async def sign_in(session: aiohttp.ClientSession, base: str, name: str, password: str) -> Person:
    """Open a session. Raises Refused."""
    said = {"name": name, "password": password}
    answer = await _answer(session, "POST", f"{base}/api/v1/session", json=said)
    return Person(session, base, answer["token"])


async def _answer(session: aiohttp.ClientSession, method: str, url: str, **what: Any) -> Any:
    for tried in range(1, _TRIES + 1):
        try:
            async with session.request(method, url, **what) as response:
                if response.status not in _AGAIN:
                    return await _read(response)
        except (aiohttp.ClientConnectionError, TimeoutError):
            if tried == _TRIES:
                raise
        await asyncio.sleep(_PAUSE_S)
    raise Refused(503, {"detail": f"{method} {url}: the server stayed busy"})


async def _read(response: aiohttp.ClientResponse) -> Any:
    if response.status == 204:
        return None
    body = await response.json(content_type=None)
    if response.status >= 400:
        raise Refused(response.status, body)
    return body
