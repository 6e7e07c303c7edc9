"""Every route of the registry, asked by every role of one district about the other: nothing leaks, nothing changes."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from psycopg_pool import AsyncConnectionPool

from registry.api.route import ADMINISTRATORS, STAFF, Role, Route
from registry.users.service import UserService
from tests.gridwarden.web.house import Client, as_user, registry_routes, session_of, visiting
from tests.registry.two_districts import found_two_districts

NORTHERN = ("north", "North", "anna", "Anna", "phone-n", "119.3")
"""What nobody in the south may ever read."""

_ID = re.compile(r"{\w+}")


@dataclass(frozen=True)
class Attempt:
    """What a southerner asks of the north; status: what he gets when his role allows the route."""

    status: int
    path: str = ""
    body: dict[str, Any] | None = None
    query: dict[str, str] = field(default_factory=dict)


ATTEMPTS = {
    ("DELETE", "/session"): Attempt(204),
    ("GET", "/me"): Attempt(200),
    ("GET", "/organisations"): Attempt(200),
    ("POST", "/organisations"): Attempt(404, body={"id": "mine", "parent": "north", "level": "street", "name": "Mine"}),
    ("GET", "/organisations/{id}"): Attempt(404, "north-1"),
    ("PATCH", "/organisations/{id}"): Attempt(404, "north-1", {"parent": "south", "name": "Mine"}),
    ("GET", "/grids"): Attempt(200, query={"bbox": "119,25,120,27"}),
    ("GET", "/members"): Attempt(200, query={"organisation": "north"}),
    ("POST", "/members"): Attempt(404, body={"id": "eve", "name": "Eve", "organisation": "north"}),
    ("GET", "/members/{id}"): Attempt(404, "anna"),
    ("PATCH", "/members/{id}"): Attempt(404, "anna", {"organisation": "south"}),
    ("GET", "/posts"): Attempt(200),
    ("POST", "/posts"): Attempt(403, body={"code": "mine", "name_en": "mine", "name_zh": "mine"}),
    ("GET", "/posts/{code}"): Attempt(200, "other"),
    ("PATCH", "/posts/{code}"): Attempt(403, "other", {"retired": True}),
    ("GET", "/staffing-presets"): Attempt(200),
    ("POST", "/staffing-presets"): Attempt(
        403, body={"code": "mine", "name_en": "mine", "name_zh": "mine", "level": "grid", "posts": []}
    ),
    ("GET", "/staffing-presets/{code}"): Attempt(200, "trinity"),
    ("PATCH", "/staffing-presets/{code}"): Attempt(403, "trinity", {"retired": True}),
    ("GET", "/organisations/{id}/staffing"): Attempt(404, "north-1"),
    ("PATCH", "/organisations/{id}/staffing"): Attempt(404, "north-1", {"presets": ["trinity"]}),
    ("GET", "/devices"): Attempt(200),
    ("GET", "/devices/unknown"): Attempt(403),
    ("POST", "/devices"): Attempt(404, body={"device": "mine", "member": "anna"}),
    ("GET", "/devices/{id}"): Attempt(404, "phone-n"),
    ("PATCH", "/devices/{id}"): Attempt(404, "phone-n", {"member": "bo"}),
    ("POST", "/devices/{id}/adopt"): Attempt(403, "phone-n", {}),
    ("POST", "/devices/{id}/token"): Attempt(404, "phone-n"),
}


@dataclass(frozen=True)
class House:
    client: Client
    routes: list[Route]
    users: UserService


@pytest.fixture
async def house(pool: AsyncConnectionPool) -> AsyncIterator[House]:
    await found_two_districts(pool)
    users = UserService(pool, lambda: 0.0)
    routes = registry_routes(pool, users)
    async with visiting(routes, authenticate=users.caller) as client:
        yield House(client, routes, users)


async def everything(pool: AsyncConnectionPool) -> str:
    """The registry's rows as text."""
    tables = ("organisations", "organisation_closure", "members", "devices", "unknown_devices", "users", "posts",
              "staffing_presets", "organisation_staffing")  # fmt: skip
    async with pool.connection() as connection:
        rows = [
            await (await connection.execute(f"SELECT {name}::text FROM {name} ORDER BY 1".encode())).fetchall()
            for name in tables
        ]
    return str(rows)


@pytest.mark.parametrize("role", list(Role))
async def test_no_role_reads_or_changes_another_district(house: House, pool: AsyncConnectionPool, role: Role) -> None:
    token = await session_of(house.users, role, "south")
    before = await everything(pool)
    signed_in = [route for route in house.routes if not route.public]
    for route in sorted(signed_in, key=lambda one: one.path == "/session"):  # signing out comes last
        attempt = ATTEMPTS[route.method, route.path]
        response = await house.client.request(
            route.method, f"/api/v1{_ID.sub(attempt.path, route.path)}", json=attempt.body,
            params=attempt.query, headers=as_user(token),
        )  # fmt: skip
        text = await response.text()
        expected = attempt.status if role in route.roles else 403
        assert response.status == expected, (route.method, route.path, text)
        if response.status < 400:
            assert not [word for word in NORTHERN if word in text], (route.method, route.path)
    assert await everything(pool) == before


async def test_every_route_needs_a_session_unless_it_is_public(house: House) -> None:
    for route in house.routes:
        if route.public:
            continue
        path = f"/api/v1{_ID.sub('anna', route.path)}"
        for headers in ({}, as_user("no session"), {"Cookie": "gridwarden_session=none"}):
            response = await house.client.request(route.method, path, headers=headers)
            assert response.status == 401, (route.method, route.path)
            assert response.headers["WWW-Authenticate"].startswith("Bearer")


def test_only_administrators_change_the_registry_and_members_read_no_list(pool: AsyncConnectionPool) -> None:
    for route in registry_routes(pool, UserService(pool, lambda: 0.0)):
        if route.tag == "session":
            continue
        if route.method != "GET":
            assert route.roles == ADMINISTRATORS, route.path
        elif route.path != "/members/{id}":
            assert route.roles <= STAFF, route.path


async def test_a_member_reads_himself_and_nobody_else(house: House, pool: AsyncConnectionPool) -> None:
    await house.users.add("bo", "correct horse", Role.MEMBER, "city")
    token = (await house.users.sign_in("bo", "correct horse", "192.0.2.1:1")).token
    own = await house.client.get("/api/v1/members/bo", headers=as_user(token))
    assert (await own.json())["devices"] == ["phone-s"]
    other = await house.client.get("/api/v1/members/anna", headers=as_user(token))
    assert other.status == 404


async def test_an_administrator_of_the_city_sees_both_districts(house: House) -> None:
    token = await session_of(house.users, Role.ADMINISTRATOR, "city")
    for path, count in (("/organisations", 5), ("/grids", 2), ("/members", 2), ("/devices", 2)):
        response = await house.client.get(f"/api/v1{path}", headers=as_user(token))
        assert len((await response.json())["items"]) == count
