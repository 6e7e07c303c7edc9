"""The work diary: entries about visits, and how the sample that is rated is drawn. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

__all__ = ["Drawing", "to_draw"]

Drawing = Mapping[str, Sequence[str]]
"""Entries by member."""


def to_draw(waiting: Drawing, drawn: Mapping[str, int], size: int) -> dict[str, int]:
    """How many entries of each member are to be drawn yet: never more than `size` with those drawn already."""
    wanted = {
        member: min(len(entries), size - drawn.get(member, 0)) for member, entries in waiting.items() if entries
    }  # fmt: skip
    return {member: count for member, count in wanted.items() if count > 0}
