"""A hall is set up of windows of the registry."""

from __future__ import annotations

import pytest

from registry.api.problems import Conflict, NotFound
from tests.dispatch.world import World
from tests.subsites.callers import caller
from tests.subsites.queues.hall import Hall, a_place


def service(letter: str, organisation: str = "main") -> dict[str, object]:
    return {"organisation": organisation, "letter": letter, "name_en": "x", "name_zh": "x", "expected_s": 60}


async def test_a_letter_is_one_services(hall: Hall) -> None:
    dora = caller(hall.world, "dora")
    with pytest.raises(Conflict, match="letter A"):
        await hall.setup.add_service(service("A"), dora, None)
    made = await hall.setup.add_service(service("C"), dora, "key")
    assert (await hall.setup.add_service(service("C"), dora, "key"))["id"] == made["id"]


async def test_only_service_windows_have_queues_and_one_each(hall: Hall) -> None:
    dora, shop = caller(hall.world, "dora"), await a_place(hall.world, "shop", kind="shop")
    for place, reason in ((shop, "no service window"), ("W1", "already")):
        with pytest.raises(Conflict, match=reason):
            await hall.setup.add_window(
                {"organisation": "main", "place": place, "services": [hall.pension]}, dora, None
            )  # fmt: skip


async def test_a_window_serves_only_what_its_hall_has(hall: Hall) -> None:
    dora, free = caller(hall.world, "dora"), await a_place(hall.world, "W9")
    other = await hall.setup.add_service(service("A", "east"), dora, None)
    with pytest.raises(NotFound, match="in this hall"):
        await hall.setup.add_window({"organisation": "main", "place": free, "services": [other["id"]]}, dora, None)


async def test_a_window_closes_when_nobody_is_at_it(hall: Hall) -> None:
    dora = caller(hall.world, "dora")
    await hall.open(0)
    await hall.take()
    await hall.call()
    with pytest.raises(Conflict, match="A001 is at this window"):
        await hall.setup.close(hall.desks[0], dora, None)


async def test_no_tickets_are_given_out_for_what_is_not_taken(hall: Hall) -> None:
    await hall.setup.change_service(hall.residence, caller(hall.world, "dora"), 1, {"taking": False})
    with pytest.raises(Conflict, match="no tickets"):
        await hall.take()


async def test_anybody_sees_the_hall_and_no_name_of_anybody(hall: Hall) -> None:
    await hall.open(0, 1)
    for _ in range(3):
        await hall.take()
    await hall.call()
    row, picture = await hall.setup.hall("main")
    told = picture.told()
    assert row["name"] == "Main"
    assert [(one["letter"], one["waiting"], one["windows"]) for one in told["services"]] == [("A", 2, 2), ("B", 0, 2)]
    assert [(one["name"], one["label"]) for one in told["windows"]] == [("W1", "A001"), ("W2", None), ("W3", None)]
    assert [one["label"] for one in told["calls"]] == ["A001"]


async def test_an_organisation_without_services_is_no_hall(world: World, hall: Hall) -> None:
    with pytest.raises(NotFound):
        await hall.setup.hall("west")
    assert [one["id"] for one in await hall.setup.halls(None)] == ["main"]
    assert await hall.setup.halls(caller(world, "wes")) == []
