"""Lines with OpenStreetMap's tags become a network: who may go where, how fast, and where lines meet."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from dispatch.streets.geojson import BadStreets, lines_of, network_of
from dispatch.streets.model import StreetNetwork


def a_line(*places: tuple[float, float], **tags: str) -> dict[str, Any]:
    geometry = {"type": "LineString", "coordinates": [list(place) for place in places]}
    return {"type": "Feature", "properties": {"highway": "residential"} | tags, "geometry": geometry}


def network(*features: dict[str, Any]) -> StreetNetwork:
    return network_of(lines_of({"type": "FeatureCollection", "features": list(features)}))


def test_lines_meet_where_they_share_a_point() -> None:
    found = network(a_line((0, 0), (0.001, 0), (0.002, 0)), a_line((0.001, 0), (0.001, 0.001)))
    assert len(found.latitude) == 4
    assert len(found.start) == 3
    np.testing.assert_allclose(found.metres, [111.19, 111.19, 111.19], atol=0.1)


@pytest.mark.parametrize(
    ("tags", "allowed"),
    [
        ({}, (True, True, True, True)),
        ({"oneway": "yes"}, (True, True, True, False)),
        ({"oneway": "-1"}, (True, True, False, True)),
        ({"junction": "roundabout"}, (True, True, True, False)),
        ({"highway": "motorway"}, (False, False, True, False)),
        ({"highway": "footway"}, (True, True, False, False)),
        ({"foot": "no"}, (False, True, True, True)),
        ({"bicycle": "no"}, (True, False, True, True)),
        ({"motor_vehicle": "no"}, (True, True, False, False)),
        ({"access": "private", "foot": "yes"}, (True, False, False, False)),
    ],
)
def test_who_may_go_where(tags: dict[str, str], allowed: tuple[bool, ...]) -> None:
    found = network(a_line((0, 0), (0.001, 0), **tags))
    assert tuple(bool(part[0]) for part in (found.foot, found.bicycle, found.car, found.car_back)) == allowed


def test_a_bicycle_is_pushed_over_a_footway_and_ridden_where_that_is_allowed() -> None:
    pushed, ridden = (
        network(a_line((0, 0), (0.001, 0), highway="footway", **tags)) for tags in ({}, {"bicycle": "yes"})
    )
    assert pushed.bicycle[0] == pushed.foot[0]
    assert ridden.bicycle[0] > 2 * pushed.bicycle[0]


def test_the_posted_speed_counts_and_miles_are_miles() -> None:
    speeds = [
        float(network(a_line((0, 0), (0.001, 0), maxspeed=posted)).car[0]) for posted in ("30", "60", "30 mph", "none")
    ]
    assert speeds[1] == pytest.approx(2 * speeds[0])
    assert speeds[2] == pytest.approx(1.609 * speeds[0])
    assert speeds[3] == speeds[0], "a residential street where nothing is understood"


def test_what_is_no_street_is_passed_over() -> None:
    river = a_line((0, 0), (1, 1), highway="", waterway="river")
    point = {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [0, 0]}}
    assert len(network(river, point, a_line((0, 0), (0.001, 0))).start) == 1
    with pytest.raises(BadStreets, match="highway"):
        network(river)


@pytest.mark.parametrize(
    "document",
    [[], {}, {"features": 3}, {"features": [3]}, {"features": [a_line((0, 0), (0, 95))]}, {"features": [{"a": 1}]}],
)
def test_what_is_no_geojson_is_told(document: object) -> None:
    with pytest.raises(BadStreets):
        network_of(lines_of(document))


def test_a_network_is_the_same_after_it_was_stored() -> None:
    found = network(a_line((0, 0), (0.001, 0), oneway="yes"))
    again = StreetNetwork.from_bytes(found.to_bytes())
    for name in ("latitude", "longitude", "start", "end", "metres", "foot", "bicycle", "car", "car_back"):
        np.testing.assert_array_equal(getattr(again, name), getattr(found, name))
