from __future__ import annotations

import numpy as np
import pynmea2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulators.load.lines import LINE_BYTES, SPEED_MPS, circling, rmc_lines


@given(
    st.lists(st.tuples(st.integers(0, 9999), st.integers(946_684_800_000, 4_000_000_000_000)), min_size=1, max_size=20)
)
def test_an_independent_reader_agrees_with_every_column(rows: list[tuple[int, int]]) -> None:
    device, time_ms = np.array(rows).T
    latitude, longitude, course = circling(device, time_ms)
    for row, line in enumerate(rmc_lines(time_ms, latitude, longitude, course)):
        read = pynmea2.parse(line.tobytes().decode(), check=True)
        assert read.latitude == pytest.approx(latitude[row], abs=1e-7)
        assert read.longitude == pytest.approx(longitude[row], abs=1e-7)
        assert read.datetime.timestamp() * 1000 == pytest.approx(time_ms[row] - _centuries(read, time_ms[row]), abs=0.5)
        assert read.spd_over_grnd * 1852 / 3600 == pytest.approx(SPEED_MPS, abs=0.03)
        assert 0 <= read.true_course < 360


def test_every_line_has_the_same_length_and_end() -> None:
    lines = rmc_lines(
        np.array([0, 1_700_000_000_999]), *circling(np.array([0, 9999]), np.array([0, 1_700_000_000_999]))
    )
    assert lines.shape == (2, LINE_BYTES)
    assert all(line.tobytes().endswith(b"\r\n") for line in lines)


@given(st.integers(0, 5000), st.integers(1_600_000_000_000, 1_900_000_000_000), st.integers(1, 60_000))
def test_devices_move_as_fast_as_they_say(device: int, time_ms: int, later_ms: int) -> None:
    latitude, longitude, _ = circling(np.array([device, device]), np.array([time_ms, time_ms + later_ms]))
    north = (latitude[1] - latitude[0]) * 111_195
    east = (longitude[1] - longitude[0]) * 111_195 * np.cos(np.radians(51.13))
    assert np.hypot(north, east) <= SPEED_MPS * later_ms / 1000 * 1.01 + 0.01


def _centuries(read: pynmea2.RMC, time_ms: int) -> float:
    """Two digits of the year cannot say which century."""
    years = np.datetime64(int(time_ms), "ms").astype("datetime64[Y]").astype(int) + 1970 - read.datetime.year
    return 0.0 if years == 0 else float(time_ms - read.datetime.timestamp() * 1000)
