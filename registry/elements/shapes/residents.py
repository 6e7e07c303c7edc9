"""People and the households that they live in."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from registry.api.fields import Id, Line
from registry.elements.shapes.common import ElementIn, ElementOut, ElementQuery, Text

__all__ = ["HouseholdIn", "HouseholdOut", "HouseholdQuery", "PersonIn", "PersonOut", "PersonQuery"]

Kind = Literal["family", "collective", "single"]
Tenure = Literal["owner", "tenant", "other", "unknown"]
Relation = Literal[
    "head", "spouse", "child", "parent", "grandchild", "grandparent", "sibling", "other_relative", "not_related"
]
Gender = Literal["female", "male"]
Residence = Literal["registered", "from_away", "away"]
Groups = Annotated[list[Annotated[str, Field(pattern=r"^[a-z0-9_]{1,40}$")]], Field(max_length=30)]
Number = Annotated[str, Field(min_length=3, max_length=40)]


class HouseholdIn(ElementIn):
    """A household. house: id of where it lives."""

    house: Id | None = None
    kind: Kind = "family"
    tenure: Tenure = "unknown"


class HouseholdOut(ElementOut):
    """A household. head: name; people: how many; building: id; address: of its building, number: of its house."""

    house: str | None
    kind: Kind
    tenure: Tenure
    head: str | None
    people: int
    building: str | None
    address: str | None
    number: str | None


class HouseholdQuery(ElementQuery):
    """A page of households."""

    house: str | None = Field(None, max_length=128, description="id")
    building: str | None = Field(None, max_length=128, description="id")


class PersonIn(ElementIn):
    """A resident. household: id; relation: to its head. identity, telephone: sealed once they are stored.

    birth_date and gender are read from an identity number that says them. groups: codes of /registry/groups.
    """

    household: Id | None = None
    relation: Relation | None = None
    name: Line
    gender: Gender | None = None
    birth_date: date | None = None
    ethnicity: Line | None = None
    education: Line | None = None
    occupation: Line | None = None
    employer: Line | None = None
    residence: Residence = "registered"
    groups: Groups = Field(default_factory=list)
    identity: Number | None = None
    telephone: Number | None = None
    note: Text | None = None


class PersonOut(ElementOut):
    """A resident. identity, telephone: masked, left out of lists. house, building: ids; address: of the building."""

    household: str | None
    relation: Relation | None
    name: str
    gender: Gender | None
    birth_date: date | None
    ethnicity: str | None
    education: str | None
    occupation: str | None
    employer: str | None
    residence: Residence
    groups: list[str]
    identity: str | None
    telephone: str | None
    note: str | None
    house: str | None
    building: str | None
    address: str | None
    number: str | None


class PersonQuery(ElementQuery):
    """A page of people."""

    household: str | None = Field(None, max_length=128, description="id")
    house: str | None = Field(None, max_length=128, description="id")
    building: str | None = Field(None, max_length=128, description="id")
    group: str | None = Field(None, max_length=40, description="code of a special group")
    residence: Residence | None = None
