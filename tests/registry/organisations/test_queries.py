from __future__ import annotations

from psycopg_pool import AsyncConnectionPool

from registry.organisations.model import ROOT_KEY
from registry.organisations.queries import visible_organisations
from tests.registry.two_districts import NORTH, SOUTH


async def seen(pool: AsyncConnectionPool, caller: int, organisation: str | None = None) -> frozenset[int]:
    async with pool.connection() as connection:
        return await visible_organisations(connection, caller, organisation)


async def test_a_caller_sees_his_own_organisation_and_all_below(city: AsyncConnectionPool) -> None:
    assert len(await seen(city, ROOT_KEY)) == 5
    assert len(await seen(city, NORTH)) == 2
    assert NORTH in await seen(city, NORTH)
    assert not await seen(city, NORTH) & await seen(city, SOUTH)


async def test_a_subtree_asked_for_is_cut_to_what_the_caller_sees(city: AsyncConnectionPool) -> None:
    assert await seen(city, ROOT_KEY, "south") == await seen(city, SOUTH)
    assert await seen(city, NORTH, "north-1") < await seen(city, NORTH)
    assert await seen(city, NORTH, "south") == frozenset()
    assert await seen(city, NORTH, "city") == frozenset()


async def test_an_organisation_that_does_not_exist_has_no_subtree(city: AsyncConnectionPool) -> None:
    assert await seen(city, ROOT_KEY, "nowhere") == frozenset()
    assert await seen(city, 999) == frozenset()
