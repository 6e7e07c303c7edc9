"""The bodies of /themes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, Field

from registry.api.fields import Id, Line

__all__ = ["PeriodQuery", "ThemeFigures", "ThemeIn", "ThemeList", "ThemeOut"]

_Codes = Annotated[list[Id], Field(max_length=500)]


class PeriodQuery(BaseModel, extra="forbid"):
    """from, to: local days of the report, both included; left out: the last thirty."""

    organisation: str | None = Field(None, max_length=128, description="id; its whole subtree")
    begins: date | None = Field(None, alias="from")
    ends: date | None = Field(None, alias="to")


class ThemeIn(BaseModel, extra="forbid"):
    """classes: of the catalogue of kinds; kinds: codes, which go before classes. version: the one you saw."""

    version: int = Field(ge=1, le=2**31 - 1)
    name_en: Annotated[Line, Field(max_length=60)]
    name_zh: Annotated[Line, Field(max_length=60)]
    classes: _Codes
    kinds: _Codes


class ThemeOut(BaseModel):
    """A theme."""

    code: str
    version: int
    name_en: str
    name_zh: str
    classes: list[str]
    kinds: list[str]


class Counts(BaseModel):
    """Of incidents that were reported in the period; open and overdue: of those, now. on_time: closed within limits."""

    reported: int
    closed: int
    on_time: int
    open: int
    overdue: int


class ThemeCounts(ThemeOut, Counts):
    """A theme and what was counted."""


class ThemeList(BaseModel):
    """Themes, in order. without: incidents of kinds that belong to none."""

    items: list[ThemeCounts]
    without: int


class KindCounts(Counts):
    """Of one kind."""

    code: str
    name_en: str
    name_zh: str


class GridCounts(Counts):
    """Of one grid, or of what lies above where no grid holds the place."""

    id: str
    name: str
    level: str


class OpenIncident(BaseModel):
    """An open incident, to be opened at the dispatch desk. due_at: of the clock that runs, None where none does."""

    id: str
    state: str
    priority: int
    name_en: str
    name_zh: str
    address: str | None
    organisation_name: str
    reported_at: datetime
    due_at: datetime | None
    overdue: bool


class ThemeFigures(ThemeCounts):
    """kinds: the most frequent first; grids: the hottest first; incidents: open ones, overdue and urgent first."""

    by_kind: list[KindCounts]
    grids: list[GridCounts]
    incidents: list[OpenIncident]
