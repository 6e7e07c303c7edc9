"""A citizen files and follows by a code; the desk answers, sends on and makes incidents; nothing is told to others."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from psycopg.errors import InsufficientPrivilege

from gridwarden.compose.subsites import Reporting
from registry.api.problems import BadRequest, Conflict, NotFound
from registry.organisations.queries import organisation_at
from registry.privacy.queries import Vault
from registry.privacy.service import Sealer
from subsites.record.contact import Contacts
from subsites.record.model import Told
from subsites.requests.model import MOST_MESSAGES
from subsites.requests.service import RequestService
from tests.dispatch.world import KIND, World
from tests.subsites.callers import call_of, caller

GOOD = {"score": 5, "tags": ["speed"], "comment": "quick"}
UUID = "0e3bd6d0-6f7a-4c5f-9e39-5f2f9f0b7a55"


@pytest.fixture
def requests(world: World) -> RequestService:
    contacts = Contacts(Vault(world.pool, Sealer({1: bytes(32)})), "requests")
    return RequestService(world.pool, contacts, organisation_at, Reporting(world.incidents), lambda: world.now)


def sent(**fields: Any) -> dict[str, Any]:
    return {
        "kind": "report", "subject": "A lamp is out", "body": "In front of number 5.", "organisation": None,
        "latitude": 26.005, "longitude": 119.305, "address": None, "name": "王小明", "telephone": "138 0013 8000",
        "language": "zh",
    } | fields  # fmt: skip


async def filed(requests: RequestService, **fields: Any) -> tuple[Told, str]:
    return await requests.file(sent(**fields), b"", None)


async def test_it_goes_to_the_lowest_organisation_that_holds_the_place(requests: RequestService) -> None:
    row, _ = await filed(requests)
    assert (row["organisation"], row["state"]) == ("one", "received")


async def test_it_goes_to_the_chosen_organisation(requests: RequestService) -> None:
    row, _ = await filed(requests, organisation="main", latitude=None, longitude=None)
    assert row["organisation"] == "main"


@pytest.mark.parametrize("organisation", ["fire", "one", "nowhere"])
async def test_departments_and_grids_are_none_of_the_publics(requests: RequestService, organisation: str) -> None:
    with pytest.raises(NotFound):
        await filed(requests, organisation=organisation)


async def test_outside_of_the_city_an_organisation_must_be_chosen(requests: RequestService) -> None:
    with pytest.raises(BadRequest, match="outside of the city"):
        await filed(requests, latitude=10.0, longitude=10.0)


async def test_the_same_call_at_the_same_time_makes_one(requests: RequestService) -> None:
    made = await asyncio.gather(*(requests.file(sent(), b"x", UUID) for _ in range(4)))
    assert len({(row["id"], code) for row, code in made}) == 1


async def test_neither_code_nor_contact_lies_in_the_database_as_text(world: World, requests: RequestService) -> None:
    row, code = await filed(requests)
    async with world.pool.connection() as connection:
        cursor = await connection.execute(
            "SELECT r::text, (SELECT string_agg(l::text, '') FROM subsite_log l) FROM requests r"
        )
        stored = str(await cursor.fetchone())
    assert row["id"] in stored
    for secret in (code, code.replace("-", ""), "13800138000", "王小明", b"13800138000".hex()):
        assert secret not in stored


async def test_staff_see_the_contact_masked_and_in_full_on_record(world: World, requests: RequestService) -> None:
    row, _ = await filed(requests)
    dora = caller(world, "dora")
    seen, _, _ = await requests.find(row["id"], dora)
    assert (seen["name"], seen["telephone"]) == ("王**", "138****8000")
    full = await requests.reveal(row["id"], call_of(dora), "to call back")
    assert full == {"name": "王小明", "telephone": "13800138000"}
    async with world.pool.connection() as connection:
        cursor = await connection.execute("SELECT name, action, element, record, purpose FROM access_log")
        assert await cursor.fetchall() == [("dora", "reveal", "requests", row["id"], "to call back")]


async def test_the_way_from_filing_to_rating(world: World, requests: RequestService) -> None:
    row, code = await filed(requests)
    dora = caller(world, "dora")
    await requests.take(row["id"], dora, 1)
    await requests.message(row["id"], dora, "Which side of the street?", None)
    await requests.write(code, "The north one.")
    told, messages = await requests.look(code)
    assert told["unread"]
    assert [one["by_citizen"] for one in messages] == [False, True]
    with pytest.raises(Conflict, match="when it has ended"):
        await requests.rate(code, GOOD)
    await requests.answer(row["id"], dora, None, "A new lamp is in.")
    await requests.rate(code, GOOD)
    with pytest.raises(Conflict, match="rated already"):
        await requests.rate(code, GOOD)
    await requests.follow_up(row["id"], dora, None, "She is content.")
    found, said, log = await requests.find(row["id"], dora)
    assert (found["state"], found["score"], found["answer"]) == ("answered", 5, "A new lamp is in.")
    assert said[-1]["body"] == "A new lamp is in."
    assert [one["action"] for one in log] == ["add", "take", "message", "message", "answer", "rate", "follow-up"]


async def test_a_message_to_what_ended_takes_it_up_again(world: World, requests: RequestService) -> None:
    row, code = await filed(requests)
    await requests.answer(row["id"], caller(world, "dora"), None, "Done.")
    await requests.write(code, "It is out again.")
    told, _ = await requests.look(code)
    assert (told["state"], told["ended_at"], told["unread"]) == ("received", None, True)


async def test_it_becomes_an_incident_whose_state_the_citizen_follows(world: World, requests: RequestService) -> None:
    row, code = await filed(requests)
    report = {"kind": KIND, "latitude": None, "longitude": None}
    forwarded = await requests.forward(row["id"], caller(world, "dora"), 1, report)
    incident = await world.incidents.find(forwarded["incident"], world["dora"])
    assert (incident["source"], incident["contact"]) == ("citizen", None)
    await world.incidents.accept(incident["id"], world["dora"], None)
    told, _ = await requests.look(code)
    assert (told["state"], told["incident_state"]) == ("forwarded", "accepted")
    with pytest.raises(Conflict, match="withdraw"):
        await requests.withdraw(code)


async def test_a_kind_that_is_none_leaves_it_as_it_was(world: World, requests: RequestService) -> None:
    row, code = await filed(requests)
    with pytest.raises(BadRequest, match="no kind"):
        await requests.forward(
            row["id"], caller(world, "dora"), None, {"kind": "X", "latitude": None, "longitude": None}
        )
    assert (await requests.look(code))[0]["state"] == "received"


async def test_who_saw_an_older_version_is_told(world: World, requests: RequestService) -> None:
    row, _ = await filed(requests)
    await requests.take(row["id"], caller(world, "dora"), 1)
    with pytest.raises(Conflict, match="you saw 1"):
        await requests.answer(row["id"], caller(world, "dirk"), 1, "Done.")


async def test_another_district_sees_and_touches_nothing(world: World, requests: RequestService) -> None:
    row, _ = await filed(requests)
    wes = caller(world, "wes")
    filters = {"state": None, "kind": None, "organisation": "east", "open": False, "q": None, "to_follow_up": False}
    assert await requests.page(wes, before=0, limit=10, filters=filters) == []
    assert len(await requests.page(caller(world, "dora"), before=0, limit=10, filters=filters)) == 1
    for deed in (
        requests.find(row["id"], wes), requests.take(row["id"], wes, None),
        requests.reveal(row["id"], call_of(wes), "p"), requests.send_on(row["id"], wes, None, "west", "n"),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            await deed
    with pytest.raises(NotFound, match="organisation"):
        await requests.send_on(row["id"], caller(world, "dora"), None, "west", "not ours to give")


async def test_who_writes_without_end_is_told_to_wait(requests: RequestService) -> None:
    _, code = await filed(requests)
    for number in range(MOST_MESSAGES):
        await requests.write(code, f"{number}")
    with pytest.raises(Conflict, match="wait for an answer"):
        await requests.write(code, "once more")


async def test_what_was_withdrawn_stays_so(world: World, requests: RequestService) -> None:
    row, code = await filed(requests)
    await requests.withdraw(code)
    with pytest.raises(Conflict, match="withdrawn cannot be: take"):
        await requests.take(row["id"], caller(world, "dora"), None)
    with pytest.raises(Conflict, match="was withdrawn"):
        await requests.write(code, "Hello?")


async def test_what_stands_on_record_stays(world: World, requests: RequestService) -> None:
    await filed(requests)
    async with world.pool.connection() as connection:
        with pytest.raises(InsufficientPrivilege):
            await connection.execute("DELETE FROM subsite_log")
        await connection.rollback()


async def test_who_did_not_rate_says_it_on_the_telephone_once(world: World, requests: RequestService) -> None:
    row, _ = await filed(requests)
    dora = caller(world, "dora")
    waiting = {"state": None, "kind": None, "organisation": None, "open": False, "q": None, "to_follow_up": True}
    assert await requests.page(dora, before=0, limit=10, filters=waiting) == []
    await requests.answer(row["id"], dora, None, "Done.")
    assert len(await requests.page(dora, before=0, limit=10, filters=waiting)) == 1
    told = await requests.follow_up(row["id"], dora, None, "She is content", 4)
    assert (told["score"], told["followed_up_at"]) == (4, world.now)
    assert await requests.page(dora, before=0, limit=10, filters=waiting) == []
    with pytest.raises(Conflict, match="rated already"):
        await requests.follow_up(row["id"], dora, None, "Asked again", 5)
