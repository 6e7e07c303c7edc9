"""URLs of engines, what they are asked, and that no answer but a table of times is believed."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch.routing.model import BadAnswer, Engine, Kind, engines_of, question_of, read
from dispatch.streets.model import Profile

PLACES = [(26.0, 119.3), (26.001, 119.301)]
TO = (26.0025, 119.3)


def test_engines_are_named_by_kind_url_and_profile() -> None:
    osrm, valhalla = engines_of("osrm+http://127.0.0.1:5000/#car, valhalla+https://maps.example/v1")
    assert osrm == Engine(Kind.OSRM, "http://127.0.0.1:5000", frozenset({Profile.CAR}))
    assert valhalla == Engine(Kind.VALHALLA, "https://maps.example/v1", frozenset(Profile))
    assert engines_of("") == ()


@pytest.mark.parametrize(
    "text",
    ["http://h:5000", "osrm+ftp://h", "graphhopper+http://h", "osrm+http://", "osrm+http://h#boat", "osrm+http://h:x",
     "osrm+http://h/?a=b", "osrm"],
)  # fmt: skip
def test_what_is_no_engine_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"expected|[Pp]ort"):
        engines_of(text)


def test_osrm_is_asked_for_a_table_with_one_destination() -> None:
    (engine,) = engines_of("osrm+http://h:5000")
    question = question_of(engine, PLACES, to=TO, profile=Profile.WALKING)
    assert question.body is None
    assert question.url == (
        "http://h:5000/table/v1/foot/119.300000,26.000000;119.301000,26.001000;119.300000,26.002500"
        "?sources=0;1&destinations=2&annotations=duration"
    )


def test_valhalla_is_asked_for_a_matrix_with_one_target() -> None:
    (engine,) = engines_of("valhalla+http://h:8002")
    question = question_of(engine, PLACES, to=TO, profile=Profile.CAR)
    assert question.url == "http://h:8002/sources_to_targets"
    assert json.loads(question.body or b"") == {
        "sources": [{"lat": 26.0, "lon": 119.3}, {"lat": 26.001, "lon": 119.301}],
        "targets": [{"lat": 26.0025, "lon": 119.3}], "costing": "auto", "verbose": True,
    }  # fmt: skip


def test_times_are_read_and_no_way_is_none() -> None:
    """The shapes of the two references."""
    assert read(Kind.OSRM, b'{"code":"Ok","durations":[[192.6],[null]],"sources":[]}', 2) == [192.6, None]
    valhalla = b'{"sources_to_targets":[[{"time":48,"distance":0.1}],[{"time":null,"distance":null}]],"units":"km"}'
    assert read(Kind.VALHALLA, valhalla, 2) == [48.0, None]


@pytest.mark.parametrize(
    "answer",
    [b"", b"<html>", b"[]", b"null", b'{"code":"NoTable"}', b'{"code":"Ok"}', b'{"code":"Ok","durations":[[1]]}',
     b'{"code":"Ok","durations":[[1],[-1]]}', b'{"code":"Ok","durations":[[1],["2"]]}',
     b'{"code":"Ok","durations":[[1],[true]]}', b'{"code":"Ok","durations":[[],[]]}',
     b'{"code":"Ok","durations":{"0":[1]}}'],
)  # fmt: skip
def test_other_answers_are_refused(answer: bytes) -> None:
    with pytest.raises(BadAnswer):
        read(Kind.OSRM, answer, 2)


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["time", "code"]), inner),
)


@given(st.sampled_from(Kind), st.binary() | _JSON.map(lambda table: _answer(table)))
def test_whatever_comes_is_times_or_a_bad_answer(kind: Kind, answer: bytes) -> None:
    try:
        seconds = read(kind, answer, 2)
    except BadAnswer:
        return
    assert all(one is None or one >= 0 for one in seconds)
    assert len(seconds) == 2


def _answer(table: object) -> bytes:
    return json.dumps({"code": "Ok", "durations": table, "sources_to_targets": table}).encode()
