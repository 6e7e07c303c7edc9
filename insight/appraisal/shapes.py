"""The bodies of /appraisal, in and out."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, Field

from insight.appraisal.rules import Level, Rules
from registry.api.fields import Id
from registry.api.paging import PageQuery

__all__ = [
    "ChangeOut",
    "CorrectionOut",
    "DecisionIn",
    "FalsificationIn",
    "FalsificationOut",
    "FalsificationPage",
    "FalsificationQuery",
    "ItemOut",
    "JudgementIn",
    "LineOut",
    "MeasureOut",
    "ObjectionIn",
    "ObjectionOut",
    "ObjectionPage",
    "ObjectionQuery",
    "PeriodList",
    "PeriodOut",
    "PeriodQuery",
    "PlaceOut",
    "PreviewIn",
    "PreviewOut",
    "RankedOut",
    "RankingOut",
    "RankingQuery",
    "RulesIn",
    "RulesOut",
    "ScoreOut",
    "VerdictList",
    "VerdictOut",
    "VersionOut",
]

Text = Annotated[str, Field(min_length=1, max_length=4_000)]
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


class RankedOut(BaseModel):
    """A row of a league table. rank: null over too few incidents. *_before: in the period before, null unknown."""

    id: str
    name: str
    organisation: str
    organisation_name: str
    total: float
    total_before: float | None
    possible: float
    due: int
    few: bool
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


class CorrectionOut(BaseModel):
    """On record. points: added."""

    points: float
    reason: str
    made_by: str
    made_at: datetime
    objection: str | None


class ScoreOut(BaseModel):
    """A score explained. raw: before corrections."""

    period: str
    before: str | None
    level: Level
    id: str
    name: str
    organisation: str
    total: float
    total_before: float | None
    raw: float
    possible: float
    due: int
    deferred: int
    few: bool
    counted_at: datetime
    lines: list[LineOut]
    places: list[PlaceOut]
    corrections: list[CorrectionOut]


class VersionOut(BaseModel):
    """Rules that were made."""

    version: int
    rules: Rules
    note: str
    in_force_from: datetime
    made_by: str
    made_at: datetime


class RulesOut(BaseModel):
    """rules: in force now; version 0 is the preset. newest: what a change must have seen."""

    version: int
    newest: int
    rules: Rules
    versions: list[VersionOut]


class RulesIn(BaseModel, extra="forbid"):
    """seen: the newest version seen, 0 where there is none."""

    rules: Rules
    note: Text
    seen: int = Field(ge=0, le=2**31 - 1)


class PreviewIn(BaseModel, extra="forbid"):
    """Rules to try."""

    rules: Rules


class ChangeOut(BaseModel):
    """A subject's score by the rules it had and by those tried."""

    level: Level
    id: str
    before: float
    after: float
    rank_before: int | None
    rank_after: int | None


class PreviewOut(BaseModel):
    """Of the last frozen period; null where there is none. The 50 largest changes of each level."""

    period: str | None
    items: list[ChangeOut]


class PeriodQuery(BaseModel, extra="forbid"):
    """period: left out, the running one."""

    period: PeriodId | None = None


class RankingQuery(PeriodQuery):
    """organisation: id; its subtree alone."""

    level: Level = "grid"
    organisation: str | None = Field(None, max_length=128)


class ObjectionQuery(PageQuery):
    """Which."""

    state: str | None = Field(None, pattern="^(open|accepted|rejected)$")


class ObjectionIn(BaseModel, extra="forbid"):
    """Against a score. subject: id of the member or organisation; rule, incident: what of it, where it is one thing."""

    level: Level
    subject: Id
    period: PeriodId | None = None
    rule: Id | None = None
    incident: Id | None = None
    reason: Text


class ObjectionOut(BaseModel):
    """An objection and how it was decided. points: the correction."""

    id: str
    version: int
    period: str
    level: Level
    subject: str
    name: str
    organisation: str
    rule: str | None
    incident: str | None
    reason: str
    made_by: str
    made_at: datetime
    state: str
    answer: str | None
    decided_by: str | None
    decided_at: datetime | None
    points: float | None


class ObjectionPage(BaseModel):
    """The newest first."""

    items: list[ObjectionOut]
    next: str | None


class DecisionIn(BaseModel, extra="forbid"):
    """version: the one you saw. points: added to the score where it is accepted; below 0 takes."""

    version: int = Field(ge=1, le=2**31 - 1)
    accepts: bool
    points: Decimal = Field(Decimal(0), ge=-1000, le=1000, decimal_places=2)
    answer: Text


class FalsificationQuery(PageQuery):
    """Which."""

    state: str | None = Field(None, pattern="^(proposed|confirmed|dismissed)$")


class FalsificationIn(BaseModel, extra="forbid"):
    """What looks pretended; note: the evidence in words."""

    incident: Id
    member: Id
    note: Text


class FalsificationOut(BaseModel):
    """sign: far_feedback, mock_location, foreign_photograph or other; evidence: what was seen."""

    id: str
    incident: str
    member: str
    name: str
    organisation: str
    sign: str
    evidence: dict[str, Any]
    proposed_by: str
    proposed_at: datetime
    state: str
    reason: str | None
    decided_by: str | None
    decided_at: datetime | None


class FalsificationPage(BaseModel):
    """The newest first."""

    items: list[FalsificationOut]
    next: str | None


class JudgementIn(BaseModel, extra="forbid"):
    """Whether it was pretended, and why one thinks so."""

    confirms: bool
    reason: Text
