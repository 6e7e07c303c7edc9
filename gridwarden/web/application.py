"""The HTTP application of a process: routes table, the device side's routes, web application, health, metrics."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson
from aiohttp import web
from prometheus_client import CollectorRegistry, generate_latest

from gridwarden.web.handling import Authenticate, handler_of
from gridwarden.web.openapi import openapi_of
from gridwarden.web.pages import Pages
from gridwarden.web.problems import problem_of, problem_response
from registry.api.route import Route

__all__ = ["STATIC", "Parts", "application"]

STATIC = Path(__file__).parent / "static"
"""Where the front end is built to."""

_LARGEST_BODY = 1 << 20

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What the application is made of.

    ready: None when the process can do its work, else why not. live_port: of the websocket server pages connect to.
    """

    version: str
    routes: Sequence[Route] = ()
    device_routes: Iterable[web.RouteDef] = ()
    pages: Path | None = None
    authenticate: Authenticate
    ready: Callable[[], Awaitable[str | None]]
    metrics: CollectorRegistry
    live_port: int | None = None


def application(parts: Parts) -> web.Application:
    """Everything on one listener."""
    app = web.Application(client_max_size=_LARGEST_BODY, middlewares=[_problems])
    app.on_response_prepare.append(_security_headers(parts.live_port))
    app.add_routes(parts.device_routes)
    app.add_routes(
        [web.get("/healthz", _healthz), web.get("/readyz", _readyz(parts)), web.get("/metrics", _metrics(parts))]
    )
    for route in parts.routes:
        app.router.add_route(route.method, f"/api/v1{route.path}", handler_of(route, parts.authenticate))
    if parts.routes:
        document = orjson.dumps(openapi_of(parts.routes, parts.version))
        app.router.add_get("/api/v1/openapi.json", _fixed(document))
    app.router.add_route("*", "/api/{rest:.*}", _nothing)
    if parts.pages is not None:
        app.router.add_get("/{path:.*}", Pages(parts.pages).get)
    return app


@web.middleware
async def _problems(request: web.Request, handler: Handler) -> web.StreamResponse:
    """What no handler answered itself: no such path, wrong method, too large, a fault."""
    try:
        return await handler(request)
    except web.HTTPException as error:
        if error.status < 400:
            raise
        return problem_of(error)


_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",  # Mantine writes style attributes
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "worker-src 'self' blob:",  # MapLibre's worker is ours
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "connect-src 'self'",
    )
)


def _security_headers(live_port: int | None) -> Callable[[web.Request, web.StreamResponse], Awaitable[None]]:
    """A strict policy: everything from here, and the websocket of this host."""

    async def add(request: web.Request, response: web.StreamResponse) -> None:
        host = request.host.rpartition(":")[0] or request.host
        live = "" if live_port is None else f" ws://{host}:{live_port} wss://{host}:{live_port}"
        response.headers.setdefault("Content-Security-Policy", _POLICY + live)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")

    return add


async def _healthz(_: web.Request) -> web.Response:
    return web.json_response({"status": "ok"})


def _readyz(parts: Parts) -> Handler:
    async def readyz(_: web.Request) -> web.Response:
        why_not = await parts.ready()
        if why_not is None:
            return web.json_response({"status": "ready"})
        return problem_response(503, "Not ready", why_not, retry_after_s=1)

    return readyz


def _metrics(parts: Parts) -> Handler:
    async def metrics(_: web.Request) -> web.Response:
        return web.Response(
            body=generate_latest(parts.metrics), headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"}
        )

    return metrics


def _fixed(document: bytes) -> Handler:
    async def fixed(_: web.Request) -> web.Response:
        return web.Response(body=document, content_type="application/json")

    return fixed


async def _nothing(_: web.Request) -> web.Response:
    raise web.HTTPNotFound
