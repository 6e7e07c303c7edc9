"""What is asked and told of a file, whatever it belongs to."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel

from registry.api.fields import Line

__all__ = ["FileQuery", "StoredFileOut"]


class FileQuery(BaseModel, extra="forbid"):
    """name: as the sender calls the file."""

    name: Line = "file"


class StoredFileOut(BaseModel, from_attributes=True):
    """A file. taken_at, latitude, longitude: what the photograph's EXIF claimed before it was stripped."""

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
