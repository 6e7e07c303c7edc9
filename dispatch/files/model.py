"""What is known of an incident's file. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

__all__ = ["File"]


@dataclass(frozen=True, slots=True)
class File:
    """A file on record. incident: id; seconds_off, metres_off: of the claim from the incident."""

    key: int
    id: str
    incident: str
    sha256: str
    name: str
    media_type: str
    bytes: int
    by_name: str
    added_at: datetime
    taken_at: datetime | None
    latitude: float | None
    longitude: float | None
    seconds_off: float | None
    metres_off: float | None
