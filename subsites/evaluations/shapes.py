"""The bodies of /evaluations and of what the public says."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from subsites.evaluations.model import By, Tag
from subsites.record.shapes import CodeIn, RoomQuery, Text

__all__ = ["EvaluationOut", "EvaluationPage", "EvaluationQuery", "RateIn", "RatedOut", "ResultList", "ResultQuery"]

Subject = Literal["requests", "tickets"]


class RateIn(CodeIn):
    """score: 1 (bad) to 5 (very good)."""

    score: int = Field(ge=1, le=5)
    tags: Annotated[list[Tag], Field(max_length=len(Tag))] = Field(default_factory=list)
    comment: Text | None = None

    def said(self) -> dict[str, Any]:
        """The evaluation, but for the code."""
        return {"score": self.score, "tags": sorted(set(self.tags)), "comment": self.comment}


class RatedOut(BaseModel):
    """What was said of a ticket or request (id)."""

    of: str
    score: int


class EvaluationOut(BaseModel):
    """An evaluation. of: id of the ticket or request; ended_at: None while a low score waits for a follow-up."""

    id: str
    version: int
    organisation: str
    organisation_name: str
    subject: Subject
    of: str
    window: str | None
    window_name: str | None
    service_en: str | None
    service_zh: str | None
    score: int
    tags: list[Tag]
    comment: str | None
    follow_up: str | None
    followed_up_by: str | None
    at: datetime
    ended_at: datetime | None


class EvaluationPage(BaseModel):
    """Evaluations, the newest first."""

    items: list[EvaluationOut]
    next: str | None


class EvaluationQuery(RoomQuery):
    """Which ones. open: low ones that wait for a follow-up."""

    subject: Subject | None = None
    most: int = Field(5, ge=1, le=5, description="only scores up to this one")


class ResultQuery(BaseModel, extra="forbid"):
    """from, to: days, both included; left out: the last thirty."""

    by: By = By.ORGANISATION
    organisation: str | None = Field(None, max_length=128, description="id; its whole subtree")
    begins: date | None = Field(None, alias="from")
    ends: date | None = Field(None, alias="to")


class ResultOut(BaseModel):
    """A group. scores: how many gave 1, 2, 3, 4, 5. open: low ones that wait for a follow-up."""

    id: str | None
    name_en: str | None
    name_zh: str | None
    evaluations: int
    mean: float
    scores: list[int]
    low: int
    open: int


class ResultList(BaseModel):
    """All together, and the groups, the lowest mean first; of days, in order."""

    whole: ResultOut | None
    items: list[ResultOut]
