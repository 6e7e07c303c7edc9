from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from typing import Any

import pytest
from pydantic import BaseModel, Field

from gridwarden.web import requests
from registry.api.route import Call, Role, Route
from tests.gridwarden.web.house import Client, as_user, visiting


class Query(BaseModel, extra="forbid"):
    """A query."""

    count: int = Field(1, ge=1)
    name: str | None = None


class Body(BaseModel, extra="forbid"):
    """A body."""

    text: str


class Said(BaseModel):
    """What the handler saw."""

    path: dict[str, str]
    query: dict[str, Any] | None
    body: dict[str, Any] | None
    address: str
    user: str | None


async def echo(call: Call) -> Said:
    return Said(
        path=dict(call.path),
        query=None if call.query is None else call.query.model_dump(),
        body=None if call.body is None else call.body.model_dump(),
        address=call.address,
        user=None if call.caller is None else call.caller.name,
    )


def a_route(method: str, path: str, **about: Any) -> Route:
    return Route(method=method, path=path, handler=echo, summary="Echo", tag="echo", answer=Said, **about)


ROUTES = [
    a_route("GET", "/things/{id}", query=Query, problems=(404,)),
    a_route("POST", "/things", body=Body),
    a_route("DELETE", "/things/{id}", roles=frozenset({Role.ADMINISTRATOR})),
    a_route("GET", "/public", public=True),
]
OBSERVER = as_user("observer")


@pytest.fixture
async def client() -> AsyncIterator[Client]:
    async with visiting(ROUTES) as visitor:
        yield visitor


async def test_a_handler_gets_path_query_and_caller(client: Client) -> None:
    response = await client.get("/api/v1/things/a%2Fb%20%E7%BD%91?count=3", headers=OBSERVER)
    said = await response.json()
    assert said["path"] == {"id": "a/b 网"}
    assert said["query"] == {"count": 3, "name": None}
    assert said["user"] == "carla"
    assert said["address"].startswith("127.0.0.1:")


async def test_a_public_route_asks_for_nobody(client: Client) -> None:
    response = await client.get("/api/v1/public", headers=OBSERVER)
    assert (await response.json())["user"] is None


@pytest.mark.parametrize(
    ("query", "at"), [("count=0", "count"), ("count=x", "count"), ("nam=x", "nam"), ("count=1&count=2", "count")]
)
async def test_a_wrong_query_names_its_place(client: Client, query: str, at: str) -> None:
    response = await client.get(f"/api/v1/things/1?{query}", headers=OBSERVER)
    problem = await response.json()
    assert response.status == 400
    assert problem["errors"][0]["in"] == "query"
    assert problem["errors"][0]["at"].split(".")[0] == at
    assert at in problem["detail"]


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'{"text": 1}', b'{"text": "\xff"}', b'{"text": "\\u0000"}', b"[" * 99_999]
)
async def test_a_wrong_body_is_400(client: Client, body: bytes) -> None:
    response = await client.post("/api/v1/things", data=body, headers=OBSERVER)
    assert response.status == 400
    assert "body" in (await response.json())["detail"]


@pytest.mark.parametrize("path", ["things/%00", "things/a%00b", "things/1?name=%00"])
async def test_nul_is_refused_before_the_database_meets_it(client: Client, path: str) -> None:
    assert (await client.get(f"/api/v1/{path}", headers=OBSERVER)).status == 400


async def test_a_body_that_is_too_large_is_413(client: Client) -> None:
    response = await client.post("/api/v1/things", data=io.BytesIO(b" " * ((1 << 20) + 1)), headers=OBSERVER)
    assert response.status == 413


async def test_a_body_that_does_not_come_is_408(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requests, "_BODY_TIMEOUT_S", 0.05)
    assert client.port is not None
    reader, writer = await asyncio.open_connection(client.host, client.port)
    writer.write(
        b"POST /api/v1/things HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer observer\r\nContent-Length: 9\r\n\r\n{"
    )
    async with asyncio.timeout(5):
        status = await reader.readline()
    writer.close()
    await writer.wait_closed()
    assert status.startswith(b"HTTP/1.1 408 ")


async def test_a_role_that_may_not_is_403(client: Client) -> None:
    assert (await client.delete("/api/v1/things/1", headers=OBSERVER)).status == 403
    assert (await client.delete("/api/v1/things/1", headers=as_user("administrator"))).status == 200


COOKIE = {"Cookie": "gridwarden_session=administrator"}


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
async def test_a_write_that_another_page_caused_is_refused(client: Client, headers: dict[str, str]) -> None:
    response = await client.delete("/api/v1/things/1", headers=COOKIE | headers)
    assert response.status == 403
    assert "origin" in (await response.json())["detail"]


async def test_a_write_of_our_own_page_is_taken(client: Client) -> None:
    origin = {"Origin": f"http://{client.host}:{client.port}"}
    for headers in ({}, {"Sec-Fetch-Site": "same-origin"}, origin):
        assert (await client.delete("/api/v1/things/1", headers=COOKIE | headers)).status == 200


async def test_another_page_cannot_send_what_has_to_bear_a_token(client: Client) -> None:
    """A bearer token is no cookie: whoever has it may send it from anywhere."""
    headers = as_user("administrator") | {"Origin": "https://tools.example"}
    assert (await client.delete("/api/v1/things/1", headers=headers)).status == 200


async def test_another_page_may_not_sign_anybody_in() -> None:
    route = a_route("POST", "/session", body=Body, public=True)
    async with visiting([route]) as client:
        response = await client.post("/api/v1/session", json={"text": ""}, headers={"Sec-Fetch-Site": "cross-site"})
        assert response.status == 403


async def test_reading_with_a_cookie_is_for_any_page_as_browsers_keep_the_answer_from_it(client: Client) -> None:
    response = await client.get("/api/v1/things/1", headers=COOKIE | {"Sec-Fetch-Site": "cross-site"})
    assert response.status == 200
    assert "Access-Control-Allow-Origin" not in response.headers
