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
    """A selection made ready to be asked of rows. Those that are not shown never pass."""

    def __init__(self, table: Columns, selection: Selection, organisations: Flags | None) -> None:
        """organisations: by registry key, the last entry standing for all beyond."""
        self._table, self._selection, self._organisations = table, selection, organisations

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
    """Makes choices over one table; remembers the flags of the organisations asked for lately (64 sets)."""

    def __init__(self, table: Columns) -> None:
        self._table = table
        self._flags: dict[frozenset[int], Flags] = {}

    def choice(self, selection: Selection) -> Choice:
        """Ready to be asked; good until the next change of the table."""
        wanted = selection.organisations
        return Choice(self._table, selection, None if wanted is None else self._flags_of(wanted))

    def _flags_of(self, organisations: frozenset[int]) -> Flags:
        flags = self._flags.get(organisations)
        if flags is None:
            if len(self._flags) >= _MOST_REMEMBERED:
                del self._flags[next(iter(self._flags))]
            flags = self._flags[organisations] = organisation_flags(organisations)
        return flags


def organisation_flags(organisations: frozenset[int]) -> Flags:
    """True at the keys named; the last entry is False and stands for all keys beyond (`take` with mode "clip")."""
    flags = np.zeros(max(organisations, default=0) + 2, np.bool_)
    flags[list(organisations)] = True
    return flags
