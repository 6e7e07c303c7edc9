"""The bodies of /assistance, in and out."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Self

from pydantic import AwareDatetime, BaseModel, Field, model_validator

from registry.api.fields import Id, Line
from subsites.assistance.model import Kind, Result, State
from subsites.record.shapes import EntryOut, Latitude, Longitude, RoomQuery, Text, VersionIn

__all__ = [
    "CaseDetail", "CaseIn", "CaseOut", "CasePage", "CaseQuery", "CloseIn", "MineList", "PlanIn", "StepIn",
    "VisitIn",
]  # fmt: skip


class Planned(BaseModel, extra="forbid"):
    """Something to do. due_on: by when."""

    text: Annotated[Line, Field(max_length=200)]
    due_on: date | None = None


class Plan(BaseModel, extra="forbid"):
    """helper: a member's id; next_visit_on: the day of the next visit; steps: what is to be done, in order."""

    helper: Id | None = None
    next_visit_on: date | None = None
    steps: list[Planned] = Field([], max_length=30)


class CaseIn(Plan):
    """Who needs what: a household, or a person, who lives in one."""

    household: Id | None = None
    person: Id | None = None
    kind: Kind
    title: Annotated[Line, Field(max_length=120)]
    need: Text

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        if (self.household is None) == (self.person is None):
            raise ValueError("say a household or a person")
        return self


class PlanIn(Plan, VersionIn):
    """What is to be done from now on; steps that are not done yet are replaced."""


class StepIn(VersionIn):
    """number: of the step that is done."""

    number: int = Field(ge=1, le=32_000)


class VisitIn(BaseModel, extra="forbid"):
    """A visit. at: when, not after now; next_visit_on: the next, left out: none is fixed."""

    at: AwareDatetime
    note: Text
    next_visit_on: date | None = None
    latitude: Latitude | None = None
    longitude: Longitude | None = None


class CloseIn(VersionIn):
    """How it ended."""

    result: Result
    outcome: Text


class CaseOut(BaseModel):
    """A case. name: of the person or the head of the household, masked. helper: a member's id."""

    id: str
    version: int
    organisation: str
    organisation_name: str
    state: State
    kind: Kind
    household: str
    person: str | None
    title: str
    address: str | None
    name: str | None
    helper: str | None
    helper_name: str | None
    next_visit_on: date | None
    visits: int
    visited_at: datetime | None
    result: Result | None
    author: str
    created_at: datetime
    ended_at: datetime | None


class StepOut(Planned, extra="ignore"):
    """A step, and who did it when."""

    number: int
    done_at: datetime | None
    done_by: str | None


class VisitOut(BaseModel):
    """A visit."""

    at: datetime
    by_name: str
    note: str
    latitude: float | None
    longitude: float | None


class CaseDetail(CaseOut):
    """With what is needed, planned and done. Steps in order, visits the newest first."""

    need: str
    outcome: str | None
    steps: list[StepOut]
    visited: list[VisitOut]
    log: list[EntryOut]


class CasePage(BaseModel):
    """Cases, the newest first."""

    items: list[CaseOut]
    next: str | None


class MineList(BaseModel):
    """What a member helps with, for a handheld that works without a network."""

    items: list[CaseDetail]


class CaseQuery(RoomQuery):
    """Which ones."""

    state: State | None = None
    kind: Kind | None = None
    overdue: bool = Field(False, description="only those whose next visit should have been before today")
