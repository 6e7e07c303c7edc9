"""Forms as data, and what was filled in by them. Pure.

A form is drafted, published, retired. A published version never changes: a change is drafted as the next version, and
publishing that retires the one before. Entries keep the version that they were filled in by. A handheld that was
offline may still send what it filled in before its version was retired.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import BaseModel

from registry.api.route import EVERYBODY, Role

__all__ = [
    "CODE", "PRIVATE", "READERS", "Element", "Entry", "EntryOut", "Form", "FormOut", "FormState", "Record", "in_charge",
    "takes_entries",
]  # fmt: skip

CODE = "^[a-z0-9][a-z0-9-]{0,39}$"
"""What a form's code looks like."""


class Element(StrEnum):
    """What a form may be attached to: the tables of the elements, which are also their paths."""

    PEOPLE = "people"
    HOUSEHOLDS = "households"
    BUILDINGS = "buildings"
    HOUSES = "houses"
    PLACES = "places"
    THINGS = "things"
    ESTABLISHMENTS = "establishments"


PRIVATE = frozenset({Element.PEOPLE, Element.HOUSEHOLDS})
"""Who looks at these says why, and it goes on record."""


READERS = EVERYBODY - {Role.OBSERVER}
"""Whom a form may let read and fill in."""


class FormState(StrEnum):
    """Where a version of a form stands."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


class FormOut(BaseModel, frozen=True):
    """One version of a form, as it is shown. definition: JSON Schema 2020-12; ui: hints for drawing it, by field.

    readers, fillers: roles that may read what was filled in, and fill in. seen: counts the changes of a draft; say it
    when the draft is changed or published. published_at, retired_at: null where that has not happened.
    """

    id: str
    code: str
    version: int
    state: FormState
    title_en: str
    title_zh: str
    elements: list[Element]
    definition: dict[str, Any]
    ui: dict[str, Any]
    readers: list[Role]
    fillers: list[Role]
    seen: int
    by_name: str
    made_at: datetime
    published_at: datetime | None
    retired_at: datetime | None


class Form(FormOut, frozen=True):
    """As it is stored."""

    key: int


@dataclass(frozen=True, slots=True)
class Record:
    """A record of an element. organisation: key of the one that it belongs to."""

    key: int
    id: str
    organisation: int


class EntryOut(BaseModel, frozen=True):
    """What was filled in, as it is shown. form: its code; form_version: by which it was filled in; record: id.

    organisation: id of the record's. filled_at: as the field said, saved_at: as it came here. latitude, longitude:
    where it was filled in, null unknown. ended_at: it was a mistake.
    """

    id: str
    version: int
    form: str
    form_version: int
    title_en: str
    title_zh: str
    element: Element
    record: str
    organisation: str
    answers: dict[str, Any]
    filled_at: datetime
    saved_at: datetime
    by_name: str
    latitude: float | None
    longitude: float | None
    ended_at: datetime | None


class Entry(EntryOut, frozen=True):
    """As it is stored."""

    key: int


def in_charge(versions: list[Form]) -> Form | None:
    """The newest that is no draft: its roles hold for all that was ever filled in. versions: the newest first."""
    return next((one for one in versions if one.state is not FormState.DRAFT), None)


def takes_entries(form: Form, filled_at: datetime) -> bool:
    """Whether something filled in then may be stored by this version."""
    if form.published_at is None:
        return False
    return form.retired_at is None or filled_at <= form.retired_at
