"""Saved views: one's own, and those shared below."""

from __future__ import annotations

from typing import Any

import pytest
from psycopg_pool import AsyncConnectionPool
from pydantic import TypeAdapter, ValidationError

from insight.views.model import MOST_VIEWS, Page, Query
from insight.views.service import ViewService
from registry.api.problems import Conflict, NotFound
from registry.api.route import Caller
from tests.dispatch.world import World, found_world
from tests.insight.callers import caller_of

VIEW: dict[str, Any] = {
    "name": "late ones",
    "shared": False,
    "page": "statistics/incidents",
    "query": {"figure": "late"},
}


@pytest.fixture
async def world(pool: AsyncConnectionPool) -> World:
    return await found_world(pool)


def service_of(world: World) -> ViewService:
    return ViewService(world.pool, lambda: world.now)


async def names(world: World, by: Caller) -> set[str]:
    return {row["name"] for row in await service_of(world).page(by, before=0, limit=100)}


async def test_others_see_only_what_is_shared_below_them(world: World) -> None:
    dora, dirk, wes = (caller_of(world, name) for name in ("dora", "dirk", "wes"))
    await service_of(world).add(dora, VIEW)
    shared = await service_of(world).add(dora, VIEW | {"name": "for all", "shared": True})
    assert await names(world, dora) == {"late ones", "for all"}
    assert await names(world, dirk) == {"for all"}
    assert await names(world, wes) == set()
    with pytest.raises(NotFound):
        await service_of(world).change(dirk, shared["id"], shared["version"], {"name": "mine"})
    with pytest.raises(NotFound):
        await service_of(world).remove(dirk, shared["id"])


async def test_a_view_is_changed_by_who_saw_it_last(world: World) -> None:
    dora = caller_of(world)
    made = await service_of(world).add(dora, VIEW)
    changed = await service_of(world).change(dora, made["id"], 1, {"shared": True, "query": {"days": "7"}})
    assert (changed["version"], changed["shared"], changed["query"]) == (2, True, {"days": "7"})
    with pytest.raises(Conflict):
        await service_of(world).change(dora, made["id"], 1, {"name": "late"})
    await service_of(world).remove(dora, made["id"])
    assert await names(world, dora) == set()


async def test_a_view_sent_twice_is_saved_once(world: World) -> None:
    dora = caller_of(world)
    first, again = [await service_of(world).add(dora, VIEW, idempotency_key="k") for _ in range(2)]
    assert first["id"] == again["id"]
    assert len(await service_of(world).page(dora, before=0, limit=100)) == 1


async def test_nobody_saves_without_end(world: World) -> None:
    dora = caller_of(world)
    async with world.pool.connection() as connection:
        await connection.execute(
            """INSERT INTO saved_views (id, organisation, "user", name, shared, page, query, changed_at)
               SELECT 'x' || n, %s, %s, 'n', false, 'statistics', '{}', now() FROM generate_series(1, %s) n""",
            (dora.organisation, dora.user, MOST_VIEWS),
        )
    with pytest.raises(Conflict):
        await service_of(world).add(dora, VIEW)


@pytest.mark.parametrize("page", ["//evil.example", "javascript:alert(1)", "/statistics", "../admin", ""])
def test_a_view_opens_a_page_of_ours_only(page: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Page).validate_python(page)


def test_a_question_is_short() -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Query).validate_python({"figure": "x" * 201})
    with pytest.raises(ValidationError):
        TypeAdapter(Query).validate_python({f"a{chr(97 + n)}": "" for n in range(21)} | {"A": ""})
