"""`gridwarden import diary FILE`: entries that were written elsewhere, with their ratings, one JSON object a line.

All of the file or nothing. An entry counts in the period in which it was written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from psycopg_pool import AsyncConnectionPool
from pydantic import AwareDatetime, BaseModel, Field, ValidationError, model_validator

from dispatch.backfill.imports import Imported
from insight.appraisal.periods import Version, period_at
from insight.appraisal.rulebook.store import RulebookStore
from insight.diary.store import DiaryStore
from insight.scope import Words
from registry.api.fields import Id, Line

__all__ = ["MOST_LINES", "import_diary"]

MOST_LINES = 1_000_000
_LONGEST_LINE = 1 << 16
_AT_ONCE = 1_000


class EntryLine(BaseModel, extra="forbid"):
    """A line of the file. rating, word, rated_by: of an entry that was drawn; left out, it was not."""

    member: Id
    text: Words
    written_at: AwareDatetime
    visited_at: AwareDatetime
    latitude: float = Field(ge=-90, le=90, allow_inf_nan=False)
    longitude: float = Field(ge=-180, le=180, allow_inf_nan=False)
    place: Line | None = None
    met: Line | None = None
    rating: int | None = Field(None, ge=1, le=5)
    word: Words | None = None
    rated_by: Line | None = None

    @model_validator(mode="after")
    def _whole(self) -> EntryLine:
        if self.visited_at > self.written_at:
            raise ValueError("visited_at lies after written_at")
        if len({self.rating is None, self.word is None, self.rated_by is None}) > 1:
            raise ValueError("rating, word and rated_by belong together: give all or none")
        return self


async def import_diary(pool: AsyncConnectionPool, path: Path, *, now: datetime | None = None) -> Imported:
    """Bring in a file. now: nothing may be written later; None: the clock's. Raises OSError, UnicodeDecodeError."""
    moment, done = now or datetime.now(UTC), Imported()
    with path.open(encoding="utf-8") as file:
        lines = enumerate(iter(lambda: file.readline(_LONGEST_LINE), ""), start=1)
        async with pool.connection() as connection, connection.transaction() as transaction:
            store = DiaryStore(connection)
            versions, members = await RulebookStore(connection).versions(), await store.members()
            while done.lines < MOST_LINES and (chunk := list(islice(lines, _AT_ONCE))):
                rows = list(_rows(chunk, versions, members, moment, done))
                if not done.refused:
                    await store.bring_in(rows)
            transaction.force_rollback = bool(done.refused)
    return done


def _rows(
    chunk: Sequence[tuple[int, str]], versions: Sequence[Version], members: set[str], now: datetime, done: Imported
) -> Iterator[dict[str, Any]]:
    for number, text in chunk:
        if not text.strip():
            continue
        done.lines += 1
        try:
            line = EntryLine.model_validate_json(text)
        except ValidationError as error:
            fault = error.errors()[0]
            done.refused.append((number, f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}"))
            continue
        if line.member not in members:
            done.refused.append((number, f"there is no member {line.member!r}"))
        elif line.written_at > now:
            done.refused.append((number, "it is written in the future"))
        else:
            yield line.model_dump(mode="json") | {"period": period_at(versions, line.written_at).id}
