r"""RMC sentences as columns: a whole tick's bytes, of many devices, read by numpy at once.

    $ttRMC,hhmmss[.s],A,ddmm.m,N,dddmm.m,E,[knots],[course],ddmmyy,...*hh\r\n

Only the plain form is taken: right checksum, status A, all digits where digits belong, two or three digits of degrees,
at most six decimals of the time and eight of the minutes. Everything else is left to the scalar reader, which decides;
tests hold that both agree on every vector. numpy's fixed cost makes this slower than the scalar reader below about
forty lines, and forty times as fast from a thousand on.

Fields are read through a window of eight bytes at any offset of the buffer, as one unsigned 64-bit integer: the first
character is its lowest byte. Eight ASCII digits become their number in three multiplications.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from tracker.protocols.nmea_fields import KNOT

__all__ = ["RmcColumns", "read_rmc_columns"]

Bytes = npt.NDArray[np.uint8]
Words = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]
Doubles = npt.NDArray[np.float64]

_PADDING = 16
_RMC_FIELDS = 10
_NEWLINE, _RETURN, _DOLLAR, _STAR, _COMMA, _POINT = b"\n\r$*,."
_MASKS = np.array([(1 << 8 * length) - 1 for length in range(8)] + [2**64 - 1], np.uint64)
_ZEROS = np.uint64(0x3030303030303030)
_HIGH = np.uint64(0xF0F0F0F0F0F0F0F0)
_SIXES = np.uint64(0x0606060606060606)
_RMC = np.uint64(int.from_bytes(b"RMC,", "little"))
_TENS = 10.0 ** -np.arange(9)
_SHORTEST = 40
_MIDNIGHT_1970 = np.datetime64("1970-01-01", "D")

_HEX = np.full(256, 255, np.uint8)
_HEX[list(b"0123456789")] = range(10)
_HEX[list(b"ABCDEF")] = _HEX[list(b"abcdef")] = range(10, 16)


@dataclass(frozen=True, slots=True, kw_only=True)
class RmcColumns:
    """m fixes and the lines they stand in; all arrays of shape (m,).

    start: offset of the line in the buffer. fix_time: microseconds since 1970. latitude, longitude: degrees.
    speed: m/s, course: degrees true, NaN unknown. rest: shape (k, 2), begin and end of each line not taken.
    """

    start: Places
    fix_time: npt.NDArray[np.int64]
    latitude: Doubles
    longitude: Doubles
    speed: npt.NDArray[np.float32]
    course: npt.NDArray[np.float32]
    rest: Places


@dataclass(slots=True)
class _Buffer:
    octets: Bytes
    words: Words

    @classmethod
    def of(cls, data: bytes) -> _Buffer:
        padded = data + bytes(_PADDING)
        return cls(np.frombuffer(padded, np.uint8, len(data)), np.ndarray((len(data) + 8,), "<u8", padded, 0, (1,)))


def read_rmc_columns(data: bytes) -> RmcColumns:
    """Read whole lines (`data` ends with a newline)."""
    buffer = _Buffer.of(data)
    ends = np.flatnonzero(buffer.octets == _NEWLINE)
    starts = np.empty_like(ends)
    starts[:1] = 0
    starts[1:] = ends[:-1] + 1
    plain = _plain_lines(buffer, starts, ends)
    commas, plain = _commas(buffer, starts, ends, plain)
    taken, columns = _read(buffer, commas, plain)
    left = np.ones(len(starts), np.bool_)
    left[taken] = False
    return RmcColumns(start=starts[taken], rest=np.stack([starts[left], ends[left]], axis=1), **columns)


def _plain_lines(buffer: _Buffer, starts: Places, ends: Places) -> Places:
    """Lines that are `$..RMC,...*hh` with CRLF behind, and the right checksum."""
    octets = buffer.octets
    lines = np.flatnonzero(ends - starts >= _SHORTEST)
    start, star = starts[lines], ends[lines] - 4
    good = (octets[start] == _DOLLAR) & (octets[star] == _STAR) & (octets[ends[lines] - 1] == _RETURN)
    good &= buffer.words[start + 3] & _MASKS[4] == _RMC
    high, low = _HEX[octets[star + 1]], _HEX[octets[star + 2]]
    running = np.bitwise_xor.accumulate(octets)
    good &= (high < 16) & (low < 16) & (running[star - 1] ^ running[start] == (high << 4 | low & 15))
    plain: Places = lines[good]
    return plain


def _commas(buffer: _Buffer, starts: Places, ends: Places, lines: Places) -> tuple[Places, Places]:
    """Offsets of the first ten commas of each line, shape (m, 10), and the lines that have them."""
    commas = np.flatnonzero(buffer.octets == _COMMA)
    first = np.searchsorted(commas, starts[lines])
    enough = first + _RMC_FIELDS <= len(commas)
    lines, first = lines[enough], first[enough]
    table = commas[first[:, None] + np.arange(_RMC_FIELDS)]
    inside = table[:, -1] < ends[lines]
    return table[inside], lines[inside]


def _read(buffer: _Buffer, commas: Places, lines: Places) -> tuple[Places, dict[str, Any]]:
    octets, words = buffer.octets, buffer.words
    good = octets[commas[:, 1] + 1] == ord("A")
    for field in (1, 3, 5):  # the status and the hemispheres have one letter
        good &= commas[:, field + 1] - commas[:, field] == 2
    clock, ok = _clock(buffer, commas[:, 0] + 1, commas[:, 1])
    good &= ok
    north, ok = _angle(buffer, commas[:, 2] + 1, commas[:, 3], 2, 90.0)
    good &= ok
    east, ok = _angle(buffer, commas[:, 4] + 1, commas[:, 5], 3, 180.0)
    good &= ok
    south, west = octets[commas[:, 3] + 1], octets[commas[:, 5] + 1]
    good &= ((south == ord("N")) | (south == ord("S"))) & ((west == ord("E")) | (west == ord("W")))
    knots, ok = _decimal(buffer, commas[:, 6] + 1, commas[:, 7])
    good &= ok
    course, ok = _decimal(buffer, commas[:, 7] + 1, commas[:, 8])
    good &= ok & ~(course >= 360.0)
    midnight, ok = _midnight(words[commas[:, 8] + 1], commas[:, 9] - commas[:, 8] - 1)
    good &= ok & _mode_holds(buffer, commas[:, 9])
    kept = np.flatnonzero(good)
    return lines[kept], {
        "fix_time": (midnight + clock)[kept],
        "latitude": np.where(south == ord("S"), -north, north)[kept],
        "longitude": np.where(west == ord("W"), -east, east)[kept],
        "speed": (knots * KNOT)[kept].astype(np.float32),
        "course": course[kept].astype(np.float32),
    }


def _mode_holds(buffer: _Buffer, behind_date: Places) -> npt.NDArray[np.bool_]:
    """False where the mode indicator (field 12) is N: it is looked for in the 24 bytes behind the date."""
    window = np.minimum(behind_date[:, None] + np.arange(24), len(buffer.octets) - 1)
    text = buffer.octets[window]
    ended = np.logical_or.accumulate(text == _STAR, axis=1)
    third = (np.cumsum((text == _COMMA) & ~ended, axis=1) == 3) & ~ended
    holds: npt.NDArray[np.bool_] = ~(third & (text == ord("N"))).any(axis=1)
    return holds


def _digits(words: Words, count: npt.NDArray[np.int64] | int) -> npt.NDArray[np.bool_]:
    """Whether the first `count` (0 to 8) characters of each window are digits."""
    mask = _MASKS[count]
    value = words & mask | _ZEROS & ~mask
    all_digits: npt.NDArray[np.bool_] = (value & _HIGH == _ZEROS) & (value + _SIXES & _HIGH == _ZEROS)
    return all_digits


def _number(words: Words, count: npt.NDArray[np.int64] | int) -> Words:
    """The number that the first `count` digits of each window write, followed by zeros up to eight digits."""
    value = (words - _ZEROS) & _MASKS[count]
    value = value * np.uint64(10) + (value >> np.uint64(8))
    pairs = np.uint64(0x000000FF000000FF)
    first = (value & pairs) * np.uint64(0x000F424000000064)
    second = (value >> np.uint64(16) & pairs) * np.uint64(0x0000271000000001)
    number: Words = first + second >> np.uint64(32)
    return number


def _clock(buffer: _Buffer, begin: Places, end: Places) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """hhmmss[.s] to microseconds of the day."""
    window, length = buffer.words[begin], end - begin
    good = _digits(window, 6) & ((length == 6) | (length >= 8) & (length <= 13))
    whole = (_number(window, 6) // np.uint64(100)).astype(np.int64)
    hours, minutes, seconds = whole // 10_000, whole // 100 % 100, whole % 100
    good &= (hours < 24) & (minutes < 60) & (seconds < 60)
    decimals = np.clip(length - 7, 0, 6)
    pointed = length > 6
    good &= ~pointed | (buffer.octets[np.minimum(begin + 6, len(buffer.octets) - 1)] == _POINT)
    behind = buffer.words[np.minimum(begin + 7, len(buffer.octets))]
    good &= _digits(behind, decimals)
    micros = (_number(behind, decimals) // np.uint64(100)).astype(np.int64)
    return ((hours * 60 + minutes) * 60 + seconds) * 1_000_000 + np.where(decimals > 0, micros, 0), good


def _angle(
    buffer: _Buffer, begin: Places, end: Places, width: int, most: float
) -> tuple[Doubles, npt.NDArray[np.bool_]]:
    """Degrees of `width` digits, minutes of two, a point and one to eight decimals; to degrees."""
    window, decimals = buffer.words[begin], end - begin - width - 3
    good = _digits(window, width + 2) & (decimals >= 1) & (decimals <= 8)
    good &= buffer.octets[np.minimum(begin + width + 2, len(buffer.octets) - 1)] == _POINT
    whole = (_number(window, width + 2) // np.uint64(10 ** (6 - width))).astype(np.float64)
    degrees = np.floor(whole / 100.0)
    decimals = np.clip(decimals, 0, 8)
    behind = buffer.words[np.minimum(begin + width + 3, len(buffer.octets))]
    good &= _digits(behind, decimals)
    minutes = whole - degrees * 100.0 + _number(behind, decimals).astype(np.float64) * 1e-8
    angle = degrees + minutes / 60.0
    return angle, good & (minutes < 60.0) & (angle <= most)


def _decimal(buffer: _Buffer, begin: Places, end: Places) -> tuple[Doubles, npt.NDArray[np.bool_]]:
    """A number of up to eight characters, its point among them; NaN where the field is empty."""
    window, length = buffer.words[begin], end - begin
    characters = window[:, None] >> (np.arange(8, dtype=np.uint64) * np.uint64(8)) & np.uint64(255)
    points = (characters == np.uint64(_POINT)) & (np.arange(8) < length[:, None])
    whole = np.where(points.any(axis=1), points.argmax(axis=1), np.clip(length, 0, 8))
    decimals = np.clip(length - whole - 1, 0, 7)
    behind = window >> np.minimum((whole + 1) * 8, 56).astype(np.uint64)
    good = (length <= 7) & (points.sum(axis=1) <= 1) & ((whole >= 1) | (length == 0))
    good &= _digits(window, whole) & _digits(behind, decimals)
    value = _number(window, whole).astype(np.float64) / 10.0 ** (8.0 - whole)  # divided: times 1e-5 is not exact
    value += _number(behind, decimals).astype(np.float64) / 1e8
    return np.where(length == 0, np.nan, value), good


def _midnight(window: Words, length: Places) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Ddmmyy to microseconds since 1970; years 80 to 99 are the twentieth century's."""
    number = (_number(window, 6) // np.uint64(100)).astype(np.int64)
    day, month, year = number // 10_000, number // 100 % 100, number % 100
    good = (length == 6) & _digits(window, 6) & (day >= 1) & (month >= 1) & (month <= 12)
    year += np.where(year >= 80, 1900, 2000)
    months = ((year - 1970) * 12 + np.clip(month, 1, 12) - 1).astype("datetime64[M]")
    first, following = months.astype("datetime64[D]"), (months + 1).astype("datetime64[D]")
    good &= day <= (following - first).astype(np.int64)
    return ((first - _MIDNIGHT_1970).astype(np.int64) + day - 1) * 86_400_000_000, good
