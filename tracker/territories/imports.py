"""Imports of organisations and grids that warn of territories that do not fit."""

from __future__ import annotations

from dataclasses import replace

from registry.imports.kinds import KINDS
from tracker.territories.service import warnings_near

__all__ = ["WITH_TERRITORY"]

WITH_TERRITORY = {name: replace(KINDS[name], inspect=warnings_near) for name in ("organisations", "grids")}
"""In place of those of the registry, which knows no geometry."""
