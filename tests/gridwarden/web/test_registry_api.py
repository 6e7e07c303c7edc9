"""The registry's routes as people use them, over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from psycopg_pool import AsyncConnectionPool

from registry.api.route import Role
from registry.devices.queries import record_unknown
from registry.users.service import UserService
from tests.gridwarden.web.house import Client, as_user, registry_routes, visiting
from tests.registry.two_districts import found_two_districts, square

PASSWORD = "correct horse"


@pytest.fixture
async def users(pool: AsyncConnectionPool) -> UserService:
    await found_two_districts(pool)
    service = UserService(pool, lambda: 0.0)
    await service.add("carla", PASSWORD, Role.ADMINISTRATOR, "city")
    return service


@pytest.fixture
async def client(pool: AsyncConnectionPool, users: UserService) -> AsyncIterator[Client]:
    async with visiting(registry_routes(pool, users), authenticate=users.caller) as visitor:
        yield visitor


@pytest.fixture
async def admin(users: UserService) -> dict[str, str]:
    return as_user((await users.sign_in("carla", PASSWORD, "192.0.2.1:1")).token)


async def ask(client: Client, method: str, path: str, status: int, headers: dict[str, str], body: object = None) -> Any:
    response = await client.request(method, f"/api/v1{path}", json=body, headers=headers)
    text = await response.text()
    assert response.status == status, text
    return await response.json() if text else None


async def test_signing_in_sets_a_cookie_that_scripts_cannot_read(client: Client) -> None:
    response = await client.post("/api/v1/session", json={"name": "carla", "password": PASSWORD})
    said = await response.json()
    assert said["expires_at"].endswith("Z")
    assert said["me"]["role"] == "administrator"
    assert said["me"]["organisation"] == {"id": "city", "key": 1}
    assert said["me"]["links"] == {"live": None, "live_port": 8081, "basemap": "/basemap/city.pmtiles",
                                   "satellite": None, "gcj02": [], "cameras": []}  # fmt: skip
    cookie = response.cookies["gridwarden_session"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"], cookie["path"]) == (
        said["token"], True, "Strict", "/",
    )  # fmt: skip
    assert not cookie["secure"]


async def test_the_cookie_is_for_tls_only_where_the_page_came_over_tls(client: Client) -> None:
    origin = f"https://{client.host}:{client.port}"
    response = await client.post(
        "/api/v1/session", json={"name": "carla", "password": PASSWORD}, headers={"Origin": origin}
    )
    assert response.cookies["gridwarden_session"]["secure"]


async def test_a_session_that_somebody_planted_is_not_the_one_that_signing_in_opens(client: Client) -> None:
    planted = {"Cookie": "gridwarden_session=planted-by-somebody"}
    response = await client.post("/api/v1/session", json={"name": "carla", "password": PASSWORD}, headers=planted)
    opened = response.cookies["gridwarden_session"].value
    assert opened != "planted-by-somebody"
    await ask(client, "GET", "/me", 401, as_user("planted-by-somebody"))
    again = await client.post(
        "/api/v1/session",
        json={"name": "carla", "password": PASSWORD},
        headers={"Cookie": f"gridwarden_session={opened}"},
    )
    assert again.cookies["gridwarden_session"].value != opened


async def test_cookie_and_bearer_token_open_the_same_door_until_sign_out(client: Client) -> None:
    response = await client.post("/api/v1/session", json={"name": "carla", "password": PASSWORD})
    token = (await response.json())["token"]
    for headers in (as_user(token), {"Cookie": f"gridwarden_session={token}"}):
        assert (await ask(client, "GET", "/me", 200, headers))["user"] == "carla"
    response = await client.delete("/api/v1/session", headers=as_user(token))
    assert response.status == 204
    assert response.cookies["gridwarden_session"].value == ""
    await ask(client, "GET", "/me", 401, as_user(token))


async def test_a_wrong_password_is_401_and_too_many_are_429(client: Client) -> None:
    body = {"name": "carla", "password": "wrong password"}
    for _ in range(10):
        assert (await client.post("/api/v1/session", json=body)).status == 401
    response = await client.post("/api/v1/session", json=body)
    assert response.status == 429
    assert 0 < int(response.headers["Retry-After"]) <= 300


async def test_pages_of_a_list_join_without_gap_or_repeat(client: Client, admin: dict[str, str]) -> None:
    seen: list[str] = []
    cursor = ""
    while True:
        page = await ask(client, "GET", f"/organisations?limit=2{cursor}", 200, admin)
        seen += [one["id"] for one in page["items"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert seen == ["city", "north", "south", "north-1", "south-1"]


async def test_a_cursor_of_somebody_else_is_refused(client: Client, admin: dict[str, str]) -> None:
    assert "cursor" in (await ask(client, "GET", "/organisations?cursor=!!!", 400, admin))["detail"]


async def test_organisations_come_with_territory_and_a_place_for_their_label(
    client: Client, admin: dict[str, str]
) -> None:
    (grid, _) = (await ask(client, "GET", "/grids", 200, admin))["items"]
    assert grid["territory"] == square(119.30, 26)
    west, south = grid["label"]["coordinates"]
    assert 119.30 < west < 119.31
    assert 26.0 < south < 26.01
    bare = (await ask(client, "GET", "/organisations?territory=false&level=grid", 200, admin))["items"]
    assert [one["territory"] for one in bare] == [None, None]
    assert all(one["label"] for one in bare)


async def test_grids_are_found_by_a_box(client: Client, admin: dict[str, str]) -> None:
    found = await ask(client, "GET", "/grids?bbox=119.39,25.9,119.41,26.1", 200, admin)
    assert [one["id"] for one in found["items"]] == ["south-1"]
    for wrong in ("1,2,3", "a,b,c,d", "0,91,0,-91", "0,0,0,0,0", "200,0,201,1"):
        problem = await ask(client, "GET", f"/grids?bbox={wrong}", 400, admin)
        assert problem["errors"][0]["at"] == "bbox"


async def test_an_organisation_is_added_changed_and_refused_with_reasons(client: Client, admin: dict[str, str]) -> None:
    new = {"id": "east", "level": "district", "name": "East", "territory": square(120, 26)}
    assert (await ask(client, "POST", "/organisations", 201, admin, new))["parent"] == "city"
    await ask(client, "POST", "/organisations", 409, admin, new)
    changed = await ask(client, "PATCH", "/organisations/east", 200, admin, {"name": "Far East", "territory": None})
    assert (changed["name"], changed["territory"], changed["label"]) == ("Far East", None, None)
    await ask(client, "PATCH", "/organisations/city", 403, admin, {"level": "district"})
    await ask(client, "PATCH", "/organisations/east", 400, admin, {"name": None})
    await ask(client, "PATCH", "/organisations/nowhere", 404, admin, {"name": "x"})
    problem = await ask(client, "PATCH", "/organisations/east", 400, admin, {"nam": "x"})
    assert problem["errors"] == [{"in": "body", "at": "nam", "reason": "Extra inputs are not permitted"}]


async def test_a_member_is_added_changed_and_read(client: Client, admin: dict[str, str]) -> None:
    new = {"id": "dan/1", "name": "Dan", "organisation": "north"}
    added = await ask(client, "POST", "/members", 201, admin, new)
    assert (added["on_duty"], added["devices"]) == (True, [])
    await ask(client, "PATCH", "/members/dan%2F1", 200, admin, {"on_duty": False})
    assert (await ask(client, "GET", "/members/dan%2F1", 200, admin))["on_duty"] is False
    assert [one["id"] for one in (await ask(client, "GET", "/members?name=DA", 200, admin))["items"]] == ["dan/1"]


async def test_a_devices_token_is_told_once(client: Client, admin: dict[str, str]) -> None:
    said = await ask(client, "POST", "/devices", 201, admin, {"device": "new", "member": "anna"})
    assert len(said["token"]) > 20
    row = await ask(client, "GET", "/devices/new", 200, admin)
    assert row["has_token"]
    assert said["token"] not in str(await ask(client, "GET", "/devices", 200, admin))
    again = await ask(client, "POST", "/devices/new/token", 200, admin)
    assert again["token"] != said["token"]


async def test_a_device_is_tied_limited_and_retired(client: Client, admin: dict[str, str]) -> None:
    changes = {"member": "bo", "stale_after_s": 30, "retired": True}
    row = await ask(client, "PATCH", "/devices/phone-n", 200, admin, changes)
    assert (row["member"], row["organisation"], row["stale_after_s"], row["retired"]) == ("bo", "south-1", 30, True)
    await ask(client, "PATCH", "/devices/phone-n", 400, admin, {"dialect": "klingon"})


async def test_a_stranger_is_listed_and_adopted(
    client: Client, admin: dict[str, str], pool: AsyncConnectionPool
) -> None:
    async with pool.connection() as connection:
        await record_unknown(connection, "stranger", protocol="nmea", address="192.0.2.9")
    (row,) = (await ask(client, "GET", "/devices/unknown", 200, admin))["items"]
    assert (row["device"], row["protocol"], row["attempts"]) == ("stranger", "nmea", 1)
    await ask(client, "POST", "/devices/stranger/adopt", 201, admin, {"member": "anna"})
    assert (await ask(client, "GET", "/devices/unknown", 200, admin))["items"] == []
    await ask(client, "POST", "/devices/nobody/adopt", 404, admin, {})


async def test_a_member_may_be_said_with_one_post_or_several(client: Client, admin: dict[str, str]) -> None:
    body = {"id": "cara", "name": "Cara", "organisation": "north", "post": "patrol", "skills": ["gas"]}
    cara = await ask(client, "POST", "/members", 201, admin, body)
    assert (cara["post"], cara["posts"], cara["grids"], cara["skills"]) == ("patrol", ["patrol"], [], ["gas"])
    cara = await ask(client, "PATCH", "/members/cara", 200, admin, {"posts": ["a", "b"], "grids": ["north-1"]})
    assert (cara["post"], cara["posts"], cara["grids"]) == ("a", ["a", "b"], ["north-1"])
    assert (await ask(client, "PATCH", "/members/cara", 200, admin, {"post": "c"}))["posts"] == ["c"]
    assert (await ask(client, "PATCH", "/members/cara", 200, admin, {"post": None}))["posts"] == []


@pytest.mark.parametrize(
    "changes",
    [
        {"post": "a", "posts": ["b", "a"]}, {"post": "a", "posts": []}, {"posts": ["a;b"]}, {"posts": None},
        {"posts": ["p"] * 21}, {"grids": [""]}, {"grids": ["north"]}, {"skills": [" gas"]},
    ],
)  # fmt: skip
async def test_lists_of_a_member_have_their_limits(
    client: Client, admin: dict[str, str], changes: dict[str, object]
) -> None:
    await ask(client, "PATCH", "/members/anna", 400, admin, changes)
