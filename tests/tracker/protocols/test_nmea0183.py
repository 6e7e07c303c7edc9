"""Sentences: the fast way, the reference, and what must be refused."""

from __future__ import annotations

import json
import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tracker.protocols.nmea_vectors import VECTORS, all_lines, sentence
from tracker.protocols.errors import DecodeError
from tracker.protocols.nmea0183 import SENTENCES, Sentence, read_by_reference, read_sentence
from tracker.protocols.nmea_fields import KNOT, checksum

RMC = "GPRMC,081836,A,3751.65,S,14507.36,E,000.0,360.0,130998,011.3,E"


def read(body: str) -> Sentence:
    found = read_sentence(sentence(body))
    assert found is not None
    return found


def outcome(reader: object, line: bytes) -> object:
    try:
        return reader(line)  # type: ignore[operator]  # either reader
    except DecodeError:
        return DecodeError


def test_an_rmc_says_where_when_and_how_fast() -> None:
    said = read("GPRMC,225446.5,A,4916.45,N,12311.12,W,000.5,054.7,191194,020.3,E")
    assert said.time_of_day == ((22 * 60 + 54) * 60 + 46) * 1_000_000 + 500_000
    assert said.day == date(1994, 11, 19)
    assert math.isclose(said.latitude or 0, 49 + 16.45 / 60)
    assert math.isclose(said.longitude or 0, -(123 + 11.12 / 60))
    assert math.isclose(said.speed or 0, 0.5 * KNOT)
    assert said.course == 54.7
    assert not said.void


def test_a_course_of_360_is_north() -> None:
    assert read(RMC).course == 0.0


def test_degrees_without_leading_zeros_are_read() -> None:
    said = read("GPRMC,192429,A,5121.47965,N,011.71463,W,0.000000,0.000000,050316,,")
    assert math.isclose(said.longitude or 0, -11.71463 / 60)


@pytest.mark.parametrize(
    ("body", "void"),
    [
        (RMC, False),
        (RMC.replace(",A,", ",V,"), True),
        ("GNRMC,001031.00,A,4404.13993,N,12118.86023,W,0.146,,100117,,,N", True),
        ("GPGGA,172814.0,3723.46587704,N,12202.26957864,W,2,6,1.2,18.893,M,-25.669,M,2.0,0031", False),
        ("GPGGA,172814.0,3723.46587704,N,12202.26957864,W,0,6,1.2,18.893,M,-25.669,M,2.0,0031", True),
        ("GPGLL,4916.45,N,12311.12,W,225444,V", True),
        ("GNGNS,014035.00,4332.69262,S,17235.48549,E,NN,13,0.9,25.63,11.24,,", True),
        ("GNGNS,014035.00,4332.69262,S,17235.48549,E,RN,13,0.9,25.63,11.24,,", False),
    ],
)
def test_a_void_sentence_says_so(body: str, void: bool) -> None:
    assert read(body).void is void


@pytest.mark.parametrize(
    "body",
    [
        RMC.replace("3751.65", "9151.65"),
        RMC.replace("3751.65", "3761.65"),
        RMC.replace("14507.36", "18107.36"),
        RMC.replace(",S,", ",X,"),
        RMC.replace("081836", "251836"),
        RMC.replace("130998", "320998"),
        RMC.replace("130998", "310299"),
        RMC.replace("000.0,360.0", "nan,360.0"),
        RMC.replace("000.0,360.0", "-1.0,360.0"),
        RMC.replace("000.0,360.0", "000.0,361.0"),
        "GPRMC,081836,A",
    ],
)
def test_what_cannot_be_is_refused(body: str) -> None:
    with pytest.raises(DecodeError):
        read_sentence(sentence(body))


@pytest.mark.parametrize("line", [b"$" + RMC.encode(), sentence(RMC)[:-2] + b"00", sentence(RMC)[1:], b"", b"$*00"])
def test_a_checksum_must_be_there_and_right(line: bytes) -> None:
    if line == b"$*00":
        assert read_sentence(line) is None
        return
    with pytest.raises(DecodeError):
        read_sentence(line)


def test_both_readers_agree_on_every_vector() -> None:
    read_lines = 0
    for line in all_lines():
        fast, reference = outcome(read_sentence, line), outcome(read_by_reference, line)
        if isinstance(fast, Sentence) and isinstance(reference, Sentence):
            assert fast.time_of_day == reference.time_of_day
            assert (fast.kind, fast.day, fast.void) == (reference.kind, reference.day, reference.void)
            for name in ("latitude", "longitude", "speed", "course", "altitude_msl", "hdop"):
                a, b = getattr(fast, name), getattr(reference, name)
                assert (a is None) == (b is None), (line, name)
                assert a is None or math.isclose(a, b, abs_tol=1e-9), (line, name)
            read_lines += 1
        else:
            assert fast == reference, line
    assert read_lines > 5_000


def test_every_rmc_that_gpsd_accepted_is_read_with_its_place() -> None:
    facts = [json.loads(line) for line in (VECTORS / "gpsd_rmc_facts.jsonl").read_text(encoding="utf-8").splitlines()]
    for fact in facts:
        if ",2208-1," in fact["sentence"]:  # a receiver's overflowed year, which gpsd takes for 1999
            continue
        said = read_sentence(fact["sentence"].encode())
        assert said is not None
        assert said.void or fact["status"] == "A", fact
    assert len(facts) > 1_000


@given(st.binary(max_size=120))
def test_no_bytes_raise_anything_else(line: bytes) -> None:
    for reader in (read_sentence, read_by_reference):
        outcome(reader, line)


@given(st.sampled_from(sorted(SENTENCES)), st.text(st.characters(codec="ascii", exclude_characters="$*"), max_size=80))
def test_no_fields_raise_anything_else(kind: str, fields: str) -> None:
    line = sentence(f"GP{kind},{fields}")
    for reader in (read_sentence, read_by_reference):
        outcome(reader, line)


@given(st.binary(max_size=300))
def test_the_checksum_is_the_xor_of_all_bytes(body: bytes) -> None:
    expected = 0
    for byte in body:
        expected ^= byte
    assert checksum(body) == expected
