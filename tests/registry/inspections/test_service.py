"""Inspections: what is due when, who is reminded, who does it, and who sees it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from registry.api.problems import BadRequest, Conflict, NotFound
from registry.api.route import Caller, Role
from registry.forms.model import Element
from registry.forms.service import EntryService
from registry.inspections.model import Inspection, InspectionState, Plan, Reminder, Result
from registry.inspections.service import Inspected, InspectionService
from tests.gridwarden.web.house import a_caller
from tests.registry.forms.filled import CHECK, NO_LOOK, NOW, Clock, run
from tests.registry.two_districts import NORTH, SOUTH

EVERY = 30
REMIND = 7
PLAN = {
    "organisation": "north", "name": "Fire", "kind": "fire_safety", "risk": None, "form": "fire-safety",
    "every_days": EVERY, "remind_days": REMIND, "first_due_at": NOW + timedelta(days=10),
}  # fmt: skip
RULES = {name: value for name, value in PLAN.items() if name != "organisation"}
OK = Inspected(result=Result.OK, answers=CHECK)


def _degrees(*places: float) -> float:
    return abs(places[0] - places[2])


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def entries(city: AsyncConnectionPool, clock: Clock) -> EntryService:
    return EntryService(city, clock)


@pytest.fixture
def service(city: AsyncConnectionPool, entries: EntryService, clock: Clock) -> InspectionService:
    return InspectionService(city, entries, clock, _degrees)


@pytest.fixture
async def planner(city: AsyncConnectionPool) -> Caller:
    """A user of the north who exists, for idempotency keys."""
    await run(city, "INSERT INTO users (name, password_hash, role, organisation) VALUES ('u', '', 'commander', 2)")
    return a_caller(Role.COMMANDER, NORTH)


@pytest.fixture(autouse=True)
async def places(city: AsyncConnectionPool) -> None:
    """Key places P-n and P-s, one in each district's grid, and a shop in the north."""
    rows = (
        ("P-n", "fire_safety", "north", 26.005),
        ("P-s", "fire_safety", "south", 26.405),
        ("S-n", "shop", "north", 26),
    )
    for place, kind, district, latitude in rows:
        await run(
            city,
            f"""INSERT INTO places (id, organisation, kind, name, latitude, longitude, created_at)
                SELECT '{place}', key, '{kind}', 'Hall {place}', {latitude}, 119.305, '{NOW.isoformat()}'
                FROM organisations WHERE id = '{district}-1'""",
        )


class Told:
    """Keeps the reminders that were told."""

    def __init__(self) -> None:
        self.reminders: list[Reminder] = []

    async def __call__(self, _: AsyncConnection, reminder: Reminder) -> None:
        self.reminders.append(reminder)


async def plan(service: InspectionService, caller: Caller, **also: Any) -> Plan:
    return await service.add_plan(PLAN | also, caller, idempotency_key=None)


async def seen(service: InspectionService, caller: Caller, **asked: Any) -> list[Inspection]:
    return await service.page(caller, asked, after=0, limit=100)


async def test_each_key_place_is_on_the_list_a_week_before_it_is_due_and_told_once(
    service: InspectionService, planner: Caller, clock: Clock
) -> None:
    await plan(service, planner)
    told = Told()
    await service.round(told)
    assert (await seen(service, planner), told.reminders) == ([], [])
    clock.now = NOW + timedelta(days=3)
    for _ in range(2):
        await service.round(told)
    [due] = await seen(service, planner)
    assert (due.place, due.due_at, due.overdue) == ("P-n", NOW + timedelta(days=10), False)
    assert [(one.overdue, one.places, one.count) for one in told.reminders] == [(False, ("Hall P-n",), 1)]


async def test_what_is_overdue_is_told_again_once(service: InspectionService, planner: Caller, clock: Clock) -> None:
    await plan(service, planner)
    told = Told()
    clock.now = NOW + timedelta(days=5)
    await service.round(told)
    clock.now = NOW + timedelta(days=11)
    for _ in range(2):
        await service.round(told)
    assert [one.overdue for one in told.reminders] == [False, True]
    assert [one.place for one in await seen(service, planner, overdue=True)] == ["P-n"]
    [tally] = await service.tallies(planner, "north")
    assert (tally.organisation, tally.due, tally.overdue, tally.oldest) == ("north-1", 1, 1, NOW + timedelta(days=10))


async def test_a_reminder_that_could_not_be_told_is_told_next_time(
    service: InspectionService, planner: Caller, clock: Clock
) -> None:
    await plan(service, planner)
    clock.now = NOW + timedelta(days=5)

    async def fails(_: AsyncConnection, __: Reminder) -> None:
        raise OSError("no way to tell")

    with pytest.raises(OSError, match="no way"):
        await service.round(fails)
    told = Told()
    await service.round(told)
    assert len(told.reminders) == 1


