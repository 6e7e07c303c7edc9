from __future__ import annotations

from datetime import timedelta

from dispatch.escalation.service import EscalationService
from dispatch.incidents.model import Action
from insight.appraisal.facts import Facts, Outcome, Subject
from insight.appraisal.facts_store import FactsStore
from insight.appraisal.periods import period_at
from tests.dispatch.world import World

ANNA = Subject("member", "anna")
GRID = Subject("grid", "one")


async def facts_of(world: World, *, months: int = 0) -> Facts:
    """Of the period of now, or of one that many months before."""
    period = period_at((), world.now - timedelta(days=30 * months))
    async with world.pool.connection() as connection:
        return await FactsStore(connection).facts(period, world.now, {})


def of(facts: Facts, subject: Subject) -> list[Outcome]:
    return [one for one in facts.outcomes if one.subject == subject]


async def closed(world: World, member: str = "anna") -> str:
    """An incident that the member handled and that is closed, five minutes later."""
    told = await world.fed_back(member)
    world.later(minutes=5)
    await world.assignments.verify(told["id"], world["dora"], None, True, "good")
    return str((await world.incidents.close(told["id"], world["dora"], None, "done"))["id"])


async def test_an_incident_closed_in_time_is_on_time_for_who_handled_it_and_every_level_above(world: World) -> None:
    incident = await closed(world)
    world.later(seconds=1)
    facts = await facts_of(world)
    subjects = {ANNA, GRID, Subject("street", "main")}
    assert {one.subject for one in facts.outcomes} == subjects
    assert all(one.on_time and one.closed and one.incident == incident for one in facts.outcomes)


async def test_an_incident_whose_clocks_run_counts_nowhere_yet(world: World) -> None:
    await world.handling("anna")
    world.later(minutes=10)
    assert not (await facts_of(world)).outcomes


async def test_a_limit_that_ran_out_is_late_even_when_it_was_closed_afterwards(world: World) -> None:
    told = await world.handling("anna")
    world.later(minutes=30)  # 20 to arrive
    facts = await facts_of(world)
    assert [(one.on_time, one.closed) for one in of(facts, GRID)] == [(False, False)]
    assert [(one.on_time, one.closed) for one in of(facts, ANNA)] == [(False, False)]
    await world.assignments.feedback(told["id"], world["anna"], None, "put a new one in")
    await world.assignments.verify(told["id"], world["dora"], None, True, "good")
    await world.incidents.close(told["id"], world["dora"], None, "done")
    world.later(seconds=1)
    assert [(one.on_time, one.closed) for one in of(await facts_of(world), GRID)] == [(False, True)]


async def test_a_limit_that_ran_out_before_he_was_sent_is_none_of_his(world: World) -> None:
    told = await world.report()
    world.later(minutes=10)  # 5 to accept
    await world.send(told["id"], "anna")
    told = await world.incidents.find(told["id"], world["dora"])
    await world.step(told["assignments"][0]["id"], "anna", Action.ACKNOWLEDGE)
    await world.assignments.feedback(told["id"], world["anna"], None, "done")
    await world.assignments.verify(told["id"], world["dora"], None, True, "good")
    await world.incidents.close(told["id"], world["dora"], None, "done")
    world.later(seconds=1)
    facts = await facts_of(world)
    assert [one.on_time for one in of(facts, GRID)] == [False]
    assert [one.on_time for one in of(facts, ANNA)] == [True]


async def test_an_approved_deferral_takes_it_out_of_the_rates(world: World) -> None:
    told = await world.handling("anna")
    until = world.now + timedelta(hours=5)
    await world.incidents.ask(told["id"], world["dora"], None, Action.DEFER, "parts are ordered", until)
    await world.incidents.answer(told["id"], world["sue"], None, True, None)
    world.later(hours=6)
    facts = await facts_of(world)
    assert [(one.deferred, one.on_time) for one in of(facts, GRID)] == [(True, False)]


async def test_what_was_rejected_is_due_for_nobody(world: World) -> None:
    told = await world.report()
    world.later(hours=1)
    await world.incidents.reject(told["id"], world["dora"], None, "another city's")
    world.later(seconds=1)
    assert not (await facts_of(world)).outcomes


async def test_a_verification_that_fails_is_charged_to_who_handled_it_and_counted_of_the_incident(world: World) -> None:
    told = await world.fed_back("anna")
    await world.assignments.verify(told["id"], world["dora"], None, False, "it still gapes")
    world.later(minutes=1)
    await world.assignments.feedback(told["id"], world["anna"], None, "again")
    await world.assignments.verify(told["id"], world["dora"], None, False, "it still gapes")
    world.later(minutes=1)
    found = [one for one in (await facts_of(world)).failures if one.subject == ANNA]
    assert [(one.incident, one.nth, one.falsified) for one in found] == [(told["id"], 1, False), (told["id"], 2, False)]


async def test_an_incident_counts_in_the_period_in_which_it_was_settled_alone(world: World) -> None:
    await closed(world)
    world.later(days=30)
    assert not (await facts_of(world)).outcomes
    assert of(await facts_of(world, months=1), GRID)


async def test_facts_of_a_period_that_is_over_do_not_change_with_what_comes_later(world: World) -> None:
    incident = await closed(world)
    world.later(days=30)
    before = (await facts_of(world, months=1)).plain()
    await world.incidents.reopen(incident, world["dora"], None, "it came loose")
    await closed(world, "bo")
    world.later(seconds=1)
    assert (await facts_of(world, months=1)).plain() == before


async def test_a_department_that_does_not_answer_is_on_record(world: World) -> None:
    told = await world.accepted()
    await world.send(told["id"], departments=["fire"])
    world.later(hours=30)
    facts = await facts_of(world)
    (answer,) = facts.answers
    assert (answer.subject, answer.waited_s) == (Subject("department", "fire"), 30 * 3600)
    assert [one.on_time for one in of(facts, Subject("department", "fire"))] == [False]


async def test_escalation_takes_nothing_away_of_what_ran_out(world: World) -> None:
    await world.handling("anna")
    world.later(minutes=30)
    service = EscalationService(
        world.pool, world.assignments, lambda: world.now, next_candidate=_nobody, distance=lambda *_: None,
        automatic=0,
    )  # fmt: skip
    await service.round()
    world.later(minutes=1)
    assert [one.on_time for one in of(await facts_of(world), GRID)] == [False]


async def _nobody(_: object) -> None:
    return None
