"""Periods are cut into months that are summed, and days."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from insight.statistics.pieces import Piece, month_after, month_of, pieces

DAYS = st.dates(date(2020, 1, 1), date(2026, 12, 31))


def days_of(piece: Piece) -> list[date]:
    return [piece.begins + timedelta(days=row) for row in range((piece.ends - piece.begins).days)]


@given(DAYS, st.integers(1, 1500), st.integers(0, 4), st.sets(DAYS.map(month_of)))
def test_every_day_is_told_once_and_in_its_period(
    begins: date, length: int, before: int, months: set[date]
) -> None:  # fmt: skip
    found = pieces(begins, begins + timedelta(days=length), before, months)
    told = sorted((day, piece.back) for piece in found for day in days_of(piece))
    earliest = begins - timedelta(days=before * length)
    assert told == [(earliest + timedelta(days=row), before - row // length) for row in range((before + 1) * length)]


@given(DAYS, st.integers(1, 1500), st.sets(DAYS.map(month_of)))
def test_months_stand_for_their_days_just_where_they_are_summed_and_whole(
    begins: date, length: int, months: set[date]
) -> None:  # fmt: skip
    ends = begins + timedelta(days=length)
    by_months = {day for piece in pieces(begins, ends, 0, months) if piece.monthly for day in days_of(piece)}
    whole = {month for month in months if begins <= month and month_after(month) <= ends}
    assert by_months == {
        month + timedelta(days=row) for month in whole for row in range((month_after(month) - month).days)
    }


def test_a_year_of_summed_months_is_three_pieces() -> None:
    months = {date(2025, month, 1) for month in range(1, 13)}
    assert pieces(date(2024, 12, 11), date(2025, 12, 11), 0, months) == [
        Piece(monthly=False, begins=date(2024, 12, 11), ends=date(2025, 1, 1), back=0),
        Piece(monthly=True, begins=date(2025, 1, 1), ends=date(2025, 12, 1), back=0),
        Piece(monthly=False, begins=date(2025, 12, 1), ends=date(2025, 12, 11), back=0),
    ]
