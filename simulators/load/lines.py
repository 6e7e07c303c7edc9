"""RMC sentences by the thousand: one numpy array of bytes, a row a sentence, all rows of one width.

    $GPRMC,hhmmss.sss,A,ddmm.mmmmm,N,dddmm.mmmmm,E,sss.s,ccc.c,ddmmyy,,,A*hh CR LF

Devices go round circles of `RADIUS_M` at `SPEED_MPS`, each about a centre of its own, so that any two fixes of a
device are as far apart as their times allow.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["LINE_BYTES", "RADIUS_M", "SPEED_MPS", "circling", "rmc_lines"]

RADIUS_M = 200.0
SPEED_MPS = 8.0
CENTRE_LATITUDE, CENTRE_LONGITUDE = 51.13, 71.43  # the demo city
SPREAD_DEGREES = 0.05
METRES_PER_DEGREE = 111_195.0
KNOTS_PER_MPS = 3600 / 1852

Floats = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]

_TEMPLATE = b"$GPRMC,000000.000,A,0000.00000,N,00000.00000,E,000.0,000.0,010170,,,A*00\r\n"
LINE_BYTES = len(_TEMPLATE)
_ROW = np.frombuffer(_TEMPLATE, np.uint8)
_STAR = _TEMPLATE.index(b"*")
_HEX = np.frombuffer(b"0123456789ABCDEF", np.uint8)
_DAY_MS = 86_400_000


def circling(device: Longs, time_ms: Longs) -> tuple[Floats, Floats, Floats]:
    """Latitude, longitude and course in degrees of each device at each time. device: numbers from 0."""
    golden = 0.618033988749895
    east = SPREAD_DEGREES * (2 * ((device * golden) % 1.0) - 1)
    north = SPREAD_DEGREES * (2 * ((device * golden**2) % 1.0) - 1)
    around = time_ms / 1000 * SPEED_MPS / RADIUS_M + device
    radius = RADIUS_M / METRES_PER_DEGREE
    latitude = CENTRE_LATITUDE + north + radius * np.cos(around)
    longitude = CENTRE_LONGITUDE + east + radius * np.sin(around) / np.cos(np.radians(CENTRE_LATITUDE))
    return latitude, longitude, (np.degrees(around) + 90) % 360


def rmc_lines(time_ms: Longs, latitude: Floats, longitude: Floats, course: Floats) -> Bytes:
    """Shape (n, LINE_BYTES). time_ms: since 1970. Northern and eastern places only."""
    lines = np.tile(_ROW, (len(time_ms), 1))
    _write_times(lines, time_ms)
    _write_angle(lines, 20, 2, latitude)
    _write_angle(lines, 33, 3, longitude)
    knots = np.full(len(lines), round(SPEED_MPS * KNOTS_PER_MPS * 10), np.int64)
    _digits(lines, 47, 3, knots // 10)
    _digits(lines, 51, 1, knots)
    tenths = (course * 10).astype(np.int64) % 3600
    _digits(lines, 53, 3, tenths // 10)
    _digits(lines, 57, 1, tenths)
    checksum = np.bitwise_xor.reduce(lines[:, 1:_STAR], axis=1)
    lines[:, _STAR + 1] = _HEX[checksum >> 4]
    lines[:, _STAR + 2] = _HEX[checksum & 15]
    return lines


def _write_times(lines: Bytes, time_ms: Longs) -> None:
    seconds = time_ms % _DAY_MS // 1000
    _digits(lines, 7, 2, seconds // 3600)
    _digits(lines, 9, 2, seconds // 60 % 60)
    _digits(lines, 11, 2, seconds % 60)
    _digits(lines, 14, 3, time_ms)
    days, which = np.unique(time_ms // _DAY_MS, return_inverse=True)
    dates = days.astype("datetime64[D]").astype(str).tolist()
    text = np.frombuffer("".join(day[8:10] + day[5:7] + day[2:4] for day in dates).encode(), np.uint8)
    lines[:, 59:65] = text.reshape(-1, 6)[which]


def _write_angle(lines: Bytes, at: int, width: int, value: Floats) -> None:
    parts = np.round(value * 6_000_000).astype(np.int64)  # 1e-5 minutes
    minutes = parts // 100_000
    _digits(lines, at, width, minutes // 60)
    _digits(lines, at + width, 2, minutes % 60)
    _digits(lines, at + width + 3, 5, parts)


def _digits(lines: Bytes, at: int, width: int, number: Longs) -> None:
    """The last `width` decimal digits of each number."""
    for column in range(at + width - 1, at - 1, -1):
        lines[:, column] = number % 10 + 48
        number = number // 10
