"""Which sums a period is added up from: of months that are summed and lie in it as a whole, elsewhere of days. Pure."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

__all__ = ["Piece", "month_after", "month_of", "pieces"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Sums in a row: of days or months that begin from begins up to ends, without it. back: see pieces."""

    monthly: bool
    begins: date
    ends: date
    back: int


def pieces(begins: date, ends: date, before: int, months: Container[date]) -> list[Piece]:
    """Of the days from begins up to ends (back 0), and of so many periods of that length before them (back 1, …)."""
    length = ends - begins
    return [
        piece
        for back in range(before + 1)
        for piece in _joined(_cut(begins - back * length, ends - back * length, back, months))
    ]


def month_of(day: date) -> date:
    """Its first day."""
    return day.replace(day=1)


def month_after(month: date) -> date:
    """The first day of the next one."""
    return month_of(month + timedelta(days=31))


def _cut(begins: date, ends: date, back: int, months: Container[date]) -> Iterator[Piece]:
    """A piece a month."""
    while begins < ends:
        until = min(month_after(month_of(begins)), ends)
        whole = begins in months and until == month_after(begins)
        yield Piece(monthly=whole, begins=begins, ends=until, back=back)
        begins = until


def _joined(found: Iterator[Piece]) -> list[Piece]:
    """The same, those of one sort that follow each other as one."""
    joined: list[Piece] = []
    for piece in found:
        if joined and joined[-1].monthly == piece.monthly:
            joined[-1] = replace(joined[-1], ends=piece.ends)
        else:
            joined.append(piece)
    return joined
