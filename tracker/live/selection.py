"""Who is meant: members by organisation, post, presence, motion and duty, judged over columns of the live table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

__all__ = ["Choice", "Columns", "Selection", "Selector", "organisation_flags"]

Rows = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]

_MOST_REMEMBERED = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """None: whatever. organisations: registry keys; presence: a code of tracker.model.presence; post: its word."""

    organisations: frozenset[int] | None = None
    post: str | None = None
    presence: int | None = None
    moving: bool | None = None
    on_duty: bool | None = None


class Columns(Protocol):
    """What is read of the live table."""

    posts: dict[str, int]
    organisation: npt.NDArray[np.int32]
    post: npt.NDArray[np.int32]
    presence: npt.NDArray[np.uint8]
    moving: Flags
    on_duty: Flags
    shown: Flags


class Choice:
    """A selection made ready to be asked of rows. Those that are not shown never pass.

    share: about which part of the rows passes; whoever asks keeps it up for the next.
    """

    def __init__(self, table: Columns, selection: Selection, organisations: Flags | None) -> None:
        """organisations: by registry key, the last entry standing for all beyond."""
        self._table, self._selection, self._organisations = table, selection, organisations
        self.share = 1.0

    def among(self, rows: Rows) -> Flags:
        """Which of these rows pass; shape of `rows`."""
        table, wanted = self._table, self._selection
        passes: Flags = table.shown[rows]
        if wanted.presence is not None:
            passes &= table.presence[rows] == wanted.presence
        if wanted.moving is not None:
            passes &= table.moving[rows] == wanted.moving
        if wanted.on_duty is not None:
            passes &= table.on_duty[rows] == wanted.on_duty
        if wanted.post is not None:
            passes &= table.post[rows] == table.posts.get(wanted.post, -1)
        if self._organisations is not None:
            passes &= self._organisations.take(table.organisation[rows], mode="clip")
        return passes

    def rows(self) -> Rows:
        """Every row that passes, in order; narrowed column by column, so that a rare post costs little."""
        table, wanted = self._table, self._selection
        passes = table.shown.copy()
        if wanted.presence is not None:
            passes &= table.presence == wanted.presence
        if wanted.moving is not None:
            passes &= table.moving == wanted.moving
        if wanted.on_duty is not None:
            passes &= table.on_duty == wanted.on_duty
        if wanted.post is not None:
            passes &= table.post == table.posts.get(wanted.post, -1)
        rows: Rows = np.flatnonzero(passes)
        if self._organisations is not None:
            rows = rows[self._organisations.take(table.organisation[rows], mode="clip")]
        return rows


class Selector:
    """Makes choices over one table; remembers those asked for lately (64)."""

    def __init__(self, table: Columns) -> None:
        self._table = table
        self._choices: dict[Selection, Choice] = {}

    def choice(self, selection: Selection) -> Choice:
        """Ready to be asked; it follows the table."""
        choice = self._choices.get(selection)
        if choice is None:
            if len(self._choices) >= _MOST_REMEMBERED:
                del self._choices[next(iter(self._choices))]
            wanted = selection.organisations
            flags = None if wanted is None else organisation_flags(wanted)
            choice = self._choices[selection] = Choice(self._table, selection, flags)
        return choice


def organisation_flags(organisations: frozenset[int]) -> Flags:
    """True at the keys named; the last entry is False and stands for all keys beyond (`take` with mode "clip")."""
    flags = np.zeros(max(organisations, default=0) + 2, np.bool_)
    flags[list(organisations)] = True
    return flags
