from __future__ import annotations

from tests.dispatch.world import World
from tests.insight.appraisal.office import late, office_of


async def test_a_period_is_frozen_once_when_it_is_over_and_chained_to_the_one_before(world: World) -> None:
    await late(world)
    office = office_of(world)
    assert await office.counting.round() == 0
    world.later(days=70)
    assert await office.counting.round() == 3
    assert await office.counting.round() == 0
    running, *frozen = await office.scores.periods()
    assert (running["period"], running["sha256"]) == ("2027-02", None)
    assert [one["period"] for one in frozen] == ["2027-01", "2026-12", "2026-11"]
    assert frozen[0]["previous"] == frozen[1]["sha256"]
    assert all(one["holds"] for one in await office.scores.verify())
