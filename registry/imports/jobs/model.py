"""An import that outlives the process that runs it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel

__all__ = ["ImportJob", "JobState"]


class JobState(StrEnum):
    """receiving: parts of the file are sent; running: rows go in; the others are ends."""

    RECEIVING = "receiving"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class ImportJob(BaseModel):
    """One file on its way in. kind: what its rows are; name: the file's; bytes: of it so far.

    total: rows that the file has; None until it was read. rows: read and done with, of which `refused` were not
    stored. ignored: columns that mean nothing here. warnings: what is stored all the same, and should be looked at.
    problem: why it failed.
    """

    id: str
    kind: str
    name: str
    by_name: str
    state: JobState
    bytes: int
    total: int | None
    rows: int
    refused: int
    ignored: list[str]
    warnings: list[str]
    problem: str | None
    made_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
