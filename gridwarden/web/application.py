"""The HTTP application of a process: routes table, the device side's routes, web application, health, metrics."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
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
    """What the application is made of. ready: None when the process can do its work, else why not."""

    version: str
    routes: Sequence[Route] = ()
    device_routes: Iterable[web.RouteDef] = ()
    pages: Path | None = None
    authenticate: Authenticate
    ready: Callable[[], Awaitable[str | None]]
    metrics: CollectorRegistry
    connect: Sequence[str] = field(default=())


def application(parts: Parts) -> web.Application:
    """Everything on one listener."""
    app = web.Application(client_max_size=_LARGEST_BODY, middlewares=[_problems])
    app.on_response_prepare.append(_security_headers(parts.connect))
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


def _security_headers(connect: Sequence[str]) -> Callable[[web.Request, web.StreamResponse], Awaitable[None]]:
    """Strict policy: everything from here; MapLibre's worker is ours, Mantine writes style attributes."""
    policy = "; ".join(
        (
            "default-src 'self'",
            "script-src 'self'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "worker-src 'self' blob:",
            f"connect-src 'self' {' '.join(connect)}".strip(),
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )

    async def add(_: web.Request, response: web.StreamResponse) -> None:
        response.headers.setdefault("Content-Security-Policy", policy)
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
