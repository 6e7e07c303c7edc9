"""Commands on incidents over a real database: who may do what, what is told, what is on record."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import psycopg
import pytest

from dispatch.incidents.model import Action, replayed
from dispatch.incidents.store import IncidentStore
from registry.api.problems import BadRequest, Conflict, Forbidden, NotFound
from tests.dispatch.world import NOON, World


async def test_a_report_belongs_to_the_lowest_organisation_that_holds_the_place(world: World) -> None:
    told = await world.report()
    assert (told["state"], told["organisation"], told["place_organisation"]) == ("reported", "one", "one")
    assert (told["kind"], told["priority"], told["clock"]) == ("T0101", 3, "accept")
    assert told["due_at"] == NOON + timedelta(seconds=300)
    assert (await world.report(latitude=26.025, longitude=119.325))["organisation"] == "main", "between the grids"
    assert (await world.report(latitude=27.0))["organisation"] == "east", "outside of all: the caller's own"


async def test_an_unknown_kind_is_told(world: World) -> None:
    with pytest.raises(BadRequest, match="no kind"):
        await world.report(kind="X")


async def test_the_same_key_makes_one_incident_however_often_it_is_sent(world: World) -> None:
    report = {"kind": "T0101", "description": "d", "source": "patrol", "latitude": 26.005, "longitude": 119.305}
    made = await asyncio.gather(
        *[world.incidents.report(report, world["dora"], idempotency_key="k-1") for _ in range(8)]
    )
    assert len({told["id"] for told in made}) == 1
    other = await world.incidents.report(report, world["dirk"], idempotency_key="k-1")
    assert other["id"] != made[0]["id"], "keys are each caller's own"


async def test_of_two_who_act_at_once_the_second_is_told_what_changed(world: World) -> None:
    told = await world.report()
    answers = await asyncio.gather(
        world.incidents.accept(told["id"], world["dora"], told["version"]),
        world.incidents.reject(told["id"], world["dirk"], told["version"], "nothing there"),
        return_exceptions=True,
    )
    conflict = next(one for one in answers if isinstance(one, Conflict))
    assert len([one for one in answers if isinstance(one, dict)]) == 1
    assert conflict.errors[0]["action"] in ("accept", "reject")
    assert conflict.errors[0]["actor"] in ("dora", "dirk")
    assert len(await world.log(told["id"])) == 2


async def test_a_move_that_is_not_legal_is_a_conflict_that_says_what_is(world: World) -> None:
    told = await world.report()
    with pytest.raises(Conflict, match="accept, attach, escalate"):
        await world.incidents.close(told["id"], world["dora"], None, "done")


async def test_nobody_sees_or_touches_another_districts(world: World) -> None:
    told = await world.accepted()
    with pytest.raises(NotFound):
        await world.incidents.find(told["id"], world["wes"])
    with pytest.raises(NotFound):
        await world.incidents.reject(told["id"], world["wes"], None, "mine")
    filters = {"states": None, "kind": None, "organisation": "one", "priority": None, "since": None, "open": False}
    assert await world.incidents.page(world["wes"], before=0, limit=10, filters=filters) == []
    assert len(await world.incidents.page(world["dora"], before=0, limit=10, filters=filters)) == 1


async def test_a_member_sees_what_he_reported_or_is_sent_to_and_nothing_else(world: World) -> None:
    reported = await world.report(by="anna")
    sent = await world.dispatched("bo")
    await world.incidents.find(reported["id"], world["anna"])
    await world.incidents.find(sent["id"], world["bo"])
    for name, incident in (("bo", reported["id"]), ("anna", sent["id"])):
        with pytest.raises(NotFound):
            await world.incidents.find(incident, world[name])


async def test_duplicates_are_of_the_same_kind_near_and_recent(world: World) -> None:
    first = await world.report()
    near = await world.report(latitude=26.0055)
    await world.report(latitude=26.009)
    world.later(hours=25)
    assert [one["id"] for one in await world.incidents.duplicates(near["id"], world["dora"])] == [first["id"]]
    late = await world.report()
    assert await world.incidents.duplicates(late["id"], world["dora"]) == []


async def test_merging_keeps_the_other_and_says_so_on_both(world: World) -> None:
    first, second = await world.report(), await world.report()
    merged = await world.incidents.merge(second["id"], world["dora"], None, first["id"])
    assert (merged["state"], merged["duplicate_of"]) == ("merged", first["id"])
    assert await world.log(first["id"]) == ["report", "note"]
    with pytest.raises(BadRequest):
        await world.incidents.merge(first["id"], world["dora"], None, second["id"])
    reopened = await world.incidents.reopen(second["id"], world["dora"], None, "two covers")
    assert (reopened["state"], reopened["duplicate_of"]) == ("reported", None)


async def test_two_merges_into_each_other_end(world: World) -> None:
    first, second = await world.report(), await world.report()
    answers = await asyncio.gather(
        world.incidents.merge(first["id"], world["dora"], None, second["id"]),
        world.incidents.merge(second["id"], world["dirk"], None, first["id"]),
        return_exceptions=True,
    )
    assert [type(one) for one in answers if isinstance(one, Exception)] == [BadRequest]


async def test_who_asks_for_a_suspension_does_not_approve_it(world: World) -> None:
    told = await world.dispatched("anna")
    asked = await world.incidents.ask(told["id"], world["dora"], None, Action.SUSPEND, "parts are missing")
    assert asked["request"]["by"] == "dora"
    with pytest.raises(Conflict, match="already"):
        await world.incidents.ask(told["id"], world["dirk"], None, Action.SUSPEND, "me too")
    with pytest.raises(Forbidden):
        await world.incidents.answer(told["id"], world["dora"], None, True, "yes")
    world.later(seconds=200)
    suspended = await world.incidents.answer(told["id"], world["sue"], None, True, "yes")
    assert (suspended["state"], suspended["due_at"], suspended["request"]) == ("suspended", None, None)
    assert [one["state"] for one in suspended["assignments"]] == ["cleared"]
    world.later(days=3)
    resumed = await world.incidents.resume(told["id"], world["dora"], None)
    assert (resumed["state"], resumed["due_at"]) == ("accepted", world.now + timedelta(seconds=1000))


async def test_a_deferral_moves_the_limit_once_approved(world: World) -> None:
    told = await world.accepted()
    until = NOON + timedelta(days=1)
    await world.incidents.ask(told["id"], world["dora"], None, Action.DEFER, "the rain", until)
    deferred = await world.incidents.answer(told["id"], world["sue"], None, True, "yes")
    assert (deferred["state"], deferred["due_at"], deferred["request"]) == ("accepted", until, None)
    await world.incidents.ask(told["id"], world["dora"], None, Action.DEFER, "more rain", until + timedelta(days=1))
    refused = await world.incidents.answer(told["id"], world["sue"], None, False, "no")
    assert (refused["due_at"], refused["request"]) == (until, None)


async def test_a_person_escalates_up_to_the_district_and_no_further(world: World) -> None:
    told = await world.report()
    for above in ("main", "east"):
        told = await world.incidents.escalate(told["id"], world["dora"], None, "needs a crane")
        assert told["organisation"] == above
    with pytest.raises(Conflict, match="highest"):
        await world.incidents.escalate(told["id"], world["dora"], None, "needs the president")
    assert (told["place_organisation"], told["escalations"], told["marks"]) == ("one", 2, 0)


async def test_the_log_replays_to_the_row(world: World) -> None:
    told = await world.fed_back()
    await world.assignments.verify(told["id"], world["sue"], None, False, "it wobbles")
    await world.incidents.note(told["id"], world["dora"], "called twice", (26.0, 119.3))
    async with world.pool.connection() as connection:
        entries = await IncidentStore(connection).entries(told["key"])
        cursor = await connection.execute(
            "SELECT to_jsonb(i) - 'changed' FROM incidents i WHERE key = %s", (told["key"],)
        )
        row = await cursor.fetchone()
    assert row is not None
    again = replayed([dict(entry["after"]) for entry in entries])
    assert {name: again[name] for name in ("state", "version", "clock", "sent_back", "marks", "handled_by")} == {
        name: row[0][name] for name in ("state", "version", "clock", "sent_back", "marks", "handled_by")
    }
    assert [entry["version"] for entry in entries] == list(range(1, len(entries) + 1))
    assert (entries[-1]["latitude"], entries[-1]["note"]) == (26.0, "called twice")


@pytest.mark.parametrize(
    "statement", ["UPDATE incident_log SET note = 'x'", "DELETE FROM incident_log", "TRUNCATE incident_log"]
)
async def test_the_log_is_never_changed(world: World, statement: str) -> None:
    await world.report()
    async with world.pool.connection() as connection:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            await connection.execute(statement.encode())
        await connection.rollback()


async def test_what_happened_is_told_once_a_command_with_everything_as_it_is(world: World) -> None:
    told = await world.dispatched("anna")
    async with world.pool.connection() as connection:
        cursor = await connection.execute("SELECT topic, organisations, members, body FROM outbox ORDER BY key")
        rows = await cursor.fetchall()
    assert [row[3]["state"] for row in rows] == ["reported", "accepted", "dispatched"]
    topic, organisations, members, body = rows[-1]
    assert (topic, body["id"], body["version"]) == ("incident", told["id"], told["version"])
    assert len(organisations) == 1
    assert len(members) == 1
    assert "contact" not in body or body["contact"] is None
