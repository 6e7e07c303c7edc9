"""Gridwarden's own JSON: one fix object, or an array of them (`json_fix_rule` draws the object).

A bad object costs itself only: it is refused with its index and a reason. A body that is not JSON, neither object nor
array, or longer than MOST_FIXES is refused whole.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np
import orjson

from tracker.model.batch import Extra, FixBatch
from tracker.protocols.errors import DecodeError
from tracker.protocols.json_fix_columns import batch_of_columns, columns_of_objects
from tracker.protocols.json_fix_rule import NUMBERS, JsonRow, row_of_object

__all__ = ["MOST_FIXES", "DecodedFixes", "TooManyFixes", "decode_fixes", "decode_objects", "load_json"]

MOST_FIXES = 10_000
_WORTH_COLUMNS = 6  # below that the rule is faster


class TooManyFixes(DecodeError):
    """More fixes in one message than MOST_FIXES."""


@dataclass(frozen=True, slots=True)
class DecodedFixes:
    """What could be read and what could not.

    batch: the readable fixes in the order sent; rows: the index of each in the message. rejected: (index, reason),
    by index.
    """

    batch: FixBatch
    rows: list[int]
    rejected: list[tuple[int, str]]


def decode_fixes(body: bytes, *, device: int, received_at: int) -> DecodedFixes:
    """Read a message of one device. device: its key; received_at: microseconds since 1970. Raises DecodeError."""
    value, is_strict = load_json(body)
    return decode_objects(
        value if isinstance(value, list) else [value], device=device, received_at=received_at, is_strict=is_strict
    )


def decode_objects(objects: list[object], *, device: int, received_at: int, is_strict: bool = True) -> DecodedFixes:
    """Read parsed objects; is_strict: as `load_json` said. Raises TooManyFixes."""
    if len(objects) > MOST_FIXES:
        raise TooManyFixes(f"more than {MOST_FIXES} fixes in one message")
    columns = columns_of_objects(objects) if is_strict and len(objects) >= _WORTH_COLUMNS else None
    if columns is not None:
        return DecodedFixes(
            batch_of_columns(columns, device=device, received_at=received_at), list(range(len(objects))), []
        )
    return _one_by_one(objects, device=device, received_at=received_at)


def load_json(body: bytes | str) -> tuple[object, bool]:
    """The value of a JSON text, and whether it kept to the standard.

    NaN, Infinity and numbers too large are let through as floats that no rule accepts, so that they cost only
    the fix they stand in. Raises DecodeError.
    """
    try:
        return orjson.loads(body), True
    except orjson.JSONDecodeError:
        pass
    try:
        return json.loads(body.decode() if isinstance(body, bytes) else body), False
    except (ValueError, RecursionError) as error:
        raise DecodeError(f"not JSON: {error}", body[:200] if isinstance(body, bytes) else b"") from None


def _one_by_one(objects: list[object], *, device: int, received_at: int) -> DecodedFixes:
    read: list[JsonRow] = []
    rows: list[int] = []
    rejected: list[tuple[int, str]] = []
    for index, one in enumerate(objects):
        try:
            read.append(row_of_object(one))
        except DecodeError as refusal:
            rejected.append((index, refusal.reason))
        else:
            rows.append(index)
    return DecodedFixes(_batch_of_rows(read, device=device, received_at=received_at), rows, rejected)


def _batch_of_rows(read: list[JsonRow], *, device: int, received_at: int) -> FixBatch:
    times = np.fromiter((time for time, _, _ in read), np.int64, len(read))
    numbers = np.array([row for _, row, _ in read], np.float64).reshape(-1, len(NUMBERS)).T
    extras: dict[int, Extra] = {row: extra for row, (_, _, extra) in enumerate(read) if extra is not None}
    return batch_of_columns((times, numbers, extras), device=device, received_at=received_at)
