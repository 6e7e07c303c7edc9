"""Members go on and off duty with their shifts, once; what is open is handed over, all or none."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest

from dispatch.incidents.model import Action
from dispatch.shifts.service import ShiftService
from dispatch.shifts.store import Shift
from registry.api.problems import BadRequest, Conflict, NotFound
from tests.dispatch.world import World


@pytest.fixture
def shifts(world: World) -> ShiftService:
    return ShiftService(world.pool, world.assignments, lambda: world.now)


async def a_shift(world: World, shifts: ShiftService, *members: str, after_h: float = 1, hours: float = 8) -> Shift:
    begin = world.now + timedelta(hours=after_h)
    return await shifts.add(
        world["dora"], organisation="main", name="Day", starts_at=begin, ends_at=begin + timedelta(hours=hours),
        members=members,
    )  # fmt: skip


async def on_duty(world: World, member: str) -> bool:
    async with world.pool.connection() as connection:
        cursor = await connection.execute("SELECT on_duty FROM members WHERE id = %s", (member,))
        row = await cursor.fetchone()
    assert row is not None
    return bool(row[0])


async def set_duty(world: World, member: str, duty: bool) -> None:
    async with world.pool.connection() as connection:
        await connection.execute("UPDATE members SET on_duty = %s WHERE id = %s", (duty, member))


async def test_a_shift_sends_its_members_on_and_off_duty_once(world: World, shifts: ShiftService) -> None:
    await set_duty(world, "anna", False)
    await a_shift(world, shifts, "anna")
    assert await shifts.round() == (0, 0)
    world.later(hours=1)
    done = await asyncio.gather(*[shifts.round() for _ in range(4)])
    assert sum(on for on, _ in done) == 1
    assert await on_duty(world, "anna")
    await set_duty(world, "anna", False)
    await shifts.round()
    assert not await on_duty(world, "anna"), "she went home ill: the shift does not call her back"
    await set_duty(world, "anna", True)
    world.later(hours=8)
    assert await shifts.round() == (0, 1)
    assert not await on_duty(world, "anna")


async def test_who_has_another_shift_stays_on_duty_and_others_are_left_alone(
    world: World, shifts: ShiftService
) -> None:
    await a_shift(world, shifts, "anna", after_h=0)
    await a_shift(world, shifts, "anna", after_h=7)
    await shifts.round()
    world.later(hours=8)
    await shifts.round()
    assert await on_duty(world, "anna")
    assert await on_duty(world, "bo"), "never on a roster: as the registry says"
    world.later(hours=8)
    await shifts.round()
    assert not await on_duty(world, "anna")


async def test_the_roster_tells_who_is_on_duty_when(world: World, shifts: ShiftService) -> None:
    shift = await a_shift(world, shifts, "anna", "cui")
    assert await shifts.roster(world["dora"], None, None) == []
    then = world.now + timedelta(hours=2)
    assert [(one.member, one.shift) for one in await shifts.roster(world["dora"], then, None)] == [
        ("anna", shift.id), ("cui", shift.id),
    ]  # fmt: skip
    assert [one.member for one in await shifts.roster(world["dora"], then, "two")] == ["cui"]
    assert await shifts.roster(world["wes"], then, None) == []


async def test_the_shifts_of_a_span_are_found(world: World, shifts: ShiftService) -> None:
    shift = await a_shift(world, shifts, "anna")

    async def between(since: datetime, until: datetime) -> list[str]:
        return [one.id for one in await shifts.page(world["dora"], after=0, limit=10, since=since, until=until)]

    day = timedelta(days=1)
    assert await between(shift.starts_at - day, shift.ends_at + day) == [shift.id]
    assert await between(shift.starts_at - day, shift.starts_at) == []
    assert await between(shift.ends_at + day, shift.ends_at + 2 * day) == []


async def test_a_shift_is_changed_and_removed(world: World, shifts: ShiftService) -> None:
    shift = await a_shift(world, shifts, "anna")
    changed = await shifts.change(shift.id, world["dora"], {"name": "Late", "members": ["bo"]})
    assert (changed.name, changed.members, changed.starts_at) == ("Late", ["bo"], shift.starts_at)
    with pytest.raises(BadRequest):
        await shifts.change(shift.id, world["dora"], {"ends_at": shift.starts_at})
    with pytest.raises(BadRequest, match="dan"):
        await shifts.change(shift.id, world["dora"], {"members": ["dan"]})
    for refused in (shifts.change(shift.id, world["wes"], {"name": "x"}), shifts.remove(shift.id, world["wes"])):
        with pytest.raises(NotFound):
            await refused
    await shifts.remove(shift.id, world["dora"])
    assert await shifts.page(world["dora"], after=0, limit=10, member=None, since=None) == []


async def test_open_work_is_handed_over_as_it_stands(world: World, shifts: ShiftService) -> None:
    shift = await a_shift(world, shifts, "anna", "bo")
    told = await world.handling("anna")
    made = await shifts.hand_over(shift.id, world["dora"], member="anna", taker="bo", note="the key is under the mat")
    assert made.incidents == [told["id"]]
    told = await world.incidents.find(told["id"], world["dora"])
    [one] = told["assignments"]
    assert (one["member"], one["state"]) == ("bo", "acknowledged")
    assert (await world.log(told["id"]))[-1] == "hand-over"
    await world.step(one["id"], "bo", Action.ARRIVE)
    _, made_all = await shifts.find(shift.id, world["dora"])
    assert [(hand.member, hand.taker, hand.note) for hand in made_all] == [("anna", "bo", "the key is under the mat")]


async def test_nothing_is_handed_to_who_is_busy(world: World, shifts: ShiftService) -> None:
    shift = await a_shift(world, shifts, "anna", "bo")
    told = await world.handling("anna")
    await world.dispatched("bo")
    with pytest.raises(Conflict, match="bo"):
        await shifts.hand_over(shift.id, world["dora"], member="anna", taker="bo", note="n")
    told = await world.incidents.find(told["id"], world["dora"])
    assert told["assignments"][0]["member"] == "anna"
    with pytest.raises(BadRequest):
        await shifts.hand_over(shift.id, world["dora"], member="cui", taker="bo", note="not on the shift")
