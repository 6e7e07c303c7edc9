"""The best way that is known: an engine's, our own streets', or a straight line that says so."""

from __future__ import annotations

import numpy as np
import pytest

from dispatch.routing.service import Router
from dispatch.streets.model import WALKING_SPEED, Profile, StreetNetwork, Streets
from dispatch.ways.service import WayService
from gridwarden.compose.fetching import Fetcher
from tests.clock import Clock
from tests.dispatch.routing.engines import engine_server

START, TO = (26.0, 119.30), (26.001, 119.302)
CORNER = (26.001, 119.30)


def streets_round_the_corner() -> Streets:
    latitude, longitude = np.array([START, CORNER, TO]).T
    speed = np.full(2, WALKING_SPEED, np.float32)
    return Streets(
        StreetNetwork(
            latitude=latitude, longitude=longitude, start=np.array([0, 1], np.int32), end=np.array([1, 2], np.int32),
            metres=np.array([111.2, 199.9], np.float32), foot=speed, bicycle=speed, car=0 * speed, car_back=0 * speed,
        )
    )  # fmt: skip


async def test_the_way_goes_along_the_streets() -> None:
    streets = streets_round_the_corner()
    found = await WayService(lambda: streets, None).way(START, TO, Profile.WALKING)
    assert (found.basis, found.why) == ("streets", None)
    assert found.metres == pytest.approx(311, abs=1)
    assert found.way.seconds == pytest.approx(311 / WALKING_SPEED, rel=0.01)
    assert CORNER in found.way.places


async def test_without_streets_it_is_a_straight_line_and_says_why() -> None:
    none = await WayService(lambda: None, None).way(START, TO, Profile.WALKING)
    assert (none.basis, none.why, none.way.places) == ("line", "no street network is loaded", [START, TO])
    streets = streets_round_the_corner()
    by_car = await WayService(lambda: streets, None).way(START, TO, Profile.CAR)
    assert (by_car.basis, by_car.why) == ("line", "no way along known streets")


@pytest.mark.parametrize("kind", ["osrm", "valhalla"])
async def test_an_engine_s_way_comes_first_and_ours_where_it_has_none(kind: str) -> None:
    streets, fetcher = streets_round_the_corner(), Fetcher(2.0)
    async with engine_server() as server, fetcher.opened():
        service = WayService(lambda: streets, Router([server.engine(kind)], fetcher.fetch, Clock()))
        found = await service.way(START, TO, Profile.WALKING)
        assert (found.basis, found.why) == (kind, None)
        assert found.way.seconds == pytest.approx(200.0)
        assert np.allclose(found.way.places, [START, (TO[0], START[1]), TO], atol=1e-6)
        server.closed_north_of = 25.0
        assert (await service.way(START, TO, Profile.WALKING)).basis == "streets"
        server.mode = "500"
        assert (await service.way(START, TO, Profile.WALKING)).basis == "streets"
