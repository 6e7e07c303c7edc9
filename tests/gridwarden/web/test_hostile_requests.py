"""Whatever a signed-in person sends to the registry, the answer is one that the OpenAPI document announces."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gridwarden.database.pool import open_pool
from gridwarden.web.openapi import openapi_of
from registry.api.route import Role, Route
from registry.users.service import UserService
from tests.gridwarden.web.house import Client, as_user, registry_routes, session_of, visiting
from tests.registry.two_districts import found_two_districts

T = TypeVar("T")

texts = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
    ["north", "city", "north-1", "anna", "phone-n", "\x00", "'; --", "%", "../", "x" * 300, "1e999", "-1"]
)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts
    | st.sampled_from(["grid", "district", {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


@dataclass(frozen=True)
class House:
    """A running application, driven from synchronous tests."""

    client: Client
    routes: list[Route]
    headers: dict[str, str]
    run: Callable[[Coroutine[Any, Any, Any]], Any]


@pytest.fixture
def house(database_url: str) -> Iterator[House]:
    with asyncio.Runner() as runner:
        pool_context = open_pool(database_url)
        pool = runner.run(pool_context.__aenter__())
        runner.run(found_two_districts(pool))
        users = UserService(pool, lambda: 0.0)
        token = runner.run(session_of(users, Role.ADMINISTRATOR, "city"))
        routes = [route for route in registry_routes(pool, users) if route.path != "/session"]
        visit = visiting(routes, authenticate=users.caller)
        client = runner.run(visit.__aenter__())
        yield House(client, routes, as_user(token), runner.run)
        runner.run(visit.__aexit__(None, None, None))
        runner.run(pool_context.__aexit__(None, None, None))


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_request_is_answered_by_what_is_not_announced(house: House, data: st.DataObject) -> None:
    route = data.draw(st.sampled_from(house.routes))
    document = openapi_of(house.routes, "1")["paths"][f"/api/v1{route.path}"][route.method.lower()]
    path = route.path.replace("{id}", quote(data.draw(texts.filter(lambda text: text not in ("", ".", ".."))), safe=""))
    query = _drawn(data, [one["name"] for one in document["parameters"] if one["in"] == "query"], texts)
    fields = [] if route.body is None else list(route.body.model_fields)
    body = data.draw(values) if data.draw(st.booleans()) else _drawn(data, fields, values)

    async def ask() -> tuple[int, str]:
        response = await house.client.request(
            route.method, f"/api/v1{path}", params=query, json=body if route.body else None, headers=house.headers
        )
        return response.status, await response.text()

    status, text = house.run(ask())
    expected = {int(one) for one in document["responses"]} | ({405} if path.endswith("/unknown") else set())
    assert status in expected, (route.method, path, query, body, text)


def _drawn(data: st.DataObject, names: list[str], of: st.SearchStrategy[T]) -> dict[str, T]:
    if not names:
        return {}
    return data.draw(st.dictionaries(st.sampled_from(names), of, max_size=len(names)))
