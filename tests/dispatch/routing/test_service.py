"""Engines on real sockets: those that answer, that hang, that fail, and that are not there."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from dispatch.routing.service import PAUSE_S, Router
from dispatch.streets.model import Profile
from gridwarden.compose.fetching import Fetcher
from tests.clock import Clock
from tests.dispatch.routing.engines import EngineServer, engine_server

PLACES = [(26.0, 119.31), (26.2, 119.32), (26.0, 119.305)]
TO = (26.0, 119.3)
TIMEOUT_S = 0.3


@pytest.fixture
async def server() -> AsyncIterator[EngineServer]:
    async with engine_server() as running:
        yield running


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    it = Fetcher(TIMEOUT_S)
    async with it.opened():
        yield it


@pytest.mark.parametrize(
    ("kind", "profile", "word"),
    [("osrm", Profile.WALKING, "foot"), ("osrm", Profile.BICYCLE, "bike"), ("osrm", Profile.CAR, "car"),
     ("valhalla", Profile.WALKING, "pedestrian"), ("valhalla", Profile.BICYCLE, "bicycle"),
     ("valhalla", Profile.CAR, "auto")],
)  # fmt: skip
async def test_times_come_in_the_order_of_the_places(
    server: EngineServer, fetcher: Fetcher, clock: Clock, kind: str, profile: Profile, word: str
) -> None:
    server.closed_north_of = 26.1
    routed = await Router([server.engine(kind)], fetcher.fetch, clock).seconds_to(PLACES, to=TO, profile=profile)
    assert routed.seconds is not None
    assert (routed.engine, routed.problem) == (kind, None)
    assert routed.seconds[1] is None
    assert [one for one in routed.seconds if one is not None] == pytest.approx([1000.0, 500.0], abs=0.2)
    assert server.asked == [(word, 3)]


@pytest.mark.parametrize(("mode", "reason"), [("hang", "nothing came within 0.3 s"), ("500", "answered 500")])
@pytest.mark.parametrize("kind", ["osrm", "valhalla"])
async def test_one_that_is_away_is_left_alone_for_a_while(
    server: EngineServer, fetcher: Fetcher, clock: Clock, kind: str, mode: str, reason: str
) -> None:
    router = Router([server.engine(kind)], fetcher.fetch, clock)
    server.mode = mode
    for problem in (reason, "did not answer lately"):
        routed = await router.seconds_to(PLACES, to=TO, profile=Profile.CAR)
        assert routed.seconds is None
        assert problem in str(routed.problem)
    assert len(server.asked) == 1
    server.mode, clock.now_s = "well", PAUSE_S
    assert (await router.seconds_to(PLACES, to=TO, profile=Profile.CAR)).seconds is not None
    assert router.outcomes == {"failed": 1, "left_alone": 1, "answered": 1}


async def test_one_that_knows_no_street_there_is_asked_again_for_the_next(
    server: EngineServer, fetcher: Fetcher, clock: Clock
) -> None:
    router = Router([server.engine("osrm")], fetcher.fetch, clock)
    server.mode = "400"
    assert (await router.seconds_to(PLACES, to=TO, profile=Profile.CAR)).problem == "osrm answered 400"
    server.mode = "well"
    assert (await router.seconds_to(PLACES, to=TO, profile=Profile.CAR)).seconds is not None


async def test_one_that_is_not_there_is_no_error(server: EngineServer, fetcher: Fetcher, clock: Clock) -> None:
    async with engine_server() as gone:
        engine = gone.engine("osrm")
    routed = await Router([engine], fetcher.fetch, clock).seconds_to(PLACES, to=TO, profile=Profile.CAR)
    assert routed.seconds is None
    assert str(routed.problem).startswith("osrm did not answer")


async def test_each_engine_is_asked_for_its_profile(server: EngineServer, fetcher: Fetcher, clock: Clock) -> None:
    engines = [server.engine("osrm", "car"), server.engine("valhalla", "walking")]
    router = Router(engines, fetcher.fetch, clock)
    assert (await router.seconds_to(PLACES, to=TO, profile=Profile.WALKING)).engine == "valhalla"
    assert (await router.seconds_to(PLACES, to=TO, profile=Profile.CAR)).engine == "osrm"
    assert [router.serves(profile) for profile in Profile] == [True, False, True]
