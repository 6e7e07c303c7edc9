"""What is known of a file, and which files are taken at all. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel

__all__ = ["MEDIA_TYPES", "MOST_BYTES", "Attachment", "Claim", "FileFacts", "StoredFile", "looks_like"]

MOST_BYTES = 10 << 20

_MAGIC: dict[str, tuple[tuple[int, bytes], ...]] = {
    "image/jpeg": ((0, b"\xff\xd8\xff"),),
    "image/png": ((0, b"\x89PNG\r\n\x1a\n"),),
    "image/webp": ((0, b"RIFF"), (8, b"WEBP")),
    "application/pdf": ((0, b"%PDF-"),),
    "audio/wav": ((0, b"RIFF"), (8, b"WAVE")),
    "audio/ogg": ((0, b"OggS"),),
    "audio/webm": ((0, b"\x1aE\xdf\xa3"),),
    "audio/mp4": ((4, b"ftyp"),),
    "video/webm": ((0, b"\x1aE\xdf\xa3"),),
    "video/mp4": ((4, b"ftyp"),),
}
MEDIA_TYPES = tuple(_MAGIC)
"""What is taken."""


@dataclass(frozen=True, slots=True)
class Claim:
    """When and where a photograph says that it was taken; None where it does not say. Without a zone: as UTC."""

    taken_at: datetime | None = None
    latitude: float | None = None
    longitude: float | None = None


class FileFacts(BaseModel, frozen=True):
    """What is known and told of every file on record, whatever it belongs to.

    taken_at, latitude, longitude: what the photograph's EXIF claimed before it was stripped.
    """

    id: str
    sha256: str
    name: str
    media_type: str
    bytes: int
    by_name: str
    added_at: datetime
    taken_at: datetime | None
    latitude: float | None
    longitude: float | None


class StoredFile(FileFacts, frozen=True):
    """A file on record."""

    key: int


class Attachment(StoredFile, frozen=True):
    """A file of anything but an incident. subject: what it belongs to, a table's name; record: its key there."""

    subject: str
    record: int


def looks_like(data: bytes, media_type: str) -> bool:
    """Whether the file begins as files of that type do."""
    return all(data[at : at + len(magic)] == magic for at, magic in _MAGIC[media_type])
