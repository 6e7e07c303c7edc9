"""Members who are sent walk there over the streets, and stay until released."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest

from simulators.city.city import City
from simulators.city.routes import Router
from simulators.day.legs import FleetLegs
from simulators.fleet.fleet import Fleet
from simulators.fleet.scenario import Scenario


@pytest.fixture(scope="module")
def city() -> City:
    return City.load(1)


def test_a_route_leads_from_the_end_of_a_way_to_the_junction_piece_by_piece(city: City) -> None:
    streets, router = city.streets, Router(city.streets)
    destination = router.junction(float(streets.latitude[100]), float(streets.longitude[100]))
    assert destination == 100
    ways = router.ways(5_000, destination)
    at = int(streets.end[5_000])
    for way in ways:
        assert streets.start[way] == at
        at = int(streets.end[way])
    assert at == destination
    assert router.ways(int(np.flatnonzero(streets.end == 100)[0]), 100) == []


async def test_who_is_sent_arrives_and_stays_until_released(city: City) -> None:
    fleet = Fleet(city, [0, 1], Scenario(pace=50.0, no_fix=0, link_losses=0), rate=1.0, seed=1, start_ms=0)
    legs = FleetLegs(fleet, Router(city.streets), {"anna": 0, "bo": 1})
    way = int(fleet.walk.way[1])
    latitude, longitude = city.streets.place(np.array([way], np.int32), np.array([0.0]))
    going = asyncio.create_task(legs.go("anna", float(latitude[0]), float(longitude[0])))
    for _ in range(20_000):
        if going.done():
            break
        fleet.turn()
        legs.turned()
        await asyncio.sleep(0)
    await going
    before = fleet.walk.places(np.array([0]))
    for _ in range(10):
        fleet.turn()
    assert fleet.walk.places(np.array([0])) == before
    assert float(before[0][0]) == pytest.approx(float(latitude[0]), abs=2e-3)
    legs.release("anna")
    for _ in range(50):
        fleet.turn()
    assert fleet.walk.places(np.array([0])) != before
