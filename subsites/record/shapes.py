"""Fields and bodies that every room of the sub-sites takes or tells."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, Field

from registry.api.fields import Line
from registry.api.paging import PageQuery

__all__ = [
    "CodeIn", "ContactIn", "EntryOut", "FullOut", "Latitude", "Longitude", "NoteIn", "PurposeIn", "ReasonIn",
    "RoomQuery", "Telephone", "Text", "TextIn", "VersionIn", "few_links",
]  # fmt: skip

_TEXT = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*\S[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"
Text = Annotated[str, Field(min_length=1, max_length=2_000, pattern=_TEXT)]
"""Lines that say something."""
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Telephone = Annotated[str, Field(min_length=3, max_length=32, pattern=r"^[0-9+() .\-]*$")]


_MOST_LINKS = 3

T = TypeVar("T")


class CodeIn(BaseModel, extra="forbid"):
    """The code that a citizen holds."""

    code: Annotated[str, Field(min_length=12, max_length=32, description="ABCD-EFGH-JKMN, as typed")]


class ContactIn(BaseModel, extra="forbid"):
    """How somebody can be reached: stored sealed."""

    name: Annotated[Line, Field(max_length=80)] | None = None
    telephone: Telephone | None = None


class EntryOut(BaseModel):
    """An entry on record."""

    version: int
    at: datetime
    action: str
    actor: str
    note: str | None
    before: dict[str, Any]
    after: dict[str, Any]


class RoomQuery(PageQuery):
    """Which ones of a room's list."""

    organisation: str | None = Field(None, max_length=128, description="id; its whole subtree")
    open: bool = Field(False, description="only those not ended")
    q: str | None = Field(None, min_length=1, max_length=100, description="part of its text, or its id")

    def filters(self) -> dict[str, Any]:
        """What is asked, but for the page."""
        return self.model_dump(exclude={"cursor", "limit"})


class VersionIn(BaseModel, extra="forbid"):
    """version: the one you saw; 409 where it changed since. Left out: whatever it is now."""

    version: int | None = Field(None, ge=1, le=2**31 - 1)


class NoteIn(VersionIn):
    """For the record; the citizen does not read it."""

    note: Text


class TextIn(VersionIn):
    """What whoever asked is to read, and where it is public everybody."""

    text: Text


class ReasonIn(VersionIn):
    """Why; whoever wrote it reads that."""

    reason: Text


class PurposeIn(BaseModel, extra="forbid"):
    """Why somebody must be reached."""

    purpose: Line


class FullOut(BaseModel):
    """Name and telephone in full."""

    name: str | None
    telephone: str | None


def few_links(said: T, *texts: str) -> T:
    """What was said, unless it is mostly links. Raises ValueError."""
    if sum(text.lower().count("http") for text in texts) > _MOST_LINKS:
        raise ValueError(f"no more than {_MOST_LINKS} links")
    return said
