"""Travel times backwards over the network, against plain searches forwards."""

from __future__ import annotations

import heapq
import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch.streets.model import WALKING_SPEED, Profile, StreetNetwork, Streets, line_seconds
from tracker.geo.geodesy import distance, distances

STEP = 0.001


@st.composite
def networks(draw: st.DrawFn) -> StreetNetwork:
    """Streets among 12 junctions near the equator that hang together, some for cars in one direction only."""
    count = 12
    place = st.tuples(st.integers(0, 9), st.integers(0, 9))
    places = draw(st.lists(place, min_size=count, max_size=count, unique=True))
    latitude, longitude = (np.array(places, float) * STEP).T
    piece = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)).filter(lambda pair: pair[0] != pair[1])
    chain = [(number, number + 1) for number in range(count - 1)]
    start, end = np.array(chain + draw(st.lists(piece, max_size=20)), np.int32).T

    def column(*, always: bool) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
        speeds = [draw(st.sampled_from([1.0, 5.0, 9.0] if always else [0.0, 1.0, 5.0, 9.0])) for _ in start]
        return np.array(speeds, np.float32)

    metres = distances(latitude[start], longitude[start], latitude[end], longitude[end]).astype(np.float32)
    foot = np.full(len(start), WALKING_SPEED, np.float32)
    return StreetNetwork(
        latitude=latitude, longitude=longitude, start=start, end=end, metres=metres, foot=foot,
        bicycle=column(always=True), car=column(always=True), car_back=column(always=False),
    )  # fmt: skip


def forwards(network: StreetNetwork, profile: Profile, begin: int, end: int) -> float:
    """Seconds from junction to junction by a search that anybody can read."""
    forth = {Profile.WALKING: network.foot, Profile.BICYCLE: network.bicycle, Profile.CAR: network.car}[profile]
    back = network.car_back if profile is Profile.CAR else forth
    ways: dict[int, list[tuple[int, float]]] = {}
    for piece in range(len(network.start)):
        a, b, metres = int(network.start[piece]), int(network.end[piece]), float(network.metres[piece])
        if forth[piece] > 0:
            ways.setdefault(a, []).append((b, metres / float(forth[piece])))
        if back[piece] > 0:
            ways.setdefault(b, []).append((a, metres / float(back[piece])))
    best, edge = {begin: 0.0}, [(0.0, begin)]
    while edge:
        seconds, at = heapq.heappop(edge)
        for following, more in ways.get(at, []):
            if seconds + more < best.get(following, math.inf):
                best[following] = seconds + more
                heapq.heappush(edge, (seconds + more, following))
    return best.get(end, math.inf)


@settings(deadline=None)
@given(networks(), st.sampled_from(Profile))
def test_it_is_what_a_search_from_each_place_finds(network: StreetNetwork, profile: Profile) -> None:
    streets = Streets(network)
    to = (float(network.latitude[0]), float(network.longitude[0]))
    found = streets.ways(to=to, profile=profile, limit_s=1e6).seconds_from(network.latitude, network.longitude)
    true = [forwards(network, profile, junction, 0) for junction in range(len(network.latitude))]
    np.testing.assert_allclose(found, true, rtol=1e-5, atol=1e-3)


@settings(deadline=None)
@given(networks(), st.sampled_from(Profile))
def test_nothing_is_faster_than_the_straight_line_at_top_speed(network: StreetNetwork, profile: Profile) -> None:
    streets = Streets(network)
    to = (4.5 * STEP, 4.5 * STEP)
    found = streets.ways(to=to, profile=profile, limit_s=1e6).seconds_from(network.latitude, network.longitude)
    for row, seconds in enumerate(found.tolist()):
        metres = distance(float(network.latitude[row]), float(network.longitude[row]), *to)
        assert math.isnan(seconds) or seconds >= metres / streets.fastest(profile) - 1e-3


@settings(deadline=None)
@given(networks(), st.sampled_from(Profile), st.integers(0, 2**32 - 1), st.floats(0, 2_000))
def test_whoever_comes_in_time_is_no_farther_away_than_is_told(
    network: StreetNetwork, profile: Profile, seed: int, seconds: float
) -> None:
    random = np.random.default_rng(seed)
    latitude, longitude = random.uniform(-2 * STEP, 12 * STEP, (2, 200))
    to = (4.5 * STEP, 4.5 * STEP)
    ways = Streets(network).ways(to=to, profile=profile, limit_s=2_000)
    metres = distances(latitude, longitude, np.full(200, to[0]), np.full(200, to[1]))
    found = ways.seconds_from(latitude, longitude)
    travel = np.where(np.isnan(found), line_seconds(metres, profile), found)
    assert metres[travel <= seconds].max(initial=0.0) <= ways.farthest(seconds)
    assert math.isinf(ways.farthest(2_000.1))


