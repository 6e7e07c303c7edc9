"""What is asked and told of a file, whatever it belongs to."""

from __future__ import annotations

from pydantic import BaseModel

from registry.api.fields import Line
from registry.files.model import FileFacts

__all__ = ["FileQuery", "StoredFileOut"]


class FileQuery(BaseModel, extra="forbid"):
    """name: as the sender calls the file."""

    name: Line = "file"


class StoredFileOut(FileFacts, frozen=True, from_attributes=True):
    """A file. taken_at, latitude, longitude: what the photograph's EXIF claimed before it was stripped."""
