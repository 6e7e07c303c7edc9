"""What is known of an incident's file. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from registry.files.model import StoredFile

__all__ = ["File"]


@dataclass(frozen=True, slots=True, kw_only=True)
class File(StoredFile):
    """A file on record. incident: id; seconds_off, metres_off: of the claim from the incident."""

    incident: str
    seconds_off: float | None
    metres_off: float | None
