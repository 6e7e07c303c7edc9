"""The bodies of /appraisal: periods, league tables, scores explained."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from insight.appraisal.rules import Level

__all__ = [
    "CorrectionOut",
    "ItemOut",
    "LineOut",
    "MeasureOut",
    "PeriodId",
    "PeriodList",
    "PeriodOut",
    "PeriodQuery",
    "PlaceOut",
    "RankedOut",
    "RankingOut",
    "RankingQuery",
    "ScoreOut",
    "TrendOut",
    "VerdictList",
    "VerdictOut",
]

PeriodId = Annotated[str, Field(pattern=r"^\d{4}-(\d{2}|Q[1-4])$")]


class PeriodOut(BaseModel):
    """number, frozen_at, sha256: null of the running one. previous: the hash it is chained to."""

    number: int | None
    period: str
    starts_at: datetime
    ends_at: datetime
    rules: int
    frozen_at: datetime | None
    previous: str | None
    sha256: str | None


class PeriodList(BaseModel):
    """The running period first, then those frozen, the newest first."""

    items: list[PeriodOut]


class VerdictOut(BaseModel):
    """Whether a frozen period still is what was frozen. faults: sentences."""

    period: str
    number: int
    sha256: str
    holds: bool
    faults: list[str]
    scores: int


class VerdictList(BaseModel):
    """The oldest first."""

    items: list[VerdictOut]


class MeasureOut(BaseModel):
    """What one rule made of a score. value: of a measure, null over nothing."""

    code: str
    points: float
    possible: float
    value: float | None
    of: int
    reached: int


class Standing(BaseModel):
    """A score in short. total_before: in the period before, null unknown; few: too few incidents for a rank."""

    id: str
    name: str
    organisation: str
    total: float
    total_before: float | None
    possible: float
    due: int
    few: bool


class RankedOut(Standing):
    """A row of a league table. rank: null over too few incidents; rank_before: in the period before, null unknown."""

    organisation_name: str
    rank: int | None
    rank_before: int | None
    measures: list[MeasureOut]


class RankingOut(BaseModel):
    """The best first; those over few incidents last."""

    period: str
    before: str | None
    level: Level
    counted_at: datetime | None
    items: list[RankedOut]


class ItemOut(BaseModel):
    """What a rule counted. points: what it cost."""

    points: float
    incident: str | None
    entry: str | None
    at: datetime | None
    why: str


class LineOut(MeasureOut):
    """A rule and what it counted; left_out: how many items more there are."""

    items: list[ItemOut]
    left_out: int


class PlaceOut(BaseModel):
    """The score's place among its level below an organisation."""

    organisation: str
    name: str
    level: str
    rank: int
    of: int


class TrendOut(BaseModel):
    """A period's score."""

    period: str
    total: float
    possible: float
    few: bool


class CorrectionOut(BaseModel):
    """On record. points: added."""

    points: float
    reason: str
    made_by: str
    made_at: datetime
    objection: str | None


class ScoreOut(Standing):
    """A score explained. raw: before corrections; trend: of this period and those before it."""

    period: str
    before: str | None
    level: Level
    raw: float
    deferred: int
    counted_at: datetime
    lines: list[LineOut]
    places: list[PlaceOut]
    trend: list[TrendOut]
    corrections: list[CorrectionOut]


class PeriodQuery(BaseModel, extra="forbid"):
    """period: left out, the running one."""

    period: PeriodId | None = None


class RankingQuery(PeriodQuery):
    """organisation: id; its subtree alone."""

    level: Level = "grid"
    organisation: str | None = Field(None, max_length=128)
