"""What engines say of a way, well and badly."""

from __future__ import annotations

import json
import math

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch.routing.model import BadAnswer, Kind
from dispatch.routing.ways import read_way
from tests.dispatch.routing.engines import encoded

PLACES = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@given(st.lists(PLACES, min_size=2, max_size=20))
def test_a_polyline_is_read_to_a_decimetre(places: list[tuple[float, float]]) -> None:
    told = {"trip": {"legs": [{"shape": encoded(places)}], "summary": {"time": 5}}}
    way = read_way(Kind.VALHALLA, orjson.dumps(told))
    assert way.seconds == 5
    assert all(math.dist(one, other) < 2e-6 for one, other in zip(way.places, places, strict=True))


def test_the_polyline_of_the_format_s_own_page() -> None:
    # developers.google.com/maps/documentation/utilities/polylinealgorithm, of 1e-5 degrees there
    told = {"trip": {"legs": [{"shape": "_p~iF~ps|U_ulLnnqC_mqNvxq`@"}], "summary": {"time": 5}}}
    places = read_way(Kind.VALHALLA, orjson.dumps(told)).places
    assert [(round(a * 10, 5), round(b * 10, 5)) for a, b in places] == [
        (38.5, -120.2),
        (40.7, -120.95),
        (43.252, -126.453),
    ]


@pytest.mark.parametrize("kind", Kind)
@given(
    told=st.one_of(
        st.binary(max_size=60),
        st.recursive(
            st.none() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=9),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(
                        [
                            "code",
                            "routes",
                            "duration",
                            "geometry",
                            "coordinates",
                            "trip",
                            "legs",
                            "shape",
                            "summary",
                            "time",
                        ]
                    ),
                    inner,
                    max_size=4,
                )
            ),
            max_leaves=9,
        ).map(lambda value: json.dumps(value).encode()),
    )
)
def test_whatever_comes_nothing_but_bad_answer_escapes(kind: Kind, told: bytes) -> None:
    with pytest.raises(BadAnswer):
        read_way(kind, told)


def test_a_shape_of_numbers_beyond_all_bounds_is_no_way() -> None:
    endless = "~" * 2_000 + "?"
    told = {"trip": {"legs": [{"shape": endless * 2}], "summary": {"time": 1}}}
    with pytest.raises(BadAnswer):
        read_way(Kind.VALHALLA, orjson.dumps(told))
