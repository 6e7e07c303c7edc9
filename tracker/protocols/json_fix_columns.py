"""The common shape of a batch of JSON fixes, read as columns: ten times the rule's speed, and the same answer.

Whatever is unusual (an unknown member, null, another time format, a number out of range, anything wrong) makes
`columns_of_objects` say None, and the rule of `json_fix_rule` decides object by object.
"""

from __future__ import annotations

from itertools import chain
from math import inf, nan

import numpy as np
import numpy.typing as npt

from tracker.model.batch import Extra, FixBatch, Longs
from tracker.protocols.errors import DecodeError
from tracker.protocols.json_fix_rule import KNOWN, LOWEST_HIGHEST, NUMBERS, REQUIRED, event_word
from tracker.protocols.values import LARGEST

__all__ = ["batch_of_columns", "columns_of_objects"]

Doubles = npt.NDArray[np.float64]
Columns = tuple[Longs, Doubles, dict[int, Extra]]
"""Microseconds since 1970, shape (n,); the NUMBERS, shape (8, n), NaN where unknown; extras by row."""

_COURSE = NUMBERS.index("course")
_LIMITS = [LOWEST_HIGHEST.get(name, (-inf, inf)) for name in NUMBERS]
_BELOW_LARGEST = float(np.nextafter(LARGEST, 0))
_LOWEST = np.array([[max(low, -_BELOW_LARGEST)] for low, _ in _LIMITS])
_HIGHEST = np.array([[min(high, _BELOW_LARGEST)] for _, high in _LIMITS])

_PATTERNS = {20: b"dddd-dd-ddTdd:dd:ddZ", 24: b"dddd-dd-ddTdd:dd:dd.dddZ"}
_PATTERN = {width: np.frombuffer(pattern, np.uint8) for width, pattern in _PATTERNS.items()}
_DIGITS = {width: np.flatnonzero(pattern == ord("d")) for width, pattern in _PATTERN.items()}
_SIGNS = {width: np.flatnonzero(pattern != ord("d")) for width, pattern in _PATTERN.items()}
_YEAR_1 = int(np.datetime64("0001-01-01", "us").astype(np.int64))


def columns_of_objects(objects: list[object]) -> Columns | None:
    """Columns of at least one object, all of the common shape; None when any is not."""
    if set(map(type, objects)) != {dict}:
        return None
    by_name = _columns_by_name(objects)  # type: ignore[arg-type]  # checked just above
    if by_name is None:
        return None
    times = _times(by_name["time"])
    numbers = _numbers(by_name, len(objects))
    extras = _extras(by_name.get("event"))
    return None if times is None or numbers is None or extras is None else (times, numbers, extras)


def batch_of_columns(columns: Columns, *, device: int, received_at: int) -> FixBatch:
    """Columns of one device as a batch."""
    times, numbers, extras = columns
    narrow = numbers[2:].astype(np.float32)
    return FixBatch(
        device=np.full(len(times), device, np.int32),
        fix_time=times,
        received_at=np.full(len(times), received_at, np.int64),
        latitude=numbers[0],
        longitude=numbers[1],
        speed=narrow[0],
        course=narrow[1],
        altitude=narrow[2],
        accuracy=narrow[3],
        hdop=narrow[4],
        battery=narrow[5],
        extras=extras,
    )


def _columns_by_name(rows: list[dict[str, object]]) -> dict[str, list[object]] | None:
    """One list a member. Rows mostly have the same members in the same order; then no name is looked up."""
    names = tuple(rows[0])
    if all(map(names.__eq__, map(tuple, rows))):
        flat = list(chain.from_iterable(map(dict.values, rows)))
        columns = {name: flat[place :: len(names)] for place, name in enumerate(names)}
    else:
        every: set[str] = set().union(*rows)
        columns = {name: [row.get(name, nan) for row in rows] for name in every & KNOWN}
        names = tuple(every)
    return columns if KNOWN.issuperset(names) and REQUIRED.issubset(names) else None


def _numbers(by_name: dict[str, list[object]], n: int) -> Doubles | None:
    numbers = np.full((len(NUMBERS), n), nan)
    for place, name in enumerate(NUMBERS):
        column = by_name.get(name)
        if column is None:
            continue
        if not {float, int}.issuperset(map(type, column)):
            return None
        numbers[place] = column
    if np.isnan(numbers[:2]).any() or (numbers < _LOWEST).any() or (numbers > _HIGHEST).any():
        return None
    numbers[_COURSE][numbers[_COURSE] == 360] = 0
    return numbers


def _extras(events: list[object] | None) -> dict[int, Extra] | None:
    if events is None:
        return {}
    try:
        return {row: Extra(event_word(event)) for row, event in enumerate(events) if event is not nan}
    except DecodeError:
        return None


def _times(texts: list[object]) -> Longs | None:
    """Microseconds since 1970 of `2026-11-24T01:02:03Z` or `2026-11-24T01:02:03.456Z`, all of one width."""
    if set(map(type, texts)) != {str} or len(widths := set(map(len, texts))) != 1:  # type: ignore[arg-type]  # all str
        return None
    width = widths.pop()
    joined = "".join(texts)  # type: ignore[arg-type]  # all str
    if width not in _PATTERN or not joined.isascii():
        return None
    grid = np.frombuffer(joined.encode(), np.uint8).reshape(-1, width)
    if ((grid[:, _DIGITS[width]] - 48) > 9).any() or (grid[:, _SIGNS[width]] != _PATTERN[width][_SIGNS[width]]).any():
        return None
    try:
        times = np.ascontiguousarray(grid[:, :-1]).view(f"S{width - 1}").ravel().astype("datetime64[us]")
    except ValueError:  # a month 13, a 30 February
        return None
    us: Longs = times.astype(np.int64)
    return us if (us >= _YEAR_1).all() else None
