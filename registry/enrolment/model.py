"""Enrolment codes: short enough to type, random enough not to be guessed while they last. Pure but for the dice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

__all__ = ["ALPHABET", "LIFETIME", "as_typed", "new_code"]

LIFETIME = timedelta(minutes=15)
"""Of a code."""

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U, which people mistake for others."""

_GROUPS, _SIGNS = 3, 4
_MISTAKEN = str.maketrans({"I": "1", "L": "1", "O": "0", "-": "", " ": ""})


def new_code(choose: Callable[[Sequence[str]], str]) -> str:
    """60 bits as ABCD-EFGH-JKMN. choose: one sign of a sequence, from a source that nobody can guess."""
    return "-".join("".join(choose(ALPHABET) for _ in range(_SIGNS)) for _ in range(_GROUPS))


def as_typed(code: str) -> str:
    """The code as it was made, whatever case, blanks and mistakable letters somebody typed."""
    signs = code.upper().translate(_MISTAKEN)
    return "-".join(signs[at : at + _SIGNS] for at in range(0, len(signs), _SIGNS))