async def test_doing_it_fills_the_form_in_and_the_next_is_due_so_many_days_later(
    service: InspectionService, entries: EntryService, planner: Caller, clock: Clock
) -> None:
    await plan(service, planner, first_due_at=NOW)
    [due] = await seen(service, planner)
    clock.now = NOW + timedelta(hours=5)
    offline = replace(OK, done_at=NOW + timedelta(hours=1), latitude=26.105, longitude=119.305)
    done = await service.do(due.id, offline, planner, idempotency_key=None)
    assert (done.state, done.done_at, done.by_name) == (InspectionState.DONE, NOW + timedelta(hours=1), planner.name)
    assert done.metres_off == pytest.approx(0.1)
    filled = await entries.of_record(Element.PLACES, "P-n", planner, NO_LOOK, after=0, limit=10)
    assert [(one.id, one.answers) for one in filled] == [(done.entry, CHECK)]
    assert await seen(service, planner, state="due") == []
    clock.now = NOW + timedelta(days=EVERY - REMIND, hours=2)
    await service.round(Told())
    assert [one.due_at for one in await seen(service, planner, state="due")] == [NOW + timedelta(days=EVERY, hours=1)]


async def test_it_is_done_once_however_often_and_by_however_many_it_is_sent(
    service: InspectionService, entries: EntryService, planner: Caller
) -> None:
    await plan(service, planner, first_due_at=NOW)
    [due] = await seen(service, planner)
    sent = await asyncio.gather(*(service.do(due.id, OK, planner, idempotency_key="k") for _ in range(4)))
    assert {one.entry for one in sent} == {sent[0].entry}
    with pytest.raises(Conflict, match="was done by"):
        await service.do(due.id, OK, planner, idempotency_key="another")
    filled = await entries.of_record(Element.PLACES, "P-n", planner, NO_LOOK, after=0, limit=10)
    assert len(filled) == 1


async def test_answers_that_do_not_keep_to_the_form_leave_it_due(service: InspectionService, planner: Caller) -> None:
    await plan(service, planner, first_due_at=NOW)
    [due] = await seen(service, planner)
    with pytest.raises(BadRequest):
        await service.do(due.id, replace(OK, answers={}), planner, idempotency_key=None)
    assert (await service.find(due.id, planner)).state is InspectionState.DUE


