"""Numbers: what is one, what agrees with it, and what is left to see of it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.privacy.model import (
    Number,
    check_character,
    identity_fault,
    mask,
    normalised,
    number_fault,
    told_by_identity,
)

STANDARD = "11010519491231002X"
"""The example of GB 11643-1999."""

BORN = st.dates(date(1900, 1, 1), date(2030, 12, 31))


def identity(region: int, born: date, order: int) -> str:
    digits = f"{region:06}{born:%Y%m%d}{order:03}"
    return digits + check_character(digits)


@given(st.integers(0, 999_999), BORN, st.integers(0, 999))
def test_a_number_says_the_birth_date_and_gender_it_was_made_of(region: int, born: date, order: int) -> None:
    number, gender = identity(region, born, order), "male" if order % 2 else "female"
    assert told_by_identity(number) == (born, gender)
    assert identity_fault(number, birth_date=born, gender=gender) is None


@given(st.integers(0, 999_999), BORN, st.integers(0, 999), st.data())
def test_one_wrong_digit_is_found(region: int, born: date, order: int, data: st.DataObject) -> None:
    number = identity(region, born, order)
    place = data.draw(st.integers(0, 16))
    digit = data.draw(st.sampled_from([one for one in "0123456789" if one != number[place]]))
    assert identity_fault(number[:place] + digit + number[place + 1 :]) is not None


@given(st.integers(0, 999_999), BORN, st.integers(0, 999), st.integers(0, 15))
def test_two_neighbours_in_each_others_place_are_found(region: int, born: date, order: int, place: int) -> None:
    number = identity(region, born, order)
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert swapped == number or identity_fault(swapped) is not None


def test_the_example_of_the_standard_is_one() -> None:
    assert identity_fault(STANDARD) is None
    assert told_by_identity(STANDARD) == (date(1949, 12, 31), "female")


@pytest.mark.parametrize(
    ("number", "why"),
    [
        ("110105194912310021", "last character"),
        ("11010519491331002X", "birth date"),
        ("110105491231002", "18 characters"),
        ("", "18 characters"),
        ("E1", "18 characters"),
    ],
)
def test_what_is_none_is_told_why(number: str, why: str) -> None:
    assert why in (identity_fault(number) or "")


def test_a_birth_date_or_gender_that_disagrees_is_told() -> None:
    assert "1949-12-31" in (identity_fault(STANDARD, birth_date=date(1949, 12, 30)) or "")
    assert "female" in (identity_fault(STANDARD, gender="male") or "")


def test_other_papers_are_taken() -> None:
    assert identity_fault("E12345678", gender="male") is None
    assert told_by_identity("E12345678") == (None, None)


@pytest.mark.parametrize(
    ("kind", "text", "plain"),
    [
        (Number.IDENTITY, " 110105 19491231 002x ", STANDARD),
        (Number.TELEPHONE, "+86 138-0013-8000", "13800138000"),
        (Number.TELEPHONE, "0086 13800138000", "13800138000"),
        (Number.TELEPHONE, "(0591) 8755 1234", "059187551234"),
        (Number.TELEPHONE, "+7 700 000 00 17", "+77000000017"),
    ],
)
def test_a_number_is_the_same_however_it_is_written(kind: Number, text: str, plain: str) -> None:
    assert normalised(kind, text) == plain
    assert number_fault(kind, plain) is None


@given(st.sampled_from(list(Number)), st.text(max_size=40))
def test_normalising_twice_changes_nothing_more(kind: Number, text: str) -> None:
    once = normalised(kind, text)
    assert normalised(kind, once) == once


def test_masks_as_people_know_them() -> None:
    assert mask("350102199001011234") == "350102********1234"
    assert mask("13800131234") == "138****1234"
    assert mask("12345") == "*****"


@given(st.text("0123456789X", min_size=0, max_size=20))
def test_a_mask_keeps_the_length_and_hides_the_middle(plain: str) -> None:
    masked = mask(plain)
    assert len(masked) == len(plain)
    assert masked.count("*") >= min(len(plain), 4)
