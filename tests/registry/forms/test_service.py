"""What is filled in by whom about what."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from psycopg_pool import AsyncConnectionPool

from registry.api.problems import BadRequest, Conflict, Forbidden, NotFound
from registry.api.route import Caller, Role
from registry.forms.editing import FormEditor
from registry.forms.model import Element, FormState
from registry.forms.service import EntryService, Filled
from tests.gridwarden.web.house import a_caller
from tests.registry.forms.filled import ADMINISTRATOR, CHECK, DRAFT, NO_LOOK, NOW, RELIEF, VISIT, Clock, run
from tests.registry.two_districts import NORTH, SOUTH


def a_check(**also: Any) -> Filled:
    return replace(Filled(element=Element.PLACES, record="P-n", answers=CHECK), **also)


async def fill(service: EntryService, caller: Caller, filled: Filled | None = None, key: str | None = None) -> Any:
    return await service.fill("fire-safety", filled or a_check(), caller, idempotency_key=key)


async def test_a_change_makes_the_next_version_and_entries_keep_theirs(
    editor: FormEditor, service: EntryService, clock: Clock
) -> None:
    form = await editor.draft("words", DRAFT, None, ADMINISTRATOR)
    assert (form.version, form.state, list(form.definition["properties"])) == (1, FormState.DRAFT, ["zulu", "alpha"])
    await editor.publish("words", 1, ADMINISTRATOR)
    filled = Filled(element=Element.PLACES, record="P-n", answers={"zulu": "z"})
    entry = await service.fill("words", filled, ADMINISTRATOR, idempotency_key=None)
    longer = DRAFT | {"definition": DRAFT["definition"] | {"required": ["alpha"]}}  # type: ignore[operator]  # a dict
    await editor.draft("words", longer, None, ADMINISTRATOR)
    clock.now = NOW + timedelta(days=1)
    assert (await editor.publish("words", 1, ADMINISTRATOR)).version == 2
    states = {one.version: one.state for one in await editor.versions("words")}
    assert states == {1: FormState.RETIRED, 2: FormState.PUBLISHED}
    assert (await service.entry(entry.id, ADMINISTRATOR, NO_LOOK)).form_version == 1
    assert (await service.change(entry.id, 1, {"zulu": "y"}, ADMINISTRATOR)).form_version == 1


async def test_what_was_filled_in_offline_before_its_version_was_retired_is_taken(
    editor: FormEditor, service: EntryService, clock: Clock
) -> None:
    clock.now = NOW + timedelta(days=365)
    old = (await editor.versions("fire-safety"))[0]
    assert old.published_at is not None
    clock.now = old.published_at + timedelta(days=2)
    await editor.retire("fire-safety", ADMINISTRATOR)
    clock.now += timedelta(days=1)
    with pytest.raises(Conflict, match="not in force"):
        await fill(service, ADMINISTRATOR)
    with pytest.raises(Conflict, match="not in force"):
        await fill(service, ADMINISTRATOR, a_check(form_version=1))
    before = clock.now - timedelta(days=2)
    assert (await fill(service, ADMINISTRATOR, a_check(form_version=1, filled_at=before))).filled_at == before


async def test_the_same_key_makes_one_entry_however_often_it_comes(service: EntryService, user: Caller) -> None:
    made = await asyncio.gather(*(fill(service, user, key="k") for _ in range(4)))
    assert len({one.id for one in made}) == 1
    found = await service.of_record(Element.PLACES, "P-n", user, NO_LOOK, after=0, limit=10)
    assert [one.id for one in found] == [made[0].id]


@pytest.mark.parametrize(
    "answers", [{}, CHECK | {"danger": "dreadful"}, CHECK | {"drill_on": "soon"}, CHECK | {"unasked": 1}]
)
async def test_answers_that_do_not_keep_to_the_form_are_refused(service: EntryService, answers: dict[str, Any]) -> None:
    with pytest.raises(BadRequest) as refused:
        await fill(service, ADMINISTRATOR, a_check(answers=answers))
    assert refused.value.errors
    assert await service.of_form("fire-safety", ADMINISTRATOR, NO_LOOK, after=0, limit=10) == []


async def test_a_form_is_attached_to_what_it_is_for(service: EntryService) -> None:
    with pytest.raises(BadRequest, match="not to households"):
        await fill(service, ADMINISTRATOR, a_check(element=Element.HOUSEHOLDS, record="H-n"))


async def test_another_district_neither_reads_nor_writes(service: EntryService) -> None:
    entry = await fill(service, a_caller(Role.OFFICER, NORTH))
    south = a_caller(Role.OFFICER, SOUTH)
    for attempt in (
        fill(service, south), service.entry(entry.id, south, VISIT), service.history(entry.id, south, VISIT),
        service.change(entry.id, 1, CHECK, south), service.end(entry.id, 1, "r", south),
        service.of_record(Element.PLACES, "P-n", south, VISIT, after=0, limit=10),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            await attempt
    assert await service.of_form("fire-safety", south, VISIT, after=0, limit=10) == []


async def test_a_member_works_in_his_grids_and_nowhere_else(service: EntryService, city: AsyncConnectionPool) -> None:
    [(anna,)] = await run(city, "SELECT key FROM members WHERE id = 'anna'")
    member = replace(a_caller(Role.MEMBER, 1), member=anna)
    await fill(service, member)
    south = a_check(record="P-s")
    with pytest.raises(NotFound):
        await fill(service, member, south)
    await run(city, f"INSERT INTO member_grids SELECT {anna}, key FROM organisations WHERE id = 'south-1'")
    await fill(service, member, south)
    with pytest.raises(NotFound):
        await fill(service, replace(member, member=None))


async def test_a_look_at_households_has_a_purpose_and_goes_on_record(
    service: EntryService, city: AsyncConnectionPool
) -> None:
    filled = Filled(element=Element.HOUSEHOLDS, record="H-n", answers=RELIEF)
    entry = await service.fill("civil-relief", filled, ADMINISTRATOR, idempotency_key=None)
    for attempt in (
        service.entry(entry.id, ADMINISTRATOR, NO_LOOK), service.history(entry.id, ADMINISTRATOR, NO_LOOK),
        service.of_form("civil-relief", ADMINISTRATOR, NO_LOOK, after=0, limit=10),
        service.of_record(Element.HOUSEHOLDS, "H-n", ADMINISTRATOR, NO_LOOK, after=0, limit=10),
    ):  # fmt: skip
        with pytest.raises(BadRequest, match="purpose"):
            await attempt
    assert await run(city, "SELECT * FROM access_log") == []
    await service.of_record(Element.HOUSEHOLDS, "H-n", ADMINISTRATOR, VISIT, after=0, limit=10)
    looks = await run(city, "SELECT action, element, record, purpose, rows FROM access_log")
    assert looks == [("look", "households", "H-n", "visit", 1)]


async def test_changes_carry_the_version_seen_and_stay_on_record(service: EntryService) -> None:
    entry = await fill(service, ADMINISTRATOR, a_check(latitude=26.0, longitude=119.3))
    mended = CHECK | {"extinguishers_good": "yes"}
    assert (await service.change(entry.id, 1, mended, ADMINISTRATOR, note="mended")).version == 2
    with pytest.raises(Conflict, match="read it again"):
        await service.change(entry.id, 1, CHECK, ADMINISTRATOR)
    ended = await service.end(entry.id, 2, "the wrong shop", ADMINISTRATOR)
    assert (ended.ended_at, ended.answers) == (NOW, mended)
    with pytest.raises(Conflict, match="was ended"):
        await service.change(entry.id, 3, CHECK, ADMINISTRATOR)
    steps = await service.history(entry.id, ADMINISTRATOR, NO_LOOK)
    assert [(one["action"], one["version"], one["note"]) for one in steps] == [
        ("add", 1, None), ("change", 2, "mended"), ("end", 3, "the wrong shop"),
    ]  # fmt: skip
    assert (steps[0]["latitude"], steps[1]["before"], steps[1]["after"]) == (26.0, CHECK, mended)


async def test_entries_go_with_a_record_that_moves_or_is_merged(
    service: EntryService, city: AsyncConnectionPool
) -> None:
    entry = await fill(service, ADMINISTRATOR)
    grid = "(SELECT key FROM organisations WHERE id = 'south-1')"
    await run(city, f"UPDATE places SET organisation = {grid} WHERE id = 'P-n'")
    south = a_caller(Role.OFFICER, SOUTH)
    assert (await service.entry(entry.id, south, NO_LOOK)).organisation == "south-1"
    await run(city, "UPDATE places SET merged_into = (SELECT key FROM places WHERE id = 'P-s') WHERE id = 'P-n'")
    found = await service.of_record(Element.PLACES, "P-s", south, NO_LOOK, after=0, limit=10)
    assert [(one.id, one.record) for one in found] == [(entry.id, "P-s")]


async def test_who_reads_and_who_fills_in_is_said_by_the_form(
    editor: FormEditor, service: EntryService, city: AsyncConnectionPool
) -> None:
    old = await fill(service, a_caller(Role.OFFICER, NORTH))
    fields = (await editor.versions("fire-safety"))[0].model_dump(include=set(DRAFT))
    few = {"readers": [Role.SUPERVISOR, Role.OFFICER], "fillers": [Role.OFFICER]}
    await editor.draft("fire-safety", fields | few, None, ADMINISTRATOR)
    assert (await service.entry(old.id, ADMINISTRATOR, NO_LOOK)).id == old.id, "a draft changes nothing"
    await editor.publish("fire-safety", 1, ADMINISTRATOR)
    for role in (Role.ADMINISTRATOR, Role.COMMANDER, Role.DISPATCHER):
        nobody = a_caller(role, NORTH)
        with pytest.raises(NotFound):
            await service.entry(old.id, nobody, NO_LOOK)
        with pytest.raises(Forbidden):
            await service.of_form("fire-safety", nobody, NO_LOOK, after=0, limit=10)
        assert await service.of_record(Element.PLACES, "P-n", nobody, NO_LOOK, after=0, limit=10) == []
        with pytest.raises(Forbidden, match="filled in by officer"):
            await fill(service, nobody)
    supervisor = a_caller(Role.SUPERVISOR, NORTH)
    assert [one.id for one in await service.of_form("fire-safety", supervisor, NO_LOOK, after=0, limit=10)] == [old.id]
    for attempt in (service.change(old.id, 1, CHECK, supervisor), service.end(old.id, 1, "r", supervisor)):
        with pytest.raises(Forbidden):
            await attempt
    assert (await service.change(old.id, 1, CHECK, a_caller(Role.OFFICER, NORTH))).version == 2
