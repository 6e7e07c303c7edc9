"""Organisations: the tree city > district > street > community > grid, and departments without territory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

__all__ = ["ROOT", "ROOT_KEY", "Level", "Organisation", "OrganisationDraft"]

ROOT = "city"
"""Id of the organisation that always exists, above all districts."""

ROOT_KEY = 1
"""Its key."""


class Level(StrEnum):
    """Levels of government, highest first; a department may hang below any of them."""

    CITY = "city"
    DISTRICT = "district"
    STREET = "street"
    COMMUNITY = "community"
    GRID = "grid"
    DEPARTMENT = "department"

    def may_stand_below(self, parent: Level) -> bool:
        """Levels may be left out, not turned round; below a department there are departments only."""
        if self is Level.DEPARTMENT:
            return True
        return parent is not Level.DEPARTMENT and _ORDER[parent] < _ORDER[self]


_ORDER = {level: place for place, level in enumerate(Level)}


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationDraft:
    """What people say of an organisation. parent: id, None for the root. territory: GeoJSON, None without one."""

    id: str
    parent: str | None
    level: Level
    name: str
    code: str | None = None
    territory: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation(OrganisationDraft):
    """One node of the tree, stored. version: counts its changes."""

    key: int
    version: int = 1
