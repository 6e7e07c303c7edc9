"""What is known of an incident's file. Pure."""

from __future__ import annotations

from registry.files.model import StoredFile

__all__ = ["File"]


class File(StoredFile, frozen=True):
    """A file on record. incident: id; seconds_off, metres_off: of the claim from the incident."""

    incident: str
    seconds_off: float | None
    metres_off: float | None
