"""The websocket endpoint /live: sign in, subscribe, then only listen.

A browser brings the session cookie, others an Authorization header or a first message with the token. Sessions are
asked again every minute: one that was ended closes the connection (4401).
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

import orjson
from pydantic import BaseModel, Field, ValidationError
from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

from dispatch.push.groups import Subscription
from dispatch.push.hub import PushHub, Viewer
from registry.api.route import Caller

__all__ = ["LiveEndpoint"]

_COOKIE = "gridwarden_session"
_SIGN_IN_TIMEOUT_S = 10.0
_ASK_AGAIN_S = 60.0
_NOT_SIGNED_IN, _TRY_LATER, _FOREIGN = 4401, 1013, 4403

Authorise = Callable[[str], Awaitable[Caller | None]]
Visible = Callable[[Caller, str | None], Awaitable[frozenset[int]]]


class _SignIn(BaseModel):
    type: str = Field(pattern="^sign-in$")
    token: str = Field(min_length=1, max_length=256)


class _Resume(BaseModel):
    epoch: str = Field(max_length=64)
    sequence: int


class _Subscribe(BaseModel):
    type: str = Field(pattern="^subscribe$")
    organisation: str | None = None
    bbox: tuple[float, float, float, float] | None = None
    resume: _Resume | None = None


class LiveEndpoint:
    """authorise: token -> caller. visible: which organisations' keys a caller sees of the one asked for."""

    def __init__(self, hub: PushHub, authorise: Authorise, visible: Visible, *, most_viewers: int = 5_000) -> None:
        self._hub, self._authorise, self._visible = hub, authorise, visible
        self._most = most_viewers
        self.open = 0

    async def serve(self, connection: ServerConnection) -> None:
        """One viewer, until either side closes."""
        if not _same_host(connection):
            await connection.close(_FOREIGN, "this page may not connect")
            return
        if self.open >= self._most:
            await connection.close(_TRY_LATER, "too many viewers: try again later")
            return
        self.open += 1
        viewer = Viewer(connection)
        try:
            await self._converse(viewer)
        except ConnectionClosed:
            pass
        finally:
            self.open -= 1
            self._hub.leave(viewer)

    async def _converse(self, viewer: Viewer) -> None:
        connection = viewer.connection
        token = _token_of(connection) or await _token_message(connection)
        caller = await self._authorise(token) if token else None
        if token is None or caller is None:
            await connection.close(_NOT_SIGNED_IN, "sign in first")
            return
        await connection.send(orjson.dumps({"type": "welcome", "epoch": self._hub.epoch}).decode())
        while True:
            try:
                async with asyncio.timeout(_ASK_AGAIN_S):
                    message = await connection.recv()
            except TimeoutError:
                if await self._authorise(token) is None:
                    await connection.close(_NOT_SIGNED_IN, "the session has ended")
                    return
                continue
            await self._subscribe(viewer, caller, message)

    async def _subscribe(self, viewer: Viewer, caller: Caller, message: str | bytes) -> None:
        try:
            wanted = _Subscribe.model_validate_json(message)
        except ValidationError as error:
            await _problem(viewer.connection, f"not understood: {error.errors()[0]['msg']}")
            return
        organisations = await self._visible(caller, wanted.organisation)
        if not organisations:
            await _problem(viewer.connection, f"there is no organisation {wanted.organisation!r} that you may see")
            return
        self._hub.leave(viewer)
        resume = None if wanted.resume is None else (wanted.resume.epoch, wanted.resume.sequence)
        self._hub.join(viewer, Subscription(organisations, wanted.bbox), resume=resume)


def _same_host(connection: ServerConnection) -> bool:
    """A browser's page must come from the host it connects to, whatever the port; others send no Origin."""
    request = connection.request
    origin = None if request is None else request.headers.get("Origin")
    if request is None or origin is None:
        return request is not None
    host = urlsplit(f"//{request.headers.get('Host', '')}").hostname
    return urlsplit(origin).hostname == host


def _token_of(connection: ServerConnection) -> str | None:
    """The token of the Authorization header or the session cookie."""
    assert connection.request is not None
    headers = connection.request.headers
    scheme, _, token = headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token:
        return token.strip()
    with contextlib.suppress(CookieError):
        morsel = SimpleCookie(headers.get("Cookie", "")).get(_COOKIE)
        return None if morsel is None else morsel.value
    return None


async def _token_message(connection: ServerConnection) -> str | None:
    """The token of a first message; None when none comes in time."""
    try:
        async with asyncio.timeout(_SIGN_IN_TIMEOUT_S):
            return _SignIn.model_validate_json(await connection.recv()).token
    except (TimeoutError, ValidationError):
        return None


async def _problem(connection: ServerConnection, detail: str) -> None:
    await connection.send(orjson.dumps({"type": "problem", "detail": detail}).decode())
