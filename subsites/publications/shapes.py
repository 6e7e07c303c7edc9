"""The bodies of /publications and /public/publications, in and out."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, Field, model_validator

from registry.api.fields import UNSET, Id, Line, Patch
from registry.api.paging import PageQuery
from subsites.publications.model import TEXTS, Section, State, is_readable
from subsites.record.shapes import EntryOut, RoomQuery, Text, VersionIn

__all__ = [
    "AttachmentOut", "FileQuery", "PublicPage", "PublicPublication", "PublicQuery", "PublicationDetail",
    "PublicationIn", "PublicationOut", "PublicationPage", "PublicationPatch", "PublicationQuery", "PublishIn",
]  # fmt: skip

_Title = Annotated[Line, Field(max_length=160)]
_Body = Annotated[Text, Field(max_length=20_000)]


class PublicationIn(BaseModel, extra="forbid"):
    """A draft: title and text in one language at least. Text: paragraphs; "# " begins a heading, "- " an item."""

    organisation: Id
    section: Section
    title_en: _Title | None = None
    title_zh: _Title | None = None
    body_en: _Body | None = None
    body_zh: _Body | None = None
    pinned: bool = False

    @model_validator(mode="after")
    def _whole(self) -> PublicationIn:
        if not is_readable(self.model_dump(include=set(TEXTS))):
            raise ValueError("write title and text in one language at least")
        return self


class PublicationPatch(Patch):
    """What to change of a draft. version: the one you saw."""

    version: int = Field(ge=1, le=2**31 - 1)
    section: Section = UNSET
    title_en: _Title | None = UNSET
    title_zh: _Title | None = UNSET
    body_en: _Body | None = UNSET
    body_zh: _Body | None = UNSET
    pinned: bool = UNSET


class PublishIn(VersionIn):
    """From when (left out: now) and up to when (left out: until it is withdrawn) the public reads it."""

    visible_from: AwareDatetime | None = None
    visible_until: AwareDatetime | None = None


class AttachmentOut(BaseModel):
    """A file of a publication."""

    id: str
    name: str
    media_type: str
    bytes: int


class _Read(BaseModel):
    """What the public and staff read alike."""

    id: str
    version: int
    organisation: str
    organisation_name: str
    section: Section
    title_en: str | None
    title_zh: str | None
    pinned: bool
    visible_from: datetime | None
    visible_until: datetime | None


class PublicationOut(_Read):
    """A publication as staff see it in a list."""

    state: State
    author: str
    approver: str | None
    reason: str | None
    created_at: datetime
    published_at: datetime | None
    ended_at: datetime | None


class PublicationDetail(PublicationOut):
    """With its text, files and record. yours: you wrote some of it, so that somebody else approves it."""

    body_en: str | None
    body_zh: str | None
    yours: bool
    files: list[AttachmentOut]
    log: list[EntryOut]


class PublicationPage(BaseModel):
    """Publications, the newest first."""

    items: list[PublicationOut]
    next: str | None


class PublicationQuery(RoomQuery):
    """Which ones."""

    state: State | None = None
    section: Section | None = None


class PublicQuery(PageQuery):
    """Which of what is published."""

    limit: int = Field(20, ge=1, le=100, description="rows a page at most")
    section: Section | None = None
    organisation: str | None = Field(None, max_length=128, description="id; with those above and below it")
    q: str | None = Field(None, min_length=1, max_length=100, description="part of its title or text")


class PublicLine(_Read):
    """In the public's list."""


class PublicPage(BaseModel):
    """What is pinned, then the newest first. next: as `cursor` of the next page."""

    items: list[PublicLine]
    next: str | None


class PublicPublication(_Read):
    """One, to read."""

    body_en: str | None
    body_zh: str | None
    files: list[AttachmentOut]


class FileQuery(BaseModel, extra="forbid"):
    """name: as the file is called."""

    name: Line = "file"
