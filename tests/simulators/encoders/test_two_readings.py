"""Our encoders against the server's decoders: two readings of the same formats, written apart."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulators.encoders import gpslogger, json_fixes, nmea, opengts, osmand, overland, owntracks, traccar_client
from simulators.fleet.reports import Sample
from simulators.load.lines import SPEED_MPS, circling, rmc_lines
from tests.simulators.samples import sample
from tracker.model.batch import microseconds
from tracker.model.fix import Fix
from tracker.protocols.gpslogger import read_gpslogger
from tracker.protocols.json_fixes import decode_fixes
from tracker.protocols.nmea_columns import read_rmc_columns
from tracker.protocols.opengts import read_opengts
from tracker.protocols.osmand import read_osmand
from tracker.protocols.overland import decode_overland
from tracker.protocols.owntracks import decode_owntracks

FORM = "application/x-www-form-urlencoded"
RECEIVED_AT = 1_700_000_001_000_000

Reading = Callable[[Sample], tuple[Fix, ...]]


def _osmand(one: Sample) -> tuple[Fix, ...]:
    return read_osmand(osmand.query("d", one), "", b"").report(dialect="", received_at=RECEIVED_AT).fixes


def _osmand_app(one: Sample) -> tuple[Fix, ...]:
    return read_osmand(osmand.app_query("d", one), "", b"").report(dialect="osmand", received_at=RECEIVED_AT).fixes


def _traccar_json(one: Sample) -> tuple[Fix, ...]:
    claim = read_osmand("", "application/json", traccar_client.json_body("d", one))
    return claim.report(dialect="", received_at=RECEIVED_AT).fixes


def _traccar_form(one: Sample) -> tuple[Fix, ...]:
    claim = read_osmand("", FORM, traccar_client.form_body("d", one))
    return claim.report(dialect="", received_at=RECEIVED_AT).fixes


def _gpslogger(one: Sample) -> tuple[Fix, ...]:
    return read_gpslogger(gpslogger.query("d", one), "", b"").report(dialect="", received_at=RECEIVED_AT).fixes


def _opengts(one: Sample) -> tuple[Fix, ...]:
    return read_opengts(opengts.query("d", one), "", b"").report(dialect="", received_at=RECEIVED_AT).fixes


def _owntracks(one: Sample) -> tuple[Fix, ...]:
    return decode_owntracks(owntracks.location("d", one), received_at=RECEIVED_AT).fixes


def _overland(one: Sample) -> tuple[Fix, ...]:
    return decode_overland(overland.batch("d", [one]), received_at=RECEIVED_AT).fixes


# What each format can carry: the time to ms, and the speed to m/s.
READINGS: dict[str, tuple[Reading, int, float]] = {
    "osmand": (_osmand, 1, 0.001),
    "osmand app": (_osmand_app, 1, 0.001),
    "traccar json": (_traccar_json, 1, 0.001),
    "traccar form": (_traccar_form, 1, 0.001),
    "gpslogger": (_gpslogger, 1, 0.001),
    "opengts": (_opengts, 1000, 0.001),
    "owntracks": (_owntracks, 1000, 0.15),
    "overland": (_overland, 1, 0.001),
}

places = st.builds(
    sample,
    latitude=st.floats(-89.9, 89.9).map(lambda degrees: round(degrees, 7)),
    longitude=st.floats(-179.9, 179.9).map(lambda degrees: round(degrees, 7)),
    speed=st.floats(0.1, 60).map(lambda speed: round(speed, 2)),
    time_ms=st.integers(1_600_000_000_000, 1_700_000_000_000),
)


@pytest.mark.parametrize("name", READINGS)
@given(places)
def test_the_server_reads_what_the_phone_meant(name: str, one: Sample) -> None:
    reading, grain_ms, speed_grain = READINGS[name]
    (fix,) = reading(one)
    assert fix.latitude == pytest.approx(one.latitude, abs=1e-7)
    assert fix.longitude == pytest.approx(one.longitude, abs=1e-7)
    assert microseconds(fix.fix_time) == one.time_ms // grain_ms * grain_ms * 1000
    assert fix.speed_over_ground == pytest.approx(one.speed, abs=speed_grain)
    assert fix.course_over_ground == pytest.approx(one.course, abs=0.5)


@pytest.mark.parametrize("name", sorted(READINGS.keys() - {"osmand app", "opengts"}))
def test_the_server_reads_accuracy_and_battery(name: str) -> None:
    (fix,) = READINGS[name][0](sample(accuracy=7.0, battery=0.81))
    assert fix.battery == pytest.approx(0.81)
    assert fix.horizontal_accuracy is not None


@given(places)
def test_our_own_json_is_read_in_full(one: Sample) -> None:
    decoded = decode_fixes(json_fixes.fixes_body([one, one]), device=1, received_at=RECEIVED_AT)
    assert decoded.rejected == []
    assert decoded.batch.latitude.tolist() == [one.latitude] * 2
    assert decoded.batch.fix_time.tolist() == [one.time_ms * 1000] * 2
    assert decoded.batch.speed[0] == pytest.approx(one.speed)


@given(places)
def test_sentences_and_their_columnar_twin_are_read_alike(one: Sample) -> None:
    columns = read_rmc_columns(nmea.rmc(one))
    assert columns.latitude[0] == pytest.approx(one.latitude, abs=1e-7)
    assert columns.longitude[0] == pytest.approx(one.longitude, abs=1e-7)
    assert columns.fix_time[0] == one.time_ms * 1000


def test_every_line_of_the_load_generator_takes_the_fast_path() -> None:
    device, time_ms = np.arange(500), 1_700_000_000_000 + 37 * np.arange(500)
    latitude, longitude, course = circling(device, time_ms)
    columns = read_rmc_columns(rmc_lines(time_ms, latitude, longitude, course).tobytes())
    assert len(columns.rest) == 0
    assert columns.latitude == pytest.approx(latitude, abs=1e-7)
    assert columns.longitude == pytest.approx(longitude, abs=1e-7)
    assert (columns.fix_time == 1000 * time_ms).all()
    assert columns.speed == pytest.approx(np.full(500, SPEED_MPS), abs=0.03)
