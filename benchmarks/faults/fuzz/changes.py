"""How an input becomes another: as bytes, or as a JSON value, so that most of them reach behind the parser."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import orjson

__all__ = ["bytes_changed", "json_changed"]

_ODD = (
    b"null", b"true", b"false", b"0", b"-1", b"1", b"360", b"2147483648", b"9007199254740992", b"9223372036854775807",
    b"18446744073709551615", b"-0.0", b"1e15", b"1e300", b"-1e-300", b"90.0", b"181.5", b'""', b'"0"', b'"\\u0000"',
    b'"\\u2028"', b'"\\u5b89"', b'"NaN"', b'"%s"' % (b"x" * 300), b'"2026-11-24T01:02:03Z"', b'"2026-02-30T01:02:03Z"',
    b'"-0001"', b'"0001-01-01T00:00:00+23:59"', b'"9999-12-31T23:59:59.999999999999-23:59"', b"[]", b"{}", b"[[]]",
    b"[null]", b'{"": null}', b"[[[[[1]]]]]",
)  # fmt: skip
_RAW = (b"NaN", b"-Infinity", b"1e999", b"1" * 400, b'"\\ud800"', b'"\\u0000"', b"[" * 200)
"""What no value writes."""
_MARK = "#raw#"
_PIECES = (*(bytes([sign]) for sign in b'\0\xff\n,&=%*$"{]-.'), b"", b"9" * 30, b"e9")
"""What means something to one decoder or another."""


def bytes_changed(data: bytes, others: Sequence[bytes], most: int, dice: random.Random) -> bytes:
    """One to five places turned, cut out, doubled, filled with a sign that means something, or with another input's."""
    changed = bytearray(data)
    for _ in range(dice.randint(1, 5)):
        at = dice.randrange(len(changed) + 1)
        end = at + dice.choice((0, 1, 1, 2, 4, 16))
        match dice.randrange(5):
            case 0 if at < len(changed):
                changed[at] ^= 1 << dice.randrange(8)
            case 1:
                del changed[at:end]
            case 2:
                changed[at:at] = changed[at:end] * dice.choice((1, 2, 20))
            case 3:
                other = dice.choice(others)
                start = dice.randrange(len(other) + 1)
                changed[at:end] = other[start : start + dice.choice((1, 4, 16, 64))]
            case _:
                changed[at:end] = dice.choice(_PIECES)
    return bytes(changed[:most])


def json_changed(data: bytes, most: int, dice: random.Random) -> bytes | None:
    """One to three members or elements replaced, taken out or doubled; None where `data` is no JSON."""
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError:
        return None
    for _ in range(dice.randint(1, 3)):
        places = list(_places(value))
        if places:
            _change(places, dice)
        else:
            value = _odd(dice)
    return orjson.dumps(value).replace(b'"#raw#"', dice.choice(_RAW))[:most]


def _places(value: Any) -> list[tuple[Any, Any]]:
    """(container, key or index) of everything inside."""
    found: list[tuple[Any, Any]] = []
    left = [value]
    while left:
        one = left.pop()
        keys = list(one) if isinstance(one, dict) else range(len(one)) if isinstance(one, list) else ()
        found += [(one, key) for key in keys]
        left += [one[key] for key in keys]
    return found


def _change(places: Sequence[tuple[Any, Any]], dice: random.Random) -> None:
    holder, key = dice.choice(places)
    other, its = dice.choice(places)
    match dice.randrange(6):
        case 0:
            del holder[key]
        case 1 if not isinstance(other[its], dict | list):
            holder[key] = other[its]
        case 2 if isinstance(holder, list):
            holder.extend([holder[key]] * dice.choice((1, 3, 10)))
        case 3:
            holder[key] = _MARK
        case 4 if isinstance(holder[key], int | float):
            holder[key] = float(holder[key]) * dice.choice((-1, 0.1, 1e3, 1e12))
        case _:
            holder[key] = _odd(dice)


def _odd(dice: random.Random) -> Any:
    return orjson.loads(dice.choice(_ODD))
