from __future__ import annotations

from datetime import UTC, datetime

import pynmea2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulators.encoders.nmea import SENTENCES, gga, identification, rmc, sentence, vtg
from simulators.fleet.reports import Sample
from tests.simulators.samples import sample

places = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@pytest.mark.parametrize(
    "published",
    [
        "$GPGLL,4916.45,N,12311.12,W,225444,A*31",  # gpsd, "NMEA Revealed"
        "$GPRMC,225446,A,4916.45,N,12311.12,W,000.5,054.7,191194,020.3,E*68",
        "$GPGGA,123519,4807.038,N,01131.324,E,1,08,0.9,545.4,M,46.9,M,,*42",
    ],
)
def test_the_checksum_is_that_of_published_sentences(published: str) -> None:
    assert sentence(published[1:].partition("*")[0]) == published.encode() + b"\r\n"


@given(places)
def test_an_independent_reader_finds_the_place(place: tuple[float, float]) -> None:
    latitude, longitude = place
    for name in ("RMC", "GGA", "GLL", "GNS"):
        line = SENTENCES[name](sample(latitude=latitude, longitude=longitude), "GP").decode()
        read = pynmea2.parse(line, check=True)
        assert read.latitude == pytest.approx(latitude, abs=1e-7)
        assert read.longitude == pytest.approx(longitude, abs=1e-7)


def test_an_independent_reader_finds_time_speed_and_course() -> None:
    read = pynmea2.parse(rmc(sample(speed=10.0, course=87.4)).decode(), check=True)
    assert read.datetime == datetime(2023, 11, 14, 22, 13, 20, 123000, UTC)
    assert read.status == "A"
    assert read.spd_over_grnd == pytest.approx(19.438, abs=0.005)
    assert read.true_course == 87.4


def test_gga_tells_altitude_and_dilution() -> None:
    read = pynmea2.parse(gga(sample(altitude=347.2, hdop=1.1)).decode(), check=True)
    assert (read.altitude, read.altitude_units, float(read.horizontal_dil), read.gps_qual) == (347.2, "M", 1.1, 1)


def test_vtg_tells_both_speeds() -> None:
    read = pynmea2.parse(vtg(sample(speed=10.0)).decode(), check=True)
    assert (float(read.spd_over_grnd_kts), float(read.spd_over_grnd_kmph)) == (19.44, 36.0)


@pytest.mark.parametrize("name", sorted(SENTENCES))
def test_unknown_values_are_empty_fields(name: str) -> None:
    bare = Sample(1_700_000_000_000, 1.0, 2.0)
    line = SENTENCES[name](bare, "GP").decode()
    assert "None" not in line
    assert "nan" not in line
    assert pynmea2.parse(line, check=True).sentence_type == name


@pytest.mark.parametrize("name", sorted(SENTENCES))
def test_no_sentence_is_longer_than_the_standard_allows(name: str) -> None:
    line = SENTENCES[name](sample(latitude=-89.9999999, longitude=-179.9999999, speed=99.99, altitude=-999.9), "GN")
    assert len(line) <= 82
    assert line.endswith(b"\r\n")


def test_minutes_never_reach_sixty() -> None:
    assert b",5200.00000,N," in rmc(sample(latitude=51.99999999999))


def test_a_device_says_who_it_is() -> None:
    assert identification("handheld-1") == b"$PGID,handheld-1*%02X\r\n" % _checksum(b"PGID,handheld-1")
    assert identification("h", "secret").startswith(b"$PGID,h,secret*")


def _checksum(body: bytes) -> int:
    total = 0
    for byte in body:
        total ^= byte
    return total
