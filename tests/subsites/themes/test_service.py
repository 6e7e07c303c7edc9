"""Every kind of the catalogue has its theme; incidents are counted by it, within the caller's subtree."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from registry.api.problems import BadRequest, Conflict, Forbidden, NotFound
from registry.organisations.model import ROOT_KEY
from subsites.themes.service import ThemeService
from tests.dispatch.world import World
from tests.subsites.callers import caller

LATELY: dict[str, Any] = {"organisation": None, "begins": None, "ends": None}


@pytest.fixture
def themes(world: World) -> ThemeService:
    return ThemeService(world.pool, lambda: world.now, "Asia/Shanghai")


async def kinds(world: World) -> dict[str, str | None]:
    async with world.pool.connection() as connection:
        cursor = await connection.execute(
            "SELECT k.code, t.theme FROM kind_themes t JOIN incident_kinds k ON k.key = t.kind WHERE k.class <> 'test'"
        )
        return dict(await cursor.fetchall())


async def test_every_kind_of_the_catalogue_belongs_to_a_theme_and_named_ones_first(world: World) -> None:
    found = await kinds(world)
    assert len(found) > 100
    assert not [code for code, theme in found.items() if theme is None]
    assert [found[code] for code in ("E0102", "E0101", "C0101", "E0510", "E9002", "E9001")] == [
        "sanitation", "appearance", "safety", "stability", "stability", "safety",
    ]  # fmt: skip


async def test_incidents_are_counted_by_theme(world: World, themes: ThemeService) -> None:
    dora = caller(world, "dora")
    await world.report(kind="E0102")
    accepted = await world.report(kind="E0102")
    await world.incidents.accept(accepted["id"], world["dora"], None)
    await world.report()  # of a kind that belongs to none
    items, without = await themes.all(dora, LATELY)
    assert [(one["code"], one["reported"], one["open"], one["overdue"]) for one in items] == [
        ("appearance", 0, 0, 0), ("sanitation", 2, 2, 0), ("safety", 0, 0, 0), ("stability", 0, 0, 0),
    ]  # fmt: skip
    assert without == 1
    world.later(days=9)
    figures = await themes.figures("sanitation", dora, LATELY)
    assert (figures["reported"], figures["overdue"]) == (2, 2)
    assert [(one["code"], one["reported"]) for one in figures["by_kind"]] == [("E0102", 2)]
    assert [(one["id"], one["reported"], one["open"]) for one in figures["grids"]] == [("one", 2, 2)]
    assert len(figures["incidents"]) == 2


async def test_it_counts_the_days_asked_for(world: World, themes: ThemeService) -> None:
    await world.report(kind="E0102")
    dora = caller(world, "dora")
    for day, count in ((date(2026, 11, 23), 0), (date(2026, 11, 24), 1)):
        items, _ = await themes.all(dora, LATELY | {"begins": day, "ends": day})
        assert sum(one["reported"] for one in items) == count
    with pytest.raises(BadRequest, match="more than a year"):
        await themes.all(dora, LATELY | {"begins": date(2020, 1, 1)})


async def test_another_district_counts_its_own(world: World, themes: ThemeService) -> None:
    await world.report(kind="E0102")
    items, without = await themes.all(caller(world, "wes"), LATELY | {"organisation": "east"})
    assert (sum(one["reported"] for one in items), without) == (0, 0)


async def test_what_belongs_to_a_theme_is_changed_by_the_city(world: World, themes: ThemeService) -> None:
    dora = caller(world, "dora")
    said = {"version": 1, "name_en": "Order", "name_zh": "秩序", "classes": ["test"], "kinds": ["E0102"]}
    with pytest.raises(Forbidden):
        await themes.change("appearance", dora, said)
    city = replace(dora, organisation=ROOT_KEY)
    with pytest.raises(BadRequest, match="no such, E77"):
        await themes.change("appearance", city, said | {"classes": ["no such"], "kinds": ["E77"]})
    assert (await themes.change("appearance", city, said))["version"] == 2
    with pytest.raises(Conflict, match="you saw 1"):
        await themes.change("appearance", city, said)
    assert (await kinds(world))["E0102"] == "appearance"
    with pytest.raises(NotFound):
        await themes.change("none", city, said)