def a_street(**columns: float) -> StreetNetwork:
    """Ten junctions in a row, 111 m apart."""
    count = 9
    values = {"foot": WALKING_SPEED, "bicycle": 4.0, "car": 10.0, "car_back": 10.0} | columns
    speeds = {name: np.full(count, value, np.float32) for name, value in values.items()}
    return StreetNetwork(
        latitude=np.zeros(10), longitude=np.arange(10, dtype=float) * STEP, start=np.arange(9, dtype=np.int32),
        end=np.arange(1, 10, dtype=np.int32), metres=np.full(9, 111.195, np.float32), **speeds,
    )  # fmt: skip


def seconds(streets: Streets, begin: float, end: float, profile: Profile, limit_s: float = 1e6) -> float:
    ways = streets.ways(to=(0.0, end * STEP), profile=profile, limit_s=limit_s)
    found = ways.seconds_from(np.zeros(1), np.array([begin * STEP]))
    return float(found[0])


def test_a_car_does_not_go_against_a_one_way_street_and_a_walker_does() -> None:
    streets = Streets(a_street(car_back=0.0))
    assert seconds(streets, 0, 9, Profile.CAR) == pytest.approx(9 * 111.195 / 10, rel=1e-3)
    assert math.isinf(seconds(streets, 9, 0, Profile.CAR))
    assert seconds(streets, 9, 0, Profile.WALKING) == pytest.approx(9 * 111.195 / WALKING_SPEED, rel=1e-3)


def test_what_takes_longer_than_the_limit_is_infinite() -> None:
    streets = Streets(a_street())
    assert math.isinf(seconds(streets, 0, 9, Profile.WALKING, limit_s=600.0))
    assert seconds(streets, 0, 5, Profile.WALKING, limit_s=600.0) < 600


def test_where_no_street_is_near_nothing_is_said() -> None:
    streets = Streets(a_street())
    assert math.isnan(seconds(streets, 100, 0, Profile.WALKING))
    assert math.isnan(seconds(streets, 0, 100, Profile.WALKING))
    assert math.isnan(seconds(Streets(a_street(car=0.0, car_back=0.0)), 0, 1, Profile.CAR))


@settings(deadline=None)
@given(networks(), st.sampled_from(Profile), st.integers(0, 11), st.integers(0, 11))
def test_a_way_takes_as_long_as_the_network_says_and_leads_from_junction_to_junction(
    network: StreetNetwork, profile: Profile, begin: int, end: int
) -> None:
    places = list(zip(network.latitude.tolist(), network.longitude.tolist(), strict=True))
    way = Streets(network).way(start=places[begin], to=places[end], profile=profile, limit_s=1e6)
    shortest = forwards(network, profile, begin, end)
    if way is None:
        assert math.isinf(shortest)
        return
    assert way.seconds == pytest.approx(shortest, rel=1e-3, abs=1e-2)
    assert (way.places[0], way.places[-1]) == (places[begin], places[end])
    steps = {frozenset(pair) for pair in zip(network.start.tolist(), network.end.tolist(), strict=True)}
    walked = [places.index(place) for place in way.places[1:-1]]
    assert all(frozenset(pair) in steps for pair in pairwise(walked))


def test_a_way_begins_and_ends_off_the_street_and_is_none_where_no_street_is_near_or_it_is_long() -> None:
    streets = Streets(a_street())
    way = streets.way(start=(STEP, 0.0), to=(STEP, 2 * STEP), profile=Profile.WALKING, limit_s=1e4)
    assert way is not None
    assert [(round(a / STEP), round(b / STEP)) for a, b in way.places] == [(1, 0), (0, 0), (0, 1), (0, 2), (1, 2)]
    assert way.seconds == pytest.approx(4 * 111.195 / WALKING_SPEED, rel=1e-3)
    assert streets.way(start=(STEP, 0.0), to=(0.0, 100 * STEP), profile=Profile.WALKING, limit_s=1e4) is None
    assert streets.way(start=(0.0, 0.0), to=(0.0, 9 * STEP), profile=Profile.WALKING, limit_s=600.0) is None
