"""An incident out of what an inspection found."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from psycopg_pool import AsyncConnectionPool

from registry.api.problems import Conflict, NotFound
from registry.api.route import Caller, Role
from registry.inspections.follow_up import follow_up
from registry.inspections.model import Inspection, Result
from registry.inspections.service import InspectionService
from tests.gridwarden.web.house import a_caller
from tests.registry.forms.filled import NOW, run
from tests.registry.inspections.test_service import OK, clock, entries, places, plan, planner, seen, service
from tests.registry.two_districts import SOUTH

__all__ = ["clock", "entries", "places", "planner", "service"]

FAULTS = replace(OK, result=Result.FAULTS)


class Desk:
    """Takes reports: each a new incident."""

    def __init__(self, pool: AsyncConnectionPool) -> None:
        self._pool = pool
        self.reports: list[tuple[Mapping[str, Any], str]] = []

    async def __call__(self, _: Caller, fields: Mapping[str, Any], key: str) -> str:
        self.reports.append((fields, key))
        await run(
            self._pool,
            f"""INSERT INTO incidents (id, state, kind, organisation, place_organisation, latitude, longitude, source,
                                       description, priority, reported_at)
                SELECT 'I-{len(self.reports)}', 'reported', key, 2, 2, 26, 119, 'member', '', 1, now()
                FROM incident_kinds LIMIT 1""",
        )
        return f"I-{len(self.reports)}"


@pytest.fixture
def desk(city: AsyncConnectionPool) -> Desk:
    return Desk(city)


async def inspected(service: InspectionService, planner: Caller, **also: Any) -> Inspection:
    """The key place of the north, with what was found there."""
    await plan(service, planner, first_due_at=NOW)
    [due] = await seen(service, planner)
    return await service.do(due.id, replace(FAULTS, **also), planner, idempotency_key=None)


async def test_faults_become_an_incident_at_the_place(service: InspectionService, planner: Caller, desk: Desk) -> None:
    done = await inspected(service, planner)
    followed = await follow_up(service, desk, done.id, "C0101", None, planner)
    assert followed.incident == "I-1"
    [(fields, _)] = desk.reports
    assert (fields["kind"], fields["latitude"], fields["longitude"]) == ("C0101", done.latitude, done.longitude)
    assert done.place_name in fields["description"]
    assert done.id in fields["description"]
    assert [one.id for one in await seen(service, planner, incident="I-1")] == [done.id]
    assert await seen(service, planner, incident="I-2") == []


async def test_whoever_asks_and_however_often_it_is_one_incident(
    service: InspectionService, planner: Caller, desk: Desk
) -> None:
    done = await inspected(service, planner)
    other = replace(planner, user=planner.user + 1)
    asked = [follow_up(service, desk, done.id, "C0101", "a hole", one) for one in (planner, other, planner)]
    assert {one.incident for one in await asyncio.gather(*asked)} == {"I-1"}
    assert len(desk.reports) == 1


async def test_what_is_in_order_or_not_done_becomes_none(
    service: InspectionService, planner: Caller, desk: Desk
) -> None:
    done = await inspected(service, planner, result=Result.OK)
    with pytest.raises(Conflict, match="no faults"):
        await follow_up(service, desk, done.id, "C0101", None, planner)
    assert desk.reports == []


async def test_what_one_may_not_see_becomes_none(service: InspectionService, planner: Caller, desk: Desk) -> None:
    done = await inspected(service, planner)
    with pytest.raises(NotFound):
        await follow_up(service, desk, done.id, "C0101", None, a_caller(Role.COMMANDER, SOUTH))
    assert desk.reports == []
