from __future__ import annotations

from datetime import timedelta

from tests.dispatch.world import World
from tests.insight.appraisal.office import ANNA, caller, office_of


async def test_feedback_from_far_away_is_proposed_and_a_person_decides(world: World) -> None:
    told = await world.handling("anna")
    await world.assignments.feedback(told["id"], world["anna"], None, "done", place=(26.02, 119.305))
    office = office_of(world)
    world.later(seconds=1)
    await office.counting.round()
    (found,) = await office.falsifications.page(caller(world, "sue"), before=0, limit=10, state=None)
    assert (found["sign"], found["state"]) == ("far_feedback", "proposed")
    assert not await office.falsifications.page(caller(world, "wes"), before=0, limit=10, state=None)
    await office.falsifications.judge(caller(world, "sue"), found["id"], confirms=True, reason="he was at home")
    world.now += timedelta(seconds=1)
    await office.counting.round()
    score = await office.scores.explained(caller(world, "sue"), ANNA, None)
    line = next(one for one in score["detail"]["lines"] if one["code"] == "falsification")
    assert line["points"] == "-1"
