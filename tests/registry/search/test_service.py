from __future__ import annotations

import pytest
from psycopg_pool import AsyncConnectionPool

from registry.api.route import Caller, Role
from registry.search.service import SearchService
from registry.search.sources import SOURCES
from tests.registry.two_districts import NORTH, SOUTH


@pytest.fixture
async def search(city: AsyncConnectionPool) -> SearchService:
    async with city.connection() as connection:
        await connection.execute(
            """INSERT INTO people (id, organisation, name) SELECT 'P-' || n, o.key, p.name
               FROM (VALUES (1, 'north-1', '张伟'), (2, 'north-1', '张伟民'), (3, 'north-1', '李志伟'),
                            (4, 'south-1', '张伟'), (5, 'north-1', 'Anna Karenina')) AS p (n, place, name)
               JOIN organisations o ON o.id = p.place"""
        )
        await connection.execute(
            """WITH b AS (INSERT INTO buildings (id, organisation, name, latitude, longitude)
                          SELECT 'B-1', key, '鼓楼小区3栋', 26, 119.3 FROM organisations WHERE id = 'north-1'
                          RETURNING key, organisation)
               INSERT INTO houses (id, organisation, building, number) SELECT 'D-1', organisation, key, '502' FROM b"""
        )
    service = SearchService(city, SOURCES)
    await caught_up(service)
    return service


async def caught_up(service: SearchService) -> None:
    while await service.renew():
        pass


def caller(organisation: int, role: Role = Role.DISPATCHER) -> Caller:
    return Caller(user=1, name="dora", role=role, organisation=organisation, organisation_id="x", member=None)


async def found(search: SearchService, asked: str, by: Caller, **more: str) -> list[str]:
    rows = await search.find(by, asked, kinds=[], organisation=more.get("organisation"), limit=8)
    return [row.id for row in rows]


@pytest.mark.parametrize("asked", ["张伟", "zhangwei", "zhang wei", "zw"])
async def test_a_person_is_found_by_name_pinyin_and_initials_the_whole_name_first(
    search: SearchService, asked: str
) -> None:
    assert (await found(search, asked, caller(NORTH)))[:2] == ["P-1", "P-2"]


@pytest.mark.parametrize("asked", ["伟", "wei", "zhiw"])
async def test_part_of_a_name_finds_it(search: SearchService, asked: str) -> None:
    assert "P-3" in await found(search, asked, caller(NORTH))


@pytest.mark.parametrize("asked", ["3栋502", "小区3", "glxq3d502", "gulou"])
async def test_a_house_is_found_by_its_address(search: SearchService, asked: str) -> None:
    assert "D-1" in await found(search, asked, caller(NORTH))


async def test_nothing_of_another_district_is_found(search: SearchService) -> None:
    assert await found(search, "张伟", caller(SOUTH)) == ["P-4"]
    assert await found(search, "张伟", caller(SOUTH), organisation="north") == []
    assert await found(search, "karenina", caller(SOUTH)) == []


async def test_an_observer_finds_no_people(search: SearchService) -> None:
    assert await found(search, "张伟", caller(NORTH, Role.OBSERVER)) == []


async def test_what_is_renamed_is_found_by_its_new_name_and_houses_by_that_of_their_building(
    search: SearchService, city: AsyncConnectionPool
) -> None:
    async with city.connection() as connection:
        await connection.execute("UPDATE buildings SET name = '南街大厦' WHERE id = 'B-1'")
        await connection.execute("UPDATE people SET ended_at = now() WHERE id = 'P-1'")
    await caught_up(search)
    assert set(await found(search, "njds", caller(NORTH))) == {"B-1", "D-1"}
    assert await found(search, "gulou", caller(NORTH)) == []
    assert "P-1" not in await found(search, "张伟", caller(NORTH))


async def test_who_moved_out_of_the_subtree_is_not_shown_though_the_entry_is_behind(
    search: SearchService, city: AsyncConnectionPool
) -> None:
    async with city.connection() as connection:
        await connection.execute(
            "UPDATE people SET organisation = (SELECT key FROM organisations WHERE id = 'south-1') WHERE id = 'P-1'"
        )
    assert "P-1" not in await found(search, "张伟", caller(NORTH))
