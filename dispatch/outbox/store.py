"""Writing the outbox, in the transaction of what happened."""

from __future__ import annotations

from typing import Any

import orjson
from psycopg import AsyncConnection
from psycopg.types.json import Jsonb

from dispatch.outbox.model import Happening

__all__ = ["put"]


async def put(connection: AsyncConnection, *happenings: Happening) -> None:
    """Add these, in order; they are told when the transaction commits."""
    async with connection.cursor() as cursor:
        await cursor.executemany(
            "INSERT INTO outbox (topic, organisations, members, body) VALUES (%s, %s, %s, %s)",
            [(one.topic, list(one.organisations), list(one.members), Jsonb(one.body, _dumps)) for one in happenings],
        )


def _dumps(body: Any) -> bytes:
    return orjson.dumps(body)
