"""The catalogue: what a city begins with, and who edits it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from psycopg_pool import AsyncConnectionPool

from dispatch.kinds.model import Category
from dispatch.kinds.service import KindService
from registry.api.problems import Conflict, Forbidden, NotFound
from tests.gridwarden.web.house import a_caller

ADMINISTRATOR = a_caller()
NEW = {
    "code": "X0101", "category": "event", "class_": "other", "name_en": "stray dog", "name_zh": "流浪犬",
    "department": None, "priority": 3, "skills": ["dogs"], "accept_s": 600, "arrive_s": 3600, "handle_s": 7200,
    "verify_s": 7200,
}  # fmt: skip


async def test_a_city_begins_with_components_events_and_emergencies(pool: AsyncConnectionPool) -> None:
    service = KindService(pool)
    everything = await service.all(None, retired=False)
    assert len(everything) > 100
    assert {kind.class_ for kind in everything} >= {
        "public facilities", "roads and traffic", "city environment", "greening", "other components", "city appearance",
        "publicity and advertising", "construction", "sudden events", "street order", "other events", "emergency",
    }  # fmt: skip
    assert all(kind.code.startswith("C") for kind in await service.all(Category.COMPONENT, retired=False))
    fire = await service.find("E9001")
    assert (fire.name_en, fire.name_zh, fire.priority, fire.skills) == ("fire", "火灾", 1, ["fire"])
    assert all(kind.accept_s <= kind.arrive_s <= kind.handle_s for kind in everything)


async def test_the_citys_administrator_adds_changes_and_retires(pool: AsyncConnectionPool) -> None:
    service = KindService(pool)
    added = await service.add(NEW, ADMINISTRATOR)
    assert (added.class_, added.skills) == ("other", ["dogs"])
    with pytest.raises(Conflict):
        await service.add(NEW, ADMINISTRATOR)
    changed = await service.change("X0101", {"accept_s": 60, "retired": True}, ADMINISTRATOR)
    assert (changed.accept_s, changed.retired) == (60, True)
    assert "X0101" not in {kind.code for kind in await service.all(None, retired=False)}
    assert "X0101" in {kind.code for kind in await service.all(None, retired=True)}


async def test_a_districts_administrator_does_not(pool: AsyncConnectionPool) -> None:
    district = replace(ADMINISTRATOR, organisation=2)
    with pytest.raises(Forbidden):
        await KindService(pool).add(NEW, district)
    with pytest.raises(Forbidden):
        await KindService(pool).change("C0101", {"accept_s": 1}, district)


async def test_a_kind_that_is_not_there_is_told(pool: AsyncConnectionPool) -> None:
    with pytest.raises(NotFound):
        await KindService(pool).change("X9999", {"accept_s": 1}, ADMINISTRATOR)
