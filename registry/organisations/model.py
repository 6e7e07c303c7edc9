"""Organisations: the tree city > district > street > community > grid, and departments without territory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

__all__ = ["ROOT", "Level", "Organisation"]

ROOT = "city"
"""Id of the organisation that always exists, above all districts."""


class Level(StrEnum):
    """Levels of government, highest first; a department may hang below any of them."""

    CITY = "city"
    DISTRICT = "district"
    STREET = "street"
    COMMUNITY = "community"
    GRID = "grid"
    DEPARTMENT = "department"


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """One node of the tree. parent: its parent's id, None for the root. territory: GeoJSON, None without one."""

    key: int
    id: str
    parent: str | None
    level: Level
    name: str
    code: str | None
    territory: Mapping[str, Any] | None
