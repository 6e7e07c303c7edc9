"""Inspections: which places are looked at how often, and what is due. Pure.

A plan names places below an organisation and how often each is inspected, by which form. For each of them one
inspection is open at a time: it is made some days before it is due and told to the members of the place's grid, is told
again when it is overdue, and is done by filling the form in about the place. The next is due so many days after that.
A plan or place that ends cancels what is open.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel

__all__ = [
    "Inspection", "InspectionOut", "InspectionState", "Plan", "PlanBefore", "PlanFields", "PlanOut", "PlanRules",
    "Reminder", "Result", "Tally",
]  # fmt: skip


class InspectionState(StrEnum):
    """Where an inspection stands."""

    DUE = "due"
    DONE = "done"
    CANCELLED = "cancelled"


class Result(StrEnum):
    """What an inspection found."""

    OK = "ok"
    FAULTS = "faults"


class PlanRules(BaseModel, frozen=True):
    """What a plan says, and may say otherwise later. kind, risk: of the places, null any; form: code.

    first_due_at: of places that were never inspected by it, and not before they were added.
    """

    name: str
    kind: str | None
    risk: str | None
    form: str
    every_days: int
    remind_days: int
    first_due_at: datetime


class PlanFields(PlanRules, frozen=True):
    """What is said of a plan from the start. organisation: id; places below it."""

    organisation: str


class PlanBefore(PlanRules, frozen=True):
    """What a plan said before by_name changed or ended it. version: of then."""

    version: int
    by_name: str
    changed_at: datetime


class PlanOut(PlanFields, frozen=True):
    """A plan. due: inspections of it that are open, overdue: those of them whose time is over."""

    id: str
    version: int
    by_name: str
    made_at: datetime
    ended_at: datetime | None
    due: int
    overdue: int


class Plan(PlanOut, frozen=True):
    """As it is stored."""

    key: int


class InspectionOut(BaseModel, frozen=True):
    """One place to inspect once. plan, place, organisation, entry: ids; form: code of the plan's.

    done_at: as the field said. metres_off: how far from the place it was filled in, null unknown. incident: id of what
    was made of the faults it found.
    """

    id: str
    plan: str
    plan_name: str
    form: str
    place: str
    place_name: str
    address: str
    latitude: float
    longitude: float
    organisation: str
    organisation_name: str
    state: InspectionState
    due_at: datetime
    overdue: bool
    done_at: datetime | None
    result: Result | None
    entry: str | None
    by_name: str | None
    metres_off: float | None
    incident: str | None


class Inspection(InspectionOut, frozen=True):
    """As it is stored."""

    key: int


class Tally(BaseModel, frozen=True):
    """An organisation's inspections. done: within the last 30 days; oldest: when the one most overdue was due."""

    organisation: str
    name: str
    level: str
    due: int
    overdue: int
    done: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """What the members of an organisation (key) are told. places: names of the first of them; count: of all."""

    organisation: int
    overdue: bool
    places: tuple[str, ...]
    count: int
    due_at: datetime
