"""Posts, presets and staffing over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from psycopg_pool import AsyncConnectionPool

from registry.api.route import Role
from registry.users.service import UserService
from tests.gridwarden.web.house import Client, as_user, registry_routes, visiting

PASSWORD = "correct horse"


@pytest.fixture
async def client(city: AsyncConnectionPool) -> AsyncIterator[Client]:
    users = UserService(city, lambda: 0.0)
    await users.add("carla", PASSWORD, Role.ADMINISTRATOR, "city")
    async with visiting(registry_routes(city, users), authenticate=users.caller) as visitor:
        token = (await users.sign_in("carla", PASSWORD, "192.0.2.1:1")).token
        visitor.session.headers.update(as_user(token))
        yield visitor


async def ask(client: Client, method: str, path: str, status: int, body: object = None) -> Any:
    async with client.request(method, f"/api/v1{path}", json=body) as response:
        assert response.status == status, await response.text()
        return await response.json()


async def test_a_city_makes_its_own_template_and_sees_who_is_missing(client: Client) -> None:
    post = {"code": "driver", "name_en": "driver", "name_zh": "司机", "skills": ["driving"]}
    told = await ask(client, "POST", "/posts", 201, post)
    assert told == post | {"level": None, "retired": False}
    preset = {"code": "pool", "name_en": "motor pool", "name_zh": "车队", "level": "grid"}
    wanted = [{"post": "driver", "wanted": 2}]
    told = await ask(client, "POST", "/staffing-presets", 201, preset | {"posts": wanted})
    assert told == preset | {"posts": wanted, "retired": False}
    await ask(client, "PATCH", "/organisations/north/staffing", 200, {"presets": ["pool"]})
    await ask(client, "PATCH", "/members/anna", 200, {"posts": ["Driver"]})
    told = await ask(client, "GET", "/organisations/north/staffing", 200)
    driver = {"post": "driver", "name_en": "driver", "name_zh": "司机", "wanted": 2, "present": 1, "on_duty": 1,
              "shortfall": 1}  # fmt: skip
    assert (told["chosen"], told["preset"], told["posts"], told["short_total"]) == (["pool"], None, [driver], 1)
    assert (told["short"][0]["organisation"], told["short"][0]["posts"]) == ("north-1", [driver])
    fewer = await ask(client, "PATCH", "/staffing-presets/pool", 200, {"posts": [{"post": "driver", "wanted": 1}]})
    assert fewer["posts"] == [{"post": "driver", "wanted": 1}]
    assert (await ask(client, "GET", "/organisations/north/staffing", 200))["short"] == []


async def test_posts_out_of_use_are_told_to_who_asks_for_them(client: Client) -> None:
    await ask(client, "PATCH", "/posts/other", 200, {"retired": True})
    assert "other" not in [one["code"] for one in (await ask(client, "GET", "/posts", 200))["items"]]
    assert "other" in [one["code"] for one in (await ask(client, "GET", "/posts?retired=true", 200))["items"]]
    assert (await ask(client, "GET", "/posts/other", 200))["retired"] is True
    assert len((await ask(client, "GET", "/staffing-presets", 200))["items"]) == 4


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/posts/other", {"name_en": ""}), ("/posts/other", {"level": "village"}), ("/posts/other", {"code": "o"}),
        ("/staffing-presets/3-x", {"level": "street"}), ("/staffing-presets/3-x", {"posts": [{"post": "other"}]}),
        ("/staffing-presets/3-x", {"posts": [{"post": "other", "wanted": -1}]}),
        ("/organisations/north/staffing", {"presets": ["no such"]}), ("/organisations/north/staffing", {}),
    ],
)  # fmt: skip
async def test_what_cannot_be_is_refused(client: Client, path: str, body: object) -> None:
    await ask(client, "PATCH", path, 400, body)
