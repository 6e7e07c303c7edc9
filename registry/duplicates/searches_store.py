"""When each element was looked through for records that seem to be one, in the database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from psycopg import AsyncConnection
from psycopg.errors import QueryCanceled

from registry.elements.model import Element

__all__ = ["TookTooLong", "cut_off_after", "take_look"]

_AT_NIGHT = """INSERT INTO duplicate_searches (element, searched_at) VALUES (%(element)s, %(now)s)
               ON CONFLICT (element) DO UPDATE SET searched_at = EXCLUDED.searched_at
               WHERE duplicate_searches.searched_at IS NULL OR duplicate_searches.searched_at < %(night)s
               RETURNING element"""
_BY_DAY = """UPDATE duplicate_searches SET searched_at = %(now)s
             WHERE element = %(element)s AND searched_at IS NULL RETURNING element"""


class TookTooLong(Exception):
    """A look was cut off."""


async def take_look(connection: AsyncConnection, element: Element, *, now: datetime, night: datetime | None) -> bool:
    """Whether a look is due, and nobody else has taken it. night: when it began; None by day."""
    values = {"element": element, "now": now, "night": night}
    cursor = await connection.execute(_BY_DAY if night is None else _AT_NIGHT, values)
    return await cursor.fetchone() is not None


@asynccontextmanager
async def cut_off_after(connection: AsyncConnection, longest: timedelta) -> AsyncIterator[None]:
    """Each statement of this transaction takes at most so long. Raises TookTooLong."""
    most = f"{longest // timedelta(milliseconds=1)}ms"
    await connection.execute("SELECT set_config('statement_timeout', %s, true)", (most,))
    try:
        yield
    except QueryCanceled as error:
        raise TookTooLong from error
