from __future__ import annotations

import asyncio

import pytest
from psycopg_pool import AsyncConnectionPool

from registry.api.problems import BadRequest, Conflict, Forbidden, NotFound
from registry.organisations.model import ROOT_KEY, Level, Organisation, OrganisationDraft
from registry.organisations.queries import visible_organisations
from registry.organisations.service import OrganisationService
from registry.organisations.store import OrganisationStore
from tests.registry.two_districts import NORTH, SOUTH, square


def a_street(own: str = "street-1", **about: str) -> OrganisationDraft:
    return OrganisationDraft(**{"id": own, "parent": "north", "level": Level.STREET, "name": "Street"} | about)  # type: ignore[arg-type]  # the values are right for their fields


async def subtree(pool: AsyncConnectionPool, caller: int, organisation: str | None = None) -> frozenset[int]:
    async with pool.connection() as connection:
        return await visible_organisations(connection, caller, organisation)


async def in_box(pool: AsyncConnectionPool, *bbox: float) -> list[str]:
    async with pool.connection() as connection:
        found = await OrganisationStore(connection).below(
            ROOT_KEY, after=0, limit=10, level=Level.GRID, bbox=(bbox[0], bbox[1], bbox[2], bbox[3])
        )
    return [one.id for one in found]


async def test_an_added_organisation_is_visible_above_and_not_beside(city: AsyncConnectionPool) -> None:
    street = await OrganisationService(city).add(a_street(), caller=NORTH)
    assert (street.parent, street.level, street.territory) == ("north", Level.STREET, None)
    assert street.key in await subtree(city, NORTH)
    assert street.key in await subtree(city, ROOT_KEY)
    assert street.key not in await subtree(city, SOUTH)


async def test_a_moved_organisation_takes_its_subtree_along(city: AsyncConnectionPool) -> None:
    service = OrganisationService(city)
    street = await service.add(a_street(), caller=ROOT_KEY)
    grid = await service.change("north-1", {"parent": "street-1"}, caller=NORTH)
    await service.change("street-1", {"parent": "south"}, caller=ROOT_KEY)
    assert {street.key, grid.key} <= await subtree(city, SOUTH)
    assert await subtree(city, NORTH) == {NORTH}


async def test_what_is_not_named_stays(city: AsyncConnectionPool) -> None:
    changed = await OrganisationService(city).change("north-1", {"name": "New", "code": "N1"}, caller=NORTH)
    assert (changed.name, changed.code) == ("New", "N1")
    assert changed.territory == square(119.30, 26)
    assert changed.parent == "north"


async def test_a_changed_territory_moves_the_box_it_is_found_by(city: AsyncConnectionPool) -> None:
    assert await in_box(city, 119.29, 25.9, 119.31, 26.1) == ["north-1"]
    await OrganisationService(city).change("north-1", {"territory": square(50, 50)}, caller=NORTH)
    assert await in_box(city, 119.29, 25.9, 119.31, 26.1) == []
    assert await in_box(city, 50, 50, 51, 51) == ["north-1"]
    await OrganisationService(city).change("north-1", {"territory": None}, caller=NORTH)
    assert await in_box(city, 50, 50, 51, 51) == []


@pytest.mark.parametrize(
    ("changes", "problem", "reason"),
    [
        ({"parent": "south"}, NotFound, "parent"),
        ({"parent": "north-1", "level": Level.DEPARTMENT}, BadRequest, "below itself"),
        ({"level": Level.DISTRICT}, BadRequest, "cannot stand below"),
        ({"territory": {"type": "Point"}}, BadRequest, "Polygon"),
    ],
)
async def test_a_change_against_the_rules_is_refused(
    city: AsyncConnectionPool, changes: dict[str, object], problem: type[Exception], reason: str
) -> None:
    with pytest.raises(problem, match=reason):
        await OrganisationService(city).change("north-1", changes, caller=NORTH)


async def test_a_level_stays_above_those_below_it(city: AsyncConnectionPool) -> None:
    service = OrganisationService(city)
    await service.add(a_street(), caller=ROOT_KEY)
    await service.change("north-1", {"parent": "street-1"}, caller=ROOT_KEY)
    with pytest.raises(BadRequest, match="a grid below it"):
        await service.change("street-1", {"level": Level.DEPARTMENT}, caller=ROOT_KEY)


async def test_the_top_of_the_callers_part_keeps_its_place_but_not_its_name(city: AsyncConnectionPool) -> None:
    service = OrganisationService(city)
    with pytest.raises(Forbidden):
        await service.change("north", {"parent": "south"}, caller=NORTH)
    renamed: Organisation = await service.change("north", {"name": "Upper"}, caller=NORTH)
    assert (renamed.name, renamed.parent) == ("Upper", "city")


async def test_the_root_has_no_parent(city: AsyncConnectionPool) -> None:
    service = OrganisationService(city)
    with pytest.raises(Forbidden):
        await service.change("city", {"parent": "north"}, caller=ROOT_KEY)
    assert (await service.change("city", {"name": "Fuzhou"}, caller=ROOT_KEY)).parent is None


async def test_another_districts_organisation_is_neither_changed_nor_taken(city: AsyncConnectionPool) -> None:
    service = OrganisationService(city)
    with pytest.raises(NotFound):
        await service.change("south-1", {"name": "Mine"}, caller=NORTH)
    with pytest.raises(Conflict):
        await service.add(a_street("south-1"), caller=NORTH)


async def test_an_unknown_parent_is_named(city: AsyncConnectionPool) -> None:
    with pytest.raises(NotFound, match="'nowhere'"):
        await OrganisationService(city).add(a_street(parent="nowhere"), caller=ROOT_KEY)


async def test_two_moves_at_once_make_no_ring(city: AsyncConnectionPool) -> None:
    service = OrganisationService(city)
    for own in ("a", "b"):
        await service.add(a_street(own, level=Level.DEPARTMENT), caller=ROOT_KEY)
    said = await asyncio.gather(
        service.change("a", {"parent": "b"}, caller=ROOT_KEY),
        service.change("b", {"parent": "a"}, caller=ROOT_KEY),
        return_exceptions=True,
    )
    assert sum(isinstance(one, Organisation) for one in said) == 1
    assert sum(isinstance(one, BadRequest) for one in said) == 1
