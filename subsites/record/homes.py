"""Where a household lives and who its head is, in SQL, for rooms that list households. The household is h."""

from __future__ import annotations

from typing import Final

__all__ = ["ADDRESS", "HOME", "of_head"]

HOME: Final = "LEFT JOIN houses u ON u.key = h.house LEFT JOIN buildings b ON b.key = u.building"
"""Joins its house u and building b."""

ADDRESS: Final = "nullif(concat_ws(' ', coalesce(nullif(b.address, ''), nullif(b.name, ''), b.id), u.number), '')"
"""The building's address, else its name, else its id; and the door. NULL where it has no house."""


def of_head(column: str) -> str:
    """A column of its head, else of who came first."""
    return f"""(SELECT f.{column} FROM people f WHERE f.household = h.key AND f.ended_at IS NULL
                ORDER BY f.relation = 'head' DESC NULLS LAST, f.key LIMIT 1)"""
