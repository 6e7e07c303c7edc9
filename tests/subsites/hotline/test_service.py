"""A call becomes an answer, a request or an incident, once; its number is known again and never told to others."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from gridwarden.compose.subsites import Reporting
from registry.api.problems import BadRequest, Conflict, NotFound
from registry.organisations.queries import organisation_at
from registry.privacy.queries import Vault
from registry.privacy.service import Sealer
from subsites.hotline.service import HotlineService
from subsites.record.contact import Contacts
from subsites.record.model import Told
from subsites.requests.service import RequestService
from tests.dispatch.world import KIND, World
from tests.subsites.callers import call_of, caller

UUID = "0e3bd6d0-6f7a-4c5f-9e39-5f2f9f0b7a55"
REPORT = {"kind": KIND, "latitude": None, "longitude": None}


@pytest.fixture
def vault(world: World) -> Vault:
    return Vault(world.pool, Sealer({1: bytes(32)}))


@pytest.fixture
def requests(world: World, vault: Vault) -> RequestService:
    contacts = Contacts(vault, "requests")
    return RequestService(world.pool, contacts, organisation_at, Reporting(world.incidents), lambda: world.now)


@pytest.fixture
def hotline(world: World, vault: Vault, requests: RequestService) -> HotlineService:
    reporting = Reporting(world.incidents)
    return HotlineService(world.pool, vault, requests, organisation_at, reporting, lambda: world.now)


async def taken(world: World, hotline: HotlineService, by: str = "dora", **fields: Any) -> Told:
    said = {
        "kind": "report", "subject": "A lamp is out", "body": "In front of number 5", "organisation": None,
        "latitude": 26.005, "longitude": 119.305, "address": None, "call_back": True, "name": "王小明",
        "telephone": "138 0013 8000",
    } | fields  # fmt: skip
    return await hotline.take(caller(world, by), said, None)


async def test_it_goes_to_whose_territory_holds_the_place(world: World, hotline: HotlineService) -> None:
    assert (await taken(world, hotline))["organisation"] == "one"


async def test_a_place_elsewhere_stays_with_who_took_the_call(world: World, hotline: HotlineService) -> None:
    assert (await taken(world, hotline, by="wes"))["organisation"] == "west"
    assert (await taken(world, hotline, latitude=None, longitude=None))["organisation"] == "east"


async def test_the_number_lies_sealed_and_is_told_masked(world: World, hotline: HotlineService) -> None:
    made = await taken(world, hotline)
    assert (made["name"], made["telephone"]) == ("王**", "138****8000")
    async with world.pool.connection() as connection:
        cursor = await connection.execute(
            "SELECT c::text, (SELECT string_agg(l::text, '') FROM subsite_log l) FROM calls c"
        )
        stored = str(await cursor.fetchone())
    for secret in ("13800138000", "王小明", b"13800138000".hex()):
        assert secret not in stored


async def test_who_calls_again_is_known_by_calls_and_requests(
    world: World, hotline: HotlineService, requests: RequestService
) -> None:
    first = await taken(world, hotline)
    filed = {
        "kind": "question", "subject": "When?", "body": "The lamp", "organisation": "main", "latitude": None,
        "longitude": None, "address": None, "name": None, "telephone": "+86 13800138000", "language": "zh",
    }  # fmt: skip
    request, _ = await requests.file(filed, b"", None)
    again = await taken(world, hotline, subject="Still out")
    _, earlier, _ = await hotline.find(again["id"], caller(world, "dora"))
    assert {one["id"] for one in earlier} == {first["id"], request["id"]}
    looked = await hotline.lookup(call_of(caller(world, "dora")), "13800138000")
    assert {one["id"] for one in looked} == {first["id"], request["id"], again["id"]}
    assert await hotline.lookup(call_of(caller(world, "wes")), "13800138000") == []
    async with world.pool.connection() as connection:
        cursor = await connection.execute("SELECT name, action, element, rows FROM access_log ORDER BY key")
        assert await cursor.fetchall() == [("dora", "search", "calls", 3), ("wes", "search", "calls", 0)]


async def test_an_answer_ends_it_and_somebody_asks_how_it_was(world: World, hotline: HotlineService) -> None:
    made, dora = await taken(world, hotline), caller(world, "dora")
    with pytest.raises(Conflict, match="what became"):
        await hotline.called_back(made["id"], dora, None, "content", 5)
    await hotline.answer(made["id"], dora, made["version"], "It is repaired tonight")
    told = await hotline.called_back(made["id"], dora, None, "content", 5)
    assert (told["state"], told["score"], told["called_back_at"]) == ("done", 5, world.now)
    waiting = {"state": None, "kind": None, "organisation": None, "open": False, "q": None, "call_back": True}
    assert await hotline.page(dora, before=0, limit=10, filters=waiting) == []


async def test_it_becomes_an_incident_of_the_hotline(world: World, hotline: HotlineService) -> None:
    made = await taken(world, hotline)
    told = await hotline.to_incident(made["id"], caller(world, "dora"), made["version"], REPORT)
    incident = await world.incidents.find(told["incident"], world["dora"])
    assert (incident["source"], incident["organisation"], told["state"]) == ("hotline", "one", "done")


async def test_of_many_who_make_an_incident_of_it_one_does(world: World, hotline: HotlineService) -> None:
    made, dora = await taken(world, hotline), caller(world, "dora")
    done = await asyncio.gather(
        *(hotline.to_incident(made["id"], dora, None, REPORT) for _ in range(4)), return_exceptions=True
    )
    assert sum(isinstance(one, Conflict) for one in done) == 3


async def test_without_a_place_there_is_no_incident(world: World, hotline: HotlineService) -> None:
    made = await taken(world, hotline, latitude=None, longitude=None)
    with pytest.raises(BadRequest, match="say latitude"):
        await hotline.to_incident(made["id"], caller(world, "dora"), None, REPORT)


async def test_it_becomes_a_request_that_the_caller_follows_by_the_code(
    world: World, hotline: HotlineService, requests: RequestService
) -> None:
    made, dora = await taken(world, hotline), caller(world, "dora")
    told, code = await hotline.to_request(made["id"], dora, None, UUID)
    assert await hotline.to_request(made["id"], dora, None, UUID) == (told, code)
    row, _ = await requests.look(code)
    assert (row["id"], row["source"], row["subject"]) == (told["request"], "hotline", "A lamp is out")
    assert (await requests.find(row["id"], dora))[0]["telephone"] == "138****8000"
    with pytest.raises(Conflict, match="already"):
        await hotline.to_request(made["id"], dora, None, None)


async def test_another_district_sees_and_touches_nothing(world: World, hotline: HotlineService) -> None:
    made, wes = await taken(world, hotline), caller(world, "wes")
    for deed in (
        hotline.find(made["id"], wes), hotline.answer(made["id"], wes, None, "x"),
        hotline.to_incident(made["id"], wes, None, REPORT), hotline.to_request(made["id"], wes, None, None),
        hotline.reveal(made["id"], call_of(wes), "p"),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            await deed
    with pytest.raises(NotFound):
        await taken(world, hotline, by="wes", organisation="main")
