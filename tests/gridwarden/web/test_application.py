from __future__ import annotations

import logging

import pytest
from aiohttp import web
from prometheus_client import CollectorRegistry, Counter

from registry.api.route import Call, Route
from tests.gridwarden.web.house import nothing, visiting


def a_route(method: str, path: str) -> Route:
    return Route(method=method, path=path, handler=nothing, summary="X", tag="x", public=True)


ROUTES = [
    a_route("GET", "/things"),
    a_route("POST", "/things"),
    a_route("GET", "/things/{id}"),
    a_route("GET", "/things/new"),
]


async def test_a_process_that_runs_is_healthy() -> None:
    async with visiting() as client:
        assert (await client.get("/healthz")).status == 200


async def test_a_process_is_ready_when_it_can_do_its_work() -> None:
    why_not: list[str | None] = [None, "the database is away"]

    async def ready() -> str | None:
        return why_not[0]

    async with visiting(ready=ready) as client:
        assert (await client.get("/readyz")).status == 200
        why_not.reverse()
        response = await client.get("/readyz")
        assert response.status == 503
        assert (await response.json())["detail"] == "the database is away"
        assert response.headers["Retry-After"] == "1"


async def test_metrics_are_prometheus_text() -> None:
    metrics = CollectorRegistry()
    Counter("gridwarden_things", "Things", registry=metrics).inc(3)
    async with visiting(metrics=metrics) as client:
        response = await client.get("/metrics")
        assert response.content_type == "text/plain"
        assert "gridwarden_things_total 3.0" in await response.text()


async def test_a_path_that_is_asked_otherwise_says_how() -> None:
    async with visiting(ROUTES) as client:
        response = await client.put("/api/v1/things")
        assert response.status == 405
        assert set(response.headers["Allow"].split(",")) == {"GET", "HEAD", "POST"}
        assert (await response.json())["title"] == "Method not allowed"
        assert (await client.post("/api/v1/things/1")).status == 405


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "OPTIONS"])
async def test_a_path_that_is_not_there_is_404_for_every_method(method: str) -> None:
    async with visiting(ROUTES) as client:
        for path in ("/api/v1/nothing", "/api/v2/things", "/api/v1/"):
            response = await client.request(method, path)
            assert response.status == 404
            assert response.content_type == "application/problem+json"


async def test_device_routes_share_the_listener_and_their_path_with_the_table() -> None:
    async def fixes(_: web.Request) -> web.Response:
        return web.json_response({"accepted": 1})

    routes = [a_route("GET", "/fixes")]
    async with visiting(routes, device_routes=[web.post("/api/v1/fixes", fixes)]) as client:
        assert (await client.post("/api/v1/fixes")).status == 200
        assert (await client.get("/api/v1/fixes")).status == 204
        response = await client.delete("/api/v1/fixes")
        assert response.status == 405
        assert set(response.headers["Allow"].split(",")) == {"GET", "HEAD", "POST"}


async def test_a_fault_of_a_handler_is_500_without_detail(caplog: pytest.LogCaptureFixture) -> None:
    async def broken(_: Call) -> None:
        raise RuntimeError("the secret of the house")

    async def broken_device(_: web.Request) -> web.Response:
        raise RuntimeError("the secret of the house")

    route = Route(method="GET", path="/x", handler=broken, summary="X", tag="x", public=True)
    async with visiting([route], device_routes=[web.get("/device", broken_device)]) as client:
        for path in ("/api/v1/x", "/device"):
            with caplog.at_level(logging.ERROR):
                response = await client.get(path)
            assert response.status == 500
            assert "secret" not in await response.text()
    assert len(caplog.records) == 2


async def test_a_process_without_the_api_describes_none() -> None:
    async with visiting() as client:
        assert (await client.get("/api/v1/openapi.json")).status == 404
