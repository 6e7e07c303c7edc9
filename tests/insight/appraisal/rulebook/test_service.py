from __future__ import annotations

import pytest

from insight.appraisal.rules import PRESET
from registry.api.problems import Conflict, Forbidden
from tests.dispatch.world import World
from tests.insight.appraisal.office import caller, late, office_of, root


async def test_rules_change_from_the_next_period_on(world: World) -> None:
    office = office_of(world)
    harder = PRESET.model_copy(update={"name": "harder", "urgent": 3})
    with pytest.raises(Forbidden):
        await office.rules.change(caller(world, "dora"), harder, "n", 0)
    assert await office.rules.change(root(world), harder, "n", 0) == 1
    assert (await office.rules.rules())[0].number == 0
    with pytest.raises(Conflict):
        await office.rules.change(root(world), harder, "n", 0)
    world.later(days=10)
    assert (await office.rules.rules())[0].rules.name == "harder"


async def test_a_change_of_rules_is_tried_on_the_last_period(world: World) -> None:
    await late(world)
    world.later(days=10)
    office = office_of(world)
    await office.counting.round()
    measures = tuple(one for one in PRESET.levels["grid"].measures if one.code != "on_time")
    levels = PRESET.levels | {"grid": PRESET.levels["grid"].model_copy(update={"measures": measures, "few": 0})}
    period, rows = await office.rules.preview(root(world), PRESET.model_copy(update={"levels": levels}))
    assert period == "2026-11"
    one = next(row for row in rows if row["id"] == "two")
    assert (one["before"], one["after"]) == (80, 30)
