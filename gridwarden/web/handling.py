"""From a Route to an aiohttp handler."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import orjson
from aiohttp import web

from gridwarden.web.answers import response_of
from gridwarden.web.problems import problem_of
from gridwarden.web.requests import Authenticate, call_of
from registry.api.route import Route

__all__ = ["Handler", "handler_of"]

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def handler_of(route: Route, authenticate: Authenticate) -> Handler:
    """Serve this route; every error becomes problem+json."""

    async def handle(request: web.Request) -> web.StreamResponse:
        try:
            call = await call_of(request, route, authenticate)
            return await response_of(request, route, await route.handler(call))
        except Exception as error:  # noqa: BLE001 - supervisor of one request; unknown ones are logged there
            return _told(route, problem_of(error))

    return handle


def _told(route: Route, problem: web.Response) -> web.Response:
    """The refusal as the route's standard wants it."""
    if route.refusal is None:
        return problem
    assert isinstance(problem.body, bytes)
    problem.body = route.refusal.tell(problem.status, orjson.loads(problem.body)["detail"])
    problem.headers["Content-Type"] = route.refusal.media_type
    return problem
