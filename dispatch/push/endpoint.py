"""The websocket endpoint /live: sign in, subscribe, then only listen.

A browser brings the session cookie, others an Authorization header or a first message with the token. Once a minute,
however busy the viewer is, its session is asked for again: one that has ended closes the connection (4401), and one
that may see something else by now gets a new snapshot. While the registry cannot be asked, viewers keep what they have.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from pydantic import ValidationError
from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

from dispatch.outbox.model import Entry
from dispatch.push import messages
from dispatch.push.hub import PushHub, TooManySubscriptions, Viewer
from dispatch.push.subscription import Subscription
from registry.api.route import Caller, Role

__all__ = ["ASK_AGAIN_S", "LARGEST_MESSAGE", "MOST_MESSAGES", "LiveEndpoint"]

_log = logging.getLogger(__name__)

ASK_AGAIN_S = 60.0
LARGEST_MESSAGE = 4_096
MOST_MESSAGES = 120
"""Of one viewer between two looks at its session."""
_COOKIE = "gridwarden_session"
_SIGN_IN_TIMEOUT_S = 10.0
_NOT_SIGNED_IN, _FOREIGN = 4401, 4403
_TRY_LATER, _TOO_LARGE, _TOO_MANY = 1013, 1009, 1008

Authorise = Callable[[str], Awaitable[Caller | None]]
Visible = Callable[[Caller, str | None], Awaitable[frozenset[int]]]
Missed = Callable[[frozenset[int], int | None, int], Awaitable[list[Entry] | None]]


class LiveEndpoint:
    """One for all viewers of the process.

    authorise: token -> caller. visible: which organisations' keys a caller sees of the one asked for (None: all).
    missed: what happened to these organisations, or this member, behind a key; None where that is not known any more.
    """

    def __init__(
        self, hub: PushHub, authorise: Authorise, visible: Visible, missed: Missed, *, most_viewers: int = 5_000,
        ask_again_s: float = ASK_AGAIN_S,
    ) -> None:  # fmt: skip
        self._hub, self._authorise, self._visible, self._missed = hub, authorise, visible, missed
        self._most, self._ask_again_s = most_viewers, ask_again_s
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
        token = _token_of(viewer.connection) or await _token_message(viewer.connection)
        try:
            caller = await self._authorise(token) if token else None
        except Exception as error:  # noqa: BLE001 - supervisor of one viewer: the registry is away
            _log.warning("a viewer could not sign in", extra={"error": str(error).strip()})
            await viewer.connection.close(_TRY_LATER, "sign-in is not possible now: try again later")
            return
        if token is None or caller is None:
            await viewer.connection.close(_NOT_SIGNED_IN, "sign in first")
            return
        await viewer.connection.send(messages.welcome(self._hub.epoch), text=True)
        conversation = _Conversation(viewer, token, caller, self._hub, self._authorise, self._visible, self._missed)
        while await conversation.listen(self._ask_again_s) and await conversation.ask_again():
            pass


class _Conversation:
    """A viewer that is signed in."""

    def __init__(
        self, viewer: Viewer, token: str, caller: Caller, hub: PushHub, authorise: Authorise, visible: Visible,
        missed: Missed,
    ) -> None:  # fmt: skip
        self._viewer, self._token, self._caller, self._hub = viewer, token, caller, hub
        self._authorise, self._visible, self._missed = authorise, visible, missed
        self._asked: messages.Subscribe | None = None
        self._seen: Subscription | None = None

    async def listen(self, seconds: float) -> bool:
        """Do what the viewer asks for so long; False when it was sent away."""
        connection = self._viewer.connection
        until = asyncio.get_running_loop().time() + seconds
        for _ in range(MOST_MESSAGES):
            try:
                async with asyncio.timeout_at(until):
                    message = await connection.recv()
            except TimeoutError:
                return True
            if len(message) > LARGEST_MESSAGE:
                await connection.close(_TOO_LARGE, "messages here are short")
                return False
            await self._take(message)
        await connection.close(_TOO_MANY, "too many messages")
        return False

    async def ask_again(self) -> bool:
        """Whether the session still stands; what it may see is brought up to date."""
        try:
            caller = await self._authorise(self._token)
            if caller is None:
                await self._viewer.connection.close(_NOT_SIGNED_IN, "the session has ended")
                return False
            self._caller = caller
            if self._asked is not None:
                await self._see(self._asked, resume=None)
        except ConnectionClosed:
            raise
        except Exception as error:  # noqa: BLE001 - supervisor of one viewer: the registry is away
            _log.warning("a viewer's session could not be checked", extra={"error": str(error).strip()})
        return True

    async def _take(self, message: str | bytes) -> None:
        try:
            asked = messages.Subscribe.model_validate_json(message)
        except ValidationError as error:
            await self._problem(f"not understood: {error.errors()[0]['msg']}")
            return
        resume = None if asked.resume is None else (asked.resume.epoch, asked.resume.sequence)
        self._seen = None
        try:
            if asked.after is not None:
                self._hub.hold(self._viewer)
            await self._see(asked, resume=resume)
            if asked.after is not None and self._asked is not None:
                await self._catch_up(asked.after)
        except ConnectionClosed:
            raise
        except Exception as error:  # noqa: BLE001 - supervisor of one message: the registry is away
            _log.warning("a subscription failed", extra={"error": str(error).strip()})
            self._viewer.missed = asked.after is not None and self._asked is not None
            await self._problem("this cannot be looked up now: try again later")
        finally:
            self._hub.let_go(self._viewer)

    async def _see(self, asked: messages.Subscribe, *, resume: tuple[str, int] | None) -> None:
        """Subscribe to what is asked as far as it may be seen now, unless that is what is seen already."""
        if self._caller.role is Role.MEMBER:
            self._see_own(asked)
            return
        organisations = await self._visible(self._caller, asked.organisation)
        elsewhere = await self._visible(self._caller, None) if asked.everywhere else frozenset[int]()
        seen = Subscription(organisations, asked.bbox, elsewhere)
        if seen == self._seen:
            return
        self._hub.leave(self._viewer)
        self._asked = self._seen = None
        if not organisations:
            await self._problem(f"there is no organisation {asked.organisation!r} that you may see")
            return
        try:
            self._hub.join(self._viewer, seen, resume=resume)
        except TooManySubscriptions:
            await self._problem("too many different subscriptions: try again later, or without a bbox")
            return
        self._asked, self._seen = asked, seen

    def _see_own(self, asked: messages.Subscribe) -> None:
        """A member sees no map and nobody else: only what concerns himself."""
        if self._caller.member is None:
            self._hub.leave(self._viewer)
        else:
            self._hub.join_member(self._viewer, self._caller.member)
        self._asked, self._seen = asked, None

    async def _catch_up(self, after: int) -> None:
        """What happened while it was away, before what happens now; some of it twice, with the same key."""
        organisations = frozenset() if self._seen is None else self._seen.told
        member = self._caller.member if self._seen is None else None
        missed = await self._missed(organisations, member, after)
        for entry in missed or ():
            await self._viewer.connection.send(messages.happening(entry), text=True)
        if missed is None:
            await self._viewer.connection.send(messages.gap(), text=True)

    async def _problem(self, detail: str) -> None:
        await self._viewer.connection.send(messages.problem(detail), text=True)


def _same_host(connection: ServerConnection) -> bool:
    """A browser's page must come from the host it connects to, whatever the port; others send no Origin."""
    assert connection.request is not None
    headers = connection.request.headers
    origins = headers.get_all("Origin")
    if not origins:
        return True
    try:
        page, host = (urlsplit(url).hostname for url in (origins[0], f"//{headers.get('Host', '')}"))
    except ValueError:
        return False
    return len(origins) == 1 and page is not None and page == host


def _token_of(connection: ServerConnection) -> str | None:
    """The token of the Authorization header or the session cookie."""
    assert connection.request is not None
    headers = connection.request.headers
    scheme, _, token = ", ".join(headers.get_all("Authorization")).partition(" ")
    if scheme.lower() == "bearer" and token:
        return token.strip()
    with contextlib.suppress(CookieError):
        morsel = SimpleCookie("; ".join(headers.get_all("Cookie"))).get(_COOKIE)
        return None if morsel is None else morsel.value
    return None


async def _token_message(connection: ServerConnection) -> str | None:
    """The token of a first message; None when none comes in time."""
    try:
        async with asyncio.timeout(_SIGN_IN_TIMEOUT_S):
            message = await connection.recv()
            return messages.SignIn.model_validate_json(message).token if len(message) <= LARGEST_MESSAGE else None
    except (TimeoutError, ValidationError):
        return None
