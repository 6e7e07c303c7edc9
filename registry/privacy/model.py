"""Numbers that are sealed: how they are written, masked and checked. Pure.

An identity number (GB 11643) is six digits of a region, eight of the birth date, three of an order (odd: male) and a
check character after ISO 7064 MOD 11-2. Other papers have letters; of them only the length is known.
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum

__all__ = [
    "Number",
    "check_character",
    "identity_fault",
    "mask",
    "normalised",
    "number_fault",
    "told_by_identity",
]


class Number(StrEnum):
    """What is sealed."""

    IDENTITY = "identity"
    TELEPHONE = "telephone"


_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_IDENTITY = re.compile(r"[0-9]{17}[0-9X]")
_OTHER_PAPER = re.compile(r"(?=.*[A-Z])[0-9A-Z]{5,20}")
_TELEPHONE = re.compile(r"\+?[0-9]{3,15}")
_BETWEEN = re.compile(r"[\s\-()（）·.]+")


def normalised(kind: Number, text: str) -> str:
    """As it is sealed and searched: no blanks, capitals, no prefix of the country in a Chinese telephone number."""
    plain = _BETWEEN.sub("", text).upper()
    if kind is Number.TELEPHONE:
        plain = re.sub(r"^(?:\+|00)86(?=1[0-9]{10}$)", "", plain)
    return plain


def number_fault(kind: Number, plain: str) -> str | None:
    """Why a normalised number cannot be one, in words; None where it can."""
    if kind is Number.TELEPHONE:
        return None if _TELEPHONE.fullmatch(plain) else "a telephone number has 3 to 15 digits"
    return identity_fault(plain)


def identity_fault(plain: str, *, birth_date: date | None = None, gender: str | None = None) -> str | None:
    """Why it is no identity number, or not of somebody born then of that gender (female, male); None where it may be.

    A number with letters elsewhere than at its end is another paper's, and is taken.
    """
    if _IDENTITY.fullmatch(plain) is None:
        if _OTHER_PAPER.fullmatch(plain):
            return None
        return "an identity number has 18 characters: 17 digits, and a digit or X"
    born, its_gender = told_by_identity(plain)
    if born is None:
        return "digits 7 to 14 of an identity number are a birth date, and these are none"
    if check_character(plain[:17]) != plain[17]:
        return "the last character does not fit the others: one of them is wrong"
    if birth_date not in (None, born):
        return f"the identity number says that the birth date is {born}"
    if gender not in (None, its_gender):
        return f"the identity number says that the gender is {its_gender}"
    return None


def told_by_identity(plain: str) -> tuple[date | None, str | None]:
    """(birth date, gender) of an identity number; None where it says none."""
    if _IDENTITY.fullmatch(plain) is None:
        return None, None
    try:
        born = date(int(plain[6:10]), int(plain[10:12]), int(plain[12:14]))
    except ValueError:
        return None, None
    return born, "male" if int(plain[16]) % 2 else "female"


def check_character(digits: str) -> str:
    """The eighteenth of the seventeen before it."""
    return _CHECKS[sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True)) % 11]


def mask(plain: str) -> str:
    """Enough to tell two apart, too little to use: `350102********1234`, `138****1234`; the length stays."""
    length = len(plain)
    first, last = (6, 4) if length >= 15 else (3, 4) if length >= 11 else (0, 2) if length >= 6 else (0, 0)
    return plain[:first] + "*" * (length - first - last) + plain[length - last :]