async def test_another_district_sees_and_does_nothing(service: InspectionService, planner: Caller) -> None:
    mine = await plan(service, planner, first_due_at=NOW)
    [due] = await seen(service, planner)
    south = a_caller(Role.COMMANDER, SOUTH)
    assert (await seen(service, south), await service.plans(south), await service.tallies(south, "north")) == (
        [],
        [],
        [],
    )
    for attempt in (
        service.find(due.id, south), service.do(due.id, OK, south, idempotency_key=None),
        service.end_plan(mine.id, 1, south), plan(service, south),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            await attempt


async def test_a_member_sees_what_is_due_in_his_grids(
    service: InspectionService, planner: Caller, city: AsyncConnectionPool
) -> None:
    await plan(service, planner, first_due_at=NOW)
    await plan(service, a_caller(Role.COMMANDER, SOUTH), organisation="south", first_due_at=NOW)
    [(anna,)] = await run(city, "SELECT key FROM members WHERE id = 'anna'")
    member = replace(a_caller(Role.MEMBER, 1), member=anna)
    assert [one.place for one in await seen(service, member)] == ["P-n"]
    [of_south] = await seen(service, a_caller(Role.COMMANDER, SOUTH))
    with pytest.raises(NotFound):
        await service.do(of_south.id, OK, member, idempotency_key=None)


async def test_what_no_plan_wants_any_more_is_cancelled(
    service: InspectionService, planner: Caller, city: AsyncConnectionPool
) -> None:
    mine = await plan(service, planner, first_due_at=NOW)
    [due] = await seen(service, planner)
    with pytest.raises(Conflict, match="you saw version 9"):
        await service.end_plan(mine.id, 9, planner)
    assert (await service.end_plan(mine.id, 1, planner)).due == 0
    with pytest.raises(Conflict, match="cancelled"):
        await service.do(due.id, OK, planner, idempotency_key=None)
    await plan(service, planner, first_due_at=NOW)
    await run(city, "UPDATE places SET ended_at = now() WHERE id = 'P-n'")
    await service.round(Told())
    assert await seen(service, planner, state="due") == []


async def test_a_place_that_moves_to_another_grid_takes_its_inspections_along(
    service: InspectionService, planner: Caller, city: AsyncConnectionPool
) -> None:
    await plan(service, planner, first_due_at=NOW)
    await run(
        city, "UPDATE places SET organisation = (SELECT key FROM organisations WHERE id = 'south-1') WHERE id = 'P-n'"
    )
    assert await seen(service, planner) == []
    assert [one.place for one in await seen(service, a_caller(Role.OFFICER, SOUTH))] == ["P-n"]


async def test_pages_follow_each_other_in_the_order_in_which_they_are_due(
    service: InspectionService, planner: Caller
) -> None:
    await plan(service, planner, first_due_at=NOW + timedelta(days=5))
    await plan(service, planner, first_due_at=NOW)
    first = await service.page(planner, {}, after=0, limit=1)
    second = await service.page(planner, {}, after=first[0].key, limit=1)
    assert [one.due_at for one in (*first, *second)] == [NOW, NOW + timedelta(days=5)]
    assert await service.page(planner, {}, after=second[0].key, limit=1) == []


async def test_a_plan_asks_by_a_form_about_places_and_is_made_once(service: InspectionService, planner: Caller) -> None:
    with pytest.raises(BadRequest, match="about places"):
        await plan(service, planner, form="trade-union")
    with pytest.raises(NotFound):
        await plan(service, planner, form="no-such-form")
    made = [await service.add_plan(PLAN, planner, idempotency_key="k") for _ in range(2)]
    assert made[0].id == made[1].id
    assert len(await service.plans(planner)) == 1


async def test_a_plan_is_changed_and_what_it_said_before_stays_on_record(
    service: InspectionService, planner: Caller
) -> None:
    made = await plan(service, planner)
    changed = await service.change_plan(
        made.id, made.version, RULES | {"name": "Fire halls", "every_days": 14}, planner
    )
    assert (changed.name, changed.every_days, changed.version) == ("Fire halls", 14, 2)
    await service.end_plan(made.id, changed.version, planner)
    before = await service.plan_before(made.id, planner)
    assert [(one.version, one.name, one.every_days, one.by_name) for one in before] == [
        (2, "Fire halls", 14, planner.name), (1, "Fire", EVERY, planner.name),
    ]  # fmt: skip


async def test_a_change_of_a_plan_that_changed_meanwhile_or_ended_is_refused(
    service: InspectionService, planner: Caller
) -> None:
    made = await plan(service, planner)
    await service.change_plan(made.id, made.version, RULES | {"every_days": 14}, planner)
    with pytest.raises(Conflict, match="version 2"):
        await service.change_plan(made.id, made.version, RULES, planner)
    await service.end_plan(made.id, 2, planner)
    with pytest.raises(Conflict, match="has ended"):
        await service.change_plan(made.id, 3, RULES, planner)


async def test_one_of_two_changes_at_once_is_refused(service: InspectionService, planner: Caller) -> None:
    made = await plan(service, planner)
    changes = [service.change_plan(made.id, made.version, RULES | {"every_days": days}, planner) for days in (5, 6)]
    ended = await asyncio.gather(*changes, return_exceptions=True)
    assert {type(one) for one in ended} == {Plan, Conflict}
    assert len(await service.plan_before(made.id, planner)) == 1


async def test_what_is_open_is_due_by_the_changed_plan(
    service: InspectionService, planner: Caller, clock: Clock
) -> None:
    made = await plan(service, planner)
    clock.now = NOW + timedelta(days=4)
    told = Told()
    await service.round(told)
    sooner = await service.change_plan(
        made.id, made.version, RULES | {"first_due_at": NOW + timedelta(days=6)}, planner
    )
    [due] = await seen(service, planner)
    assert due.due_at == NOW + timedelta(days=6)
    await service.change_plan(made.id, sooner.version, RULES | {"first_due_at": NOW + timedelta(days=60)}, planner)
    assert await seen(service, planner, state=InspectionState.DUE) == []
    clock.now = NOW + timedelta(days=55)
    await service.round(told)
    [due] = await seen(service, planner, state=InspectionState.DUE)
    assert due.due_at == NOW + timedelta(days=60)


async def test_places_of_another_kind_are_inspected_once_the_plan_says_so(
    service: InspectionService, planner: Caller, clock: Clock
) -> None:
    made = await plan(service, planner)
    clock.now = NOW + timedelta(days=4)
    await service.round(Told())
    await service.change_plan(made.id, made.version, RULES | {"kind": "shop"}, planner)
    assert [one.place for one in await seen(service, planner, state=InspectionState.DUE)] == ["S-n"]


async def test_a_plan_of_others_is_neither_changed_nor_told(service: InspectionService, planner: Caller) -> None:
    made = await plan(service, planner)
    stranger = a_caller(Role.COMMANDER, SOUTH)
    with pytest.raises(NotFound):
        await service.change_plan(made.id, made.version, RULES, stranger)
    with pytest.raises(NotFound):
        await service.plan_before(made.id, stranger)


async def test_a_changed_plan_asks_for_a_form_in_force(service: InspectionService, planner: Caller) -> None:
    made = await plan(service, planner)
    with pytest.raises(BadRequest, match="form"):
        await service.change_plan(made.id, made.version, RULES | {"form": "civil-relief"}, planner)
