"""The HTTP application of a process: routes table, the device side's routes, web application, health, metrics."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson
from aiohttp import web
from prometheus_client import CollectorRegistry, generate_latest

from gridwarden.web.handling import Handler, handler_of
from gridwarden.web.headers import security_headers
from gridwarden.web.openapi import openapi_of
from gridwarden.web.pages import Pages
from gridwarden.web.problems import problem_of, problem_response
from gridwarden.web.requests import Authenticate
from registry.api.route import Route

__all__ = ["STATIC", "Parts", "application"]

STATIC = Path(__file__).parent / "static"
"""Where the front end is built to."""

_LARGEST_BODY = 1 << 20
_API = "/api/v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What the application is made of.

    pages: folder of the built web application. ready: None when the process can do its work, else why not.
    live_port: of the websocket server on this host that pages connect to; connect_to: further origins that they may
    (a websocket server behind a proxy, a basemap elsewhere); images_from: those whose pictures they may show.
    """

    version: str
    routes: Sequence[Route] = ()
    device_routes: Iterable[web.RouteDef] = ()
    pages: Path | None = None
    authenticate: Authenticate
    ready: Callable[[], Awaitable[str | None]]
    metrics: CollectorRegistry
    live_port: int | None = None
    connect_to: Sequence[str] = ()
    images_from: Sequence[str] = ()


def application(parts: Parts) -> web.Application:
    """Everything on one listener."""
    app = web.Application(client_max_size=_LARGEST_BODY, middlewares=[_problems])
    app.on_response_prepare.append(security_headers(parts.live_port, parts.connect_to, parts.images_from))
    app.add_routes(parts.device_routes)
    app.add_routes(
        [web.get("/healthz", _healthz), web.get("/readyz", _readyz(parts)), web.get("/metrics", _metrics(parts))]
    )
    _add_table(app.router, parts)
    app.router.add_route("*", "/api/{rest:.*}", _nothing)
    app.router.add_route("*", "/open311/{rest:.*}", _nothing)
    if parts.pages is not None:
        app.router.add_get("/{path:.*}", Pages(parts.pages).get)
    return app


def _add_table(router: web.UrlDispatcher, parts: Parts) -> None:
    """The routes of the table and their description; other methods of their paths are answered 405."""
    by_path: dict[str, list[Route]] = {}
    for route in parts.routes:
        by_path.setdefault(route.full_path, []).append(route)
    for path, routes in by_path.items():
        methods = {route.method: handler_of(route, parts.authenticate) for route in routes}
        if "GET" in methods:
            methods["HEAD"] = methods["GET"]
        resource = router.add_resource(path)
        for method, handler in methods.items():
            resource.add_route(method, handler)
    if parts.routes:
        router.add_get(f"{_API}/openapi.json", _described(parts))


@web.middleware
async def _problems(request: web.Request, handler: Handler) -> web.StreamResponse:
    """What no handler answered itself: no such path, wrong method, too large, a fault."""
    try:
        return await handler(request)
    except web.HTTPException as error:
        if error.status < 400:
            raise
        return problem_of(error)
    except Exception as error:  # noqa: BLE001 - supervisor of one request; unknown ones are logged there
        return problem_of(error)


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


def _described(parts: Parts) -> Handler:
    """The OpenAPI document, made when it is first asked for: that takes a second of a processor."""
    one_at_a_time = asyncio.Lock()
    document = b""

    async def described(_: web.Request) -> web.Response:
        nonlocal document
        async with one_at_a_time:
            document = document or await asyncio.to_thread(_document, parts)
        return web.Response(body=document, content_type="application/json")

    return described


def _document(parts: Parts) -> bytes:
    return orjson.dumps(openapi_of(parts.routes, parts.version))


async def _nothing(request: web.Request) -> web.Response:
    """404; 405 where the path is asked by other methods. This route stands last and takes every method."""
    allowed = set[str]()
    for resource in request.app.router.resources():
        if resource.canonical.startswith((f"{_API}/", "/open311/")) and "{rest}" not in resource.canonical:
            allowed |= (await resource.resolve(request))[1]
    if allowed:
        raise web.HTTPMethodNotAllowed(request.method, sorted(allowed))
    raise web.HTTPNotFound
