"""RMC as columns must agree with the scalar reader: on every vector, on made lines, on lines with one byte changed."""

from __future__ import annotations

import math
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tracker.protocols.nmea_vectors import all_lines, sentence
from tracker.model.batch import microseconds
from tracker.protocols.errors import DecodeError
from tracker.protocols.nmea0183 import Sentence, read_sentence
from tracker.protocols.nmea_columns import RmcColumns, read_rmc_columns

DIGITS = st.text("0123456789", min_size=1, max_size=6)


def scalar(line: bytes) -> Sentence | None:
    try:
        return read_sentence(line)
    except DecodeError:
        return None


def assert_agrees(data: bytes) -> RmcColumns:
    """Every line the columns take is an RMC that the scalar reader takes too, with the same values."""
    columns = read_rmc_columns(data)
    assert len(columns.start) + len(columns.rest) == data.count(b"\n")
    for place, start in enumerate(columns.start.tolist()):
        said = scalar(data[start : data.index(b"\n", start)].strip())
        assert said is not None
        assert (said.kind, said.void) == ("RMC", False)
        assert said.day is not None
        assert said.time_of_day is not None
        midnight = microseconds(datetime(said.day.year, said.day.month, said.day.day, tzinfo=UTC))
        assert int(columns.fix_time[place]) == midnight + said.time_of_day
        assert math.isclose(columns.latitude[place], said.latitude or 0.0, abs_tol=1e-9)
        assert math.isclose(columns.longitude[place], said.longitude or 0.0, abs_tol=1e-9)
        for column, value in ((columns.speed[place], said.speed), (columns.course[place], said.course)):
            assert math.isnan(column) == (value is None)
            assert value is None or math.isclose(column, value, rel_tol=1e-5, abs_tol=1e-5)
    return columns


def test_every_vector() -> None:
    data = b"".join(line + b"\r\n" for line in all_lines())
    columns = assert_agrees(data)
    plain = sum(1 for line in all_lines() if (said := scalar(line)) and said.kind == "RMC" and not said.void)
    assert len(columns.start) > 0.9 * plain, "nearly all go the fast way"


@st.composite
def rmc_lines(draw: st.DrawFn) -> bytes:
    clock = f"{draw(st.integers(0, 24)):02}{draw(st.integers(0, 60)):02}{draw(st.integers(0, 60)):02}"
    clock += draw(st.sampled_from(["", ".", f".{draw(DIGITS)}"]))
    north = f"{draw(st.integers(0, 91)):02}{draw(st.integers(0, 60)):02}.{draw(DIGITS)}"
    east = f"{draw(st.integers(0, 181)):03}{draw(st.integers(0, 60)):02}.{draw(DIGITS)}"
    speed = draw(st.sampled_from(["", "0", "0.0", f"{draw(st.integers(0, 999))}.{draw(DIGITS)}", "-1", "x", "."]))
    course = draw(st.sampled_from(["", "0.00", "360.0", f"{draw(st.integers(0, 400))}.{draw(DIGITS)}"]))
    day = f"{draw(st.integers(0, 32)):02}{draw(st.integers(0, 13)):02}{draw(st.integers(0, 99)):02}"
    tail = draw(st.sampled_from(["", ",,", ",,,A", ",,,N", ",,,A,V", ",11.3,E,D"]))
    status, hemispheres = draw(st.sampled_from("AV")), draw(st.sampled_from(["NE", "SW", "XE"]))
    return sentence(
        f"{draw(st.sampled_from(['GP', 'GN', 'BD']))}RMC,{clock},{status},{north},{hemispheres[0]},{east},"
        f"{hemispheres[1]},{speed},{course},{day}{tail}"
    )


@settings(max_examples=200, deadline=None)
@given(st.lists(rmc_lines(), min_size=1, max_size=20))
def test_made_lines(lines: list[bytes]) -> None:
    assert_agrees(b"".join(line + b"\r\n" for line in lines))


def test_north_may_be_said_as_360_degrees() -> None:
    columns = assert_agrees(sentence("GPRMC,000000,A,0000.0,N,00000.0,E,,360.0,010100,,") + b"\r\n")
    assert len(columns.rest) == 1, "the scalar reader's business"


@settings(max_examples=200, deadline=None)
@given(rmc_lines(), st.data())
def test_one_byte_changed(line: bytes, data: st.DataObject) -> None:
    at, byte = data.draw(st.integers(0, len(line) - 1)), data.draw(st.integers(0, 255))
    assert_agrees(line[:at] + bytes([byte]).replace(b"\n", b"x") + line[at + 1 :] + b"\r\n")


@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    assert_agrees(data + b"\n")
