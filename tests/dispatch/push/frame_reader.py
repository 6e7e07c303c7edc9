"""A second reading of the binary frame, row by row from docs/architecture.md: what a client has to do."""

from __future__ import annotations

import struct
from dataclasses import dataclass

__all__ = ["Frame", "Row", "read_frame"]

_HEADER = struct.Struct("<4sIQq")
_ROW = struct.Struct("<IiiHHHBB")


@dataclass(frozen=True)
class Row:
    """speed m/s, course degrees, age s, battery 0 to 1; None where unknown."""

    key: int
    longitude: float
    latitude: float
    speed: float | None
    course: float | None
    age: float
    presence: int
    moving: bool
    emergency: bool
    silence: int
    battery: float | None


@dataclass(frozen=True)
class Frame:
    """time: ms since 1970."""

    sequence: int
    time: int
    rows: dict[int, Row]


def read_frame(data: bytes) -> Frame:
    magic, count, sequence, time = _HEADER.unpack_from(data)
    assert magic == b"GWP1"
    assert len(data) == 24 + 20 * count
    rows = [_row(*fields) for fields in _ROW.iter_unpack(data[24:])]
    return Frame(sequence, time, {row.key: row for row in rows})


def _row(key: int, lon: int, lat: int, speed: int, course: int, age: int, state: int, battery: int) -> Row:
    return Row(
        key=key, longitude=lon / 1e7, latitude=lat / 1e7, speed=None if speed == 65535 else speed / 100,
        course=None if course == 65535 else course / 100, age=age / 10, presence=state & 3, moving=bool(state & 4),
        emergency=bool(state & 8), silence=state >> 4 & 7, battery=None if battery == 255 else battery / 100,
    )  # fmt: skip
