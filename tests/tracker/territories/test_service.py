"""Faults of what is stored, over HTTP and in words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from psycopg_pool import AsyncConnectionPool

from registry.api.problems import NotFound
from registry.api.route import Call, Role
from registry.imports.service import import_file
from registry.organisations.model import ROOT_KEY, Level, OrganisationDraft
from registry.organisations.service import OrganisationService
from tests.gridwarden.web.house import a_caller
from tests.registry.two_districts import NORTH, found_two_districts, square
from tracker.geo.coverage import FaultKind
from tracker.territories.api import FaultList, FaultQuery, routes
from tracker.territories.imports import WITH_TERRITORY
from tracker.territories.service import TerritoryService, told, warnings_near


@pytest.fixture
async def service(pool: AsyncConnectionPool) -> TerritoryService:
    """North is 0.05 degrees wide; its first grid has a second over half of it."""
    await found_two_districts(pool)
    second = OrganisationDraft(
        id="north-2", parent="north", level=Level.GRID, name="Second", territory=square(119.305, 26.0)
    )
    await OrganisationService(pool).add(second, caller=ROOT_KEY)
    return TerritoryService(pool)


async def asked(service: TerritoryService, of: int = ROOT_KEY, **query: Any) -> FaultList:
    [route] = routes(service)
    caller = a_caller(Role.OBSERVER, of)
    call = Call(caller=caller, path={}, query=FaultQuery(**query), body=None, token=None, address="192.0.2.1")
    answer = await route.handler(call)
    assert isinstance(answer, FaultList)
    return answer


async def test_the_largest_faults_of_the_subtree_come_first(service: TerritoryService) -> None:
    north = await asked(service, NORTH)
    assert [(one.kind, one.organisation, one.other) for one in north.items] == [
        (FaultKind.GAP, "north", None), (FaultKind.OVERLAP, "north-1", "north-2"),
    ]  # fmt: skip
    everything = await asked(service)
    assert {one.organisation for one in everything.items} == {"north", "north-1", "south"}
    assert (everything.total, len((await asked(service, limit=1)).items)) == (3, 1)
    assert (await asked(service, kind="overlap")).total == 1
    assert [one.organisation for one in (await asked(service, organisation="south")).items] == ["south"]


async def test_another_district_is_not_told(service: TerritoryService) -> None:
    with pytest.raises(NotFound, match="'south'"):
        await asked(service, NORTH, organisation="south")


async def test_warnings_are_of_the_families_of_some_organisations(
    service: TerritoryService, pool: AsyncConnectionPool
) -> None:
    async with pool.connection() as connection:
        [south] = await warnings_near(connection, {"south-1"})
        assert south.startswith("nothing below 'south' covers ")
        assert await warnings_near(connection, {"city"}) == []
        assert len(await warnings_near(connection, {"north-2"})) == 2


async def test_warnings_are_bounded(
    service: TerritoryService, pool: AsyncConnectionPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.territories.service.MOST_WARNINGS", 1)
    async with pool.connection() as connection:
        assert (await warnings_near(connection, {"north"}))[1].startswith("1 more: ")


async def test_an_import_warns_also_where_it_only_checks(
    service: TerritoryService, pool: AsyncConnectionPool, tmp_path: Path
) -> None:
    path = tmp_path / "grids.csv"
    path.write_text("id,name,parent\nnorth-2,Second,south\n")
    report = await import_file(pool, WITH_TERRITORY["grids"], path, check=True)
    assert not report.stored
    assert len(report.warnings) == 2
    assert report.warnings[0].startswith("nothing below 'south' covers ")
    assert "of 'north-2' are outside of 'south'" in report.warnings[1]
    assert (await asked(service, kind="outside")).total == 0


async def test_faults_are_told_in_words_with_a_place(service: TerritoryService) -> None:
    gap, overlap = await service.faults(caller=NORTH)
    assert told(overlap).startswith("'north-1' and 'north-2' overlap by 555,")
    assert " m² at 26.005" in told(overlap)
    assert told(gap).startswith("nothing below 'north' covers 26,")
