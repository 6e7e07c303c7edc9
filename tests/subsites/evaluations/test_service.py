"""A ticket is rated once by its code; low scores wait for a follow-up; results add up."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from registry.api.problems import BadRequest, Conflict, NotFound
from subsites.evaluations.model import By
from subsites.evaluations.service import EvaluationService
from tests.dispatch.world import World
from tests.subsites.callers import caller
from tests.subsites.queues.hall import ZONE, Hall, found_hall

OPEN = {"subject": None, "most": 5, "organisation": None, "open": True, "q": None}


@pytest.fixture
async def hall(world: World) -> Hall:
    return await found_hall(world)


@pytest.fixture
def evaluations(world: World) -> EvaluationService:
    return EvaluationService(world.pool, lambda: world.now, ZONE)


def said(score: int, comment: str | None = None) -> dict[str, Any]:
    return {"score": score, "tags": ["speed"], "comment": comment}


async def served(hall: Hall, desk: int = 0) -> str:
    """The code of a ticket that was served."""
    _, code = await hall.take()
    await hall.serve(desk, minutes=1)
    return code


async def test_once_after_it_was_served(hall: Hall, evaluations: EvaluationService) -> None:
    await hall.open(0)
    _, waiting = await hall.take()
    with pytest.raises(Conflict, match="when it has ended"):
        await evaluations.rate_ticket(waiting, said(5))
    await hall.serve()
    rated = await asyncio.gather(*(evaluations.rate_ticket(waiting, said(4)) for _ in range(4)), return_exceptions=True)
    assert sum(isinstance(one, dict) for one in rated) == 1
    assert all("rated already" in str(one) for one in rated if not isinstance(one, dict))
    with pytest.raises(NotFound):
        await evaluations.rate_ticket("AAAA-AAAA-AAAA", said(5))


async def test_low_ones_wait_for_a_follow_up(world: World, hall: Hall, evaluations: EvaluationService) -> None:
    dora = caller(world, "dora")
    await hall.open(0)
    for score in (5, 2):
        await evaluations.rate_ticket(await served(hall), said(score, "slow"))
    found = await evaluations.page(dora, before=0, limit=9, filters=OPEN)
    assert [(one["score"], one["comment"], one["window_name"]) for one in found] == [(2, "slow", "W1")]
    done = await evaluations.follow_up(found[0]["id"], dora, found[0]["version"], "The clerk was alone.")
    assert (done["follow_up"], done["followed_up_by"]) == ("The clerk was alone.", "dora")
    with pytest.raises(Conflict, match="needs no follow-up"):
        await evaluations.follow_up(found[0]["id"], dora, None, "again")
    assert await evaluations.page(dora, before=0, limit=9, filters=OPEN) == []


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        (By.WINDOW, [("W2", 1, 2.0), ("W1", 2, 4.5)]),
        (By.ORGANISATION, [("Main", 3, 11 / 3)]),
        (By.SERVICE, [("residence", 3, 11 / 3)]),
        (By.DAY, [(None, 3, 11 / 3)]),
    ],
)
async def test_results_add_up(
    world: World, hall: Hall, evaluations: EvaluationService, by: By, groups: list[tuple[str | None, int, float]]
) -> None:
    await hall.open(0, 1)
    for desk, score in ((0, 5), (0, 4), (1, 2)):
        await evaluations.rate_ticket(await served(hall, desk), said(score))
    asked: Any = {"organisation": "east", "begins": None, "ends": None}
    whole, items = await evaluations.results(caller(world, "dora"), by, **asked)
    assert whole is not None
    assert (whole["evaluations"], whole["scores"], whole["low"], whole["open"]) == (3, [0, 1, 0, 1, 1], 1, 1)
    assert [(one["name_en"], one["evaluations"]) for one in items] == [(name, count) for name, count, _ in groups]
    assert [one["mean"] for one in items] == pytest.approx([mean for _, _, mean in groups])
    assert await evaluations.results(caller(world, "wes"), by, **asked) == (None, [])


async def test_a_period_is_bounded(world: World, evaluations: EvaluationService) -> None:
    today = world.now.date()
    with pytest.raises(BadRequest):
        await evaluations.results(
            caller(world, "dora"), By.DAY, organisation=None, begins=today.replace(year=2020), ends=today
        )


async def test_another_district_sees_and_follows_up_nothing(
    world: World, hall: Hall, evaluations: EvaluationService
) -> None:
    await hall.open(0)
    await evaluations.rate_ticket(await served(hall), said(1))
    wes = caller(world, "wes")
    assert await evaluations.page(wes, before=0, limit=9, filters=OPEN) == []
    with pytest.raises(NotFound):
        await evaluations.follow_up("EV-1", wes, None, "n")
