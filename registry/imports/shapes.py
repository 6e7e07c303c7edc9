"""What a row of each kind may say. A column that is not there keeps what is stored; an empty cell clears it."""

from __future__ import annotations

import json
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from registry.api.fields import SEPARATOR, Id, Line, Listed, Seconds
from registry.imports.rows import Row
from registry.members.model import MOST_GRIDS, MOST_POSTS, MOST_SKILLS
from registry.organisations.model import Level
from registry.organisations.territory import territory_from

__all__ = ["DeviceShape", "GridShape", "MemberShape", "OrganisationShape", "Reason", "Shape", "fault_of"]


class Reason(str):
    """Why a row is refused, in words. column: the one at fault; None where it is the row as a whole."""

    __slots__ = ("column",)

    column: str | None

    def __new__(cls, words: str, column: str | None = None) -> Self:
        """It, about that column."""
        reason = super().__new__(cls, words)
        reason.column = column
        return reason


class Shape(BaseModel):
    """A row, validated; None where the cell was empty."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: Id

    def has(self, column: str) -> bool:
        """Whether the file has that column."""
        return column in self.model_fields_set


class OrganisationShape(Shape):
    """parent: empty, the city. territory: GeoJSON, as text or as a feature's geometry."""

    name: Line
    level: Level
    parent: Id | None = None
    code: Line | None = None
    territory: dict[str, Any] | None = None

    @field_validator("territory", mode="before")
    @classmethod
    def _read(cls, value: Any) -> Any:
        if value is None:
            return None
        return territory_from(json.loads(value) if isinstance(value, str) else value)


class GridShape(OrganisationShape):
    """A grid; it may leave its level out."""

    level: Level = Level.GRID

    @field_validator("level", mode="before")
    @classmethod
    def _is_grid(cls, value: Any) -> Any:
        if value not in (None, Level.GRID):
            raise ValueError("a row of grids has the level grid: import others as organisations")
        return Level.GRID


class MemberShape(Shape):
    """device: id of what the member carries, added where it is not there. token: of that device.

    post, grids, skills: several with SEPARATOR between.
    """

    name: Line
    organisation: Id
    post: list[Listed] = Field(default_factory=list, max_length=MOST_POSTS)
    grids: list[Id] = Field(default_factory=list, max_length=MOST_GRIDS)
    skills: list[Listed] = Field(default_factory=list, max_length=MOST_SKILLS)
    phone: Line | None = None
    on_duty: bool | None = None
    device: str | None = Field(None, max_length=128)
    token: str | None = None

    @field_validator("post", "grids", "skills", mode="before")
    @classmethod
    def _several(cls, value: Any) -> Any:
        parts = [part.strip() for part in value.split(SEPARATOR)] if isinstance(value, str) else value or []
        return list(dict.fromkeys(part for part in parts if part))


class DeviceShape(Shape):
    """organisation: empty, the member's, else the city. token: empty, as it was."""

    id: str = Field(min_length=1, max_length=128)
    member: Id | None = None
    organisation: Id | None = None
    token: str | None = None
    require_token: bool | None = None
    dialect: str | None = None
    stale_after_s: Seconds | None = None
    silent_after_s: Seconds | None = None


def fault_of(error: ValidationError, row: Row) -> Reason:
    """Why a row does not fit, in words: the first fault."""
    fault = error.errors(include_url=False)[0]
    column = str(fault["loc"][0]) if fault["loc"] else "row"
    if row.get(column) is None:
        return Reason(f"{column} must be filled", column)
    return Reason(f"{column}: {fault['msg'].removeprefix('Value error, ')}", column)
