"""`gridwarden import incidents FILE`: incidents that were worked on elsewhere, with every step, one JSON object a line.

All of the file or nothing. What is brought in is told to nobody: it is history when it arrives.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Annotated, Literal

from psycopg_pool import AsyncConnectionPool
from pydantic import AwareDatetime, BaseModel, Field, ValidationError

from dispatch.backfill.model import Known, NotPossible, Replayed, Step, Told, replay
from dispatch.backfill.store import BackfillStore
from dispatch.incidents.model import Action
from registry.api.fields import Id, Line

__all__ = ["MOST_LINES", "Imported", "import_incidents"]

MOST_LINES = 1_000_000
_MOST_REFUSED = 1_000
_LONGEST_LINE = 1 << 18
_AT_ONCE = 1_000

_Text = Annotated[str, Field(min_length=1, max_length=4_000)]


class StepLine(BaseModel, extra="forbid"):
    """One step of an incident."""

    at: AwareDatetime
    action: Action
    actor: Line
    member: Id | None = None
    members: list[Id] = Field([], max_length=20)
    note: _Text | None = None


class IncidentLine(BaseModel, extra="forbid"):
    """A line of the file."""

    kind: Id
    organisation: Id
    latitude: float = Field(ge=-90, le=90, allow_inf_nan=False)
    longitude: float = Field(ge=-180, le=180, allow_inf_nan=False)
    description: _Text
    source: Literal["member", "citizen", "hotline", "device", "patrol", "dispatcher"]
    address: Line | None = None
    priority: int | None = Field(None, ge=1, le=4)
    log: list[StepLine] = Field(min_length=1, max_length=200)


@dataclass(slots=True)
class Imported:
    """How it went. refused: (line, reason); any refused: nothing was stored."""

    lines: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)


async def import_incidents(pool: AsyncConnectionPool, path: Path, *, now: datetime | None = None) -> Imported:
    """Bring in a file. now: no step may lie later; None: the clock's. Raises OSError, UnicodeDecodeError."""
    moment = now or datetime.now(UTC)
    done = Imported()
    with path.open(encoding="utf-8") as file:
        lines = enumerate(iter(lambda: file.readline(_LONGEST_LINE), ""), start=1)
        async with pool.connection() as connection, connection.transaction() as transaction:
            store = BackfillStore(connection)
            known = await store.known()
            while chunk := list(islice(lines, _AT_ONCE)):
                keys = await store.keys("incidents", len(chunk))
                replayed = list(_replayed(chunk, keys, known, moment, done))
                if not done.refused:
                    await store.add(replayed)
                if len(done.refused) >= _MOST_REFUSED or done.lines >= MOST_LINES:
                    break
            if done.refused:
                transaction.force_rollback = True
    return done


def _replayed(
    chunk: list[tuple[int, str]], keys: list[int], known: Known, now: datetime, done: Imported
) -> Iterator[Replayed]:
    for (number, text), key in zip(chunk, keys, strict=True):
        if not text.strip():
            continue
        done.lines += 1
        try:
            line = IncidentLine.model_validate_json(text)
            told = _told(line, now)
            yield replay(told, key, known)
        except ValidationError as error:
            fault = error.errors()[0]
            place = ".".join(map(str, fault["loc"]))
            done.refused.append((number, f"{place}: {fault['msg']}" if place else fault["msg"]))
        except NotPossible as error:
            done.refused.append((number, str(error)))


def _told(line: IncidentLine, now: datetime) -> Told:
    if line.log[-1].at > now:
        raise NotPossible("its last step lies in the future")
    steps = tuple(
        Step(
            at=one.at, action=one.action, actor=one.actor, member=one.member, members=tuple(one.members), note=one.note
        )
        for one in line.log
    )
    return Told(steps=steps, **line.model_dump(exclude={"log"}))
