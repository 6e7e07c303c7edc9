"""What the routes of forms and entries take and answer."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BaseModel, Field

from registry.api.fields import Id, Line
from registry.api.paging import PageQuery
from registry.api.route import Role
from registry.forms.model import READERS, Element, EntryOut, FormOut

__all__ = [
    "DraftIn", "EntryEnd", "EntryIn", "EntryPage", "EntryPatch", "EntryQuery", "FormList", "FormQuery", "LookQuery",
    "PublishIn", "StepList", "StepOut",
]  # fmt: skip

_Json = dict[str, Any]


def _readers(roles: list[Role]) -> list[Role]:
    if not READERS.issuperset(roles):
        raise ValueError("observers read nothing about people: leave them out")
    return list(dict.fromkeys(roles))


_Roles = Annotated[list[Role], Field(min_length=1, max_length=len(Role)), AfterValidator(_readers)]
_Version = Annotated[int, Field(ge=1, le=1_000_000)]


class FormList(BaseModel):
    """Forms, or versions of one, the newest version first."""

    items: list[FormOut]


class FormQuery(BaseModel, extra="forbid"):
    """Which forms."""

    every: bool = Field(False, description="true: the newest version of each, drafts and retired ones too")


class DraftIn(BaseModel, extra="forbid"):
    """The draft, whole. seen: of the draft that is changed; null where there is none yet.

    readers, fillers: roles that may read what was filled in, and fill in; left out, as in the version before.
    """

    title_en: Line
    title_zh: Line
    elements: list[Element] = Field(min_length=1, max_length=len(Element))
    definition: _Json
    ui: _Json = {}
    readers: _Roles | None = None
    fillers: _Roles | None = None
    seen: int | None = Field(None, ge=1, le=1_000_000_000)


class PublishIn(BaseModel, extra="forbid"):
    """seen: of the draft that is published."""

    seen: int = Field(ge=1, le=1_000_000_000)


class EntryIn(BaseModel, extra="forbid"):
    """What was filled in. form_version: left out, the published one. filled_at: left out, now."""

    element: Element
    record: Id
    answers: _Json
    form_version: _Version | None = None
    filled_at: AwareDatetime | None = None
    latitude: float | None = Field(None, ge=-90, le=90, allow_inf_nan=False)
    longitude: float | None = Field(None, ge=-180, le=180, allow_inf_nan=False)


class EntryPatch(BaseModel, extra="forbid"):
    """All answers anew. version: the one that was seen."""

    version: _Version
    answers: _Json
    note: Line | None = None


class EntryEnd(BaseModel, extra="forbid"):
    """Why it does not count. version: the one that was seen."""

    version: _Version
    reason: Line


class EntryPage(BaseModel):
    """Entries in the order in which they were saved."""

    items: list[EntryOut]
    next: str | None


class LookQuery(BaseModel, extra="forbid"):
    """Why: wanted where it is data of people or households, and goes on record."""

    purpose: Line | None = None


class EntryQuery(PageQuery, LookQuery):
    """Which entries, and why."""


class StepOut(BaseModel):
    """What was done to an entry."""

    version: int
    at: datetime
    action: str
    actor: str
    note: str | None
    latitude: float | None
    longitude: float | None
    form_version: int
    before: _Json
    after: _Json


class StepList(BaseModel):
    """The oldest first."""

    items: list[StepOut]
