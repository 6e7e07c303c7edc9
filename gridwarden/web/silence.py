"""Connections that ask nothing: closed, so that strangers who connect and stay silent do not gather without end.

aiohttp ends one that has asked before and is idle (KEEP_ALIVE_S), and whoever waits for a body has a limit of his own;
one whose first request never comes, or never ends its head, it would keep for ever.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable

from aiohttp import web

__all__ = ["HEAD_S", "KEEP_ALIVE_S", "LOOK_S", "SilentConnections"]

HEAD_S = 15.0
"""From when a connection is first seen until the head of its first request is there."""
KEEP_ALIVE_S = 75.0
"""Between requests; longer than a reverse proxy keeps its own (nginx: 60 s)."""
LOOK_S = 5.0

_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class SilentConnections:
    """Of one listener; bounded by its connections. Call `close_old` every LOOK_S."""

    def __init__(self) -> None:
        self._asked: set[web.RequestHandler] = set()
        self._since: dict[web.RequestHandler, float] = {}

    def of(self, app: web.Application) -> None:
        """Note who asks; call it before the application is set up."""

        @web.middleware
        async def note(request: web.Request, handler: _Handler) -> web.StreamResponse:
            self._asked.add(request.protocol)
            return await handler(request)

        app.middlewares.insert(0, note)

    def close_old(self, connections: Iterable[web.RequestHandler], now_s: float) -> int:
        """Close those of all connections that are silent for too long; how many. now_s: monotonic."""
        there = set(connections)
        self._asked &= there
        self._since = {one: self._since.get(one, now_s) for one in there - self._asked}
        old = [one for one, since in self._since.items() if now_s - since >= HEAD_S]
        for connection in old:
            connection.force_close()
        return len(old)
