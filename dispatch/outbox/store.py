"""SQL of the outbox: written in the transaction of what happened, followed by processes, read again by who resumes.

Keys commit out of order, so a key says nothing of what may still come. The follower keeps the snapshot of its last look
and reads what that did not see: each row once, none missed. Who resumes behind a key gets what came later, and what
could not be seen yet when that row was written (its `horizon`): some of it twice.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import orjson
from psycopg import AsyncConnection
from psycopg.types.json import Jsonb

from dispatch.outbox.model import Entry, Happening

__all__ = ["MOST_MISSED", "drop_old", "entries_since", "put", "snapshot", "unseen"]

MOST_MISSED = 1_000
"""Rows that somebody who was away is told; beyond that he reads everything anew."""

_COLUMNS = "o.key, o.at, o.topic, o.organisations, o.members, o.body::text"


async def put(connection: AsyncConnection, *happenings: Happening) -> None:
    """Add these, in order; they are told when the transaction commits."""
    async with connection.cursor() as cursor:
        await cursor.executemany(
            "INSERT INTO outbox (topic, organisations, members, body) VALUES (%s, %s, %s, %s)",
            [(one.topic, list(one.organisations), list(one.members), Jsonb(one.body, _dumps)) for one in happenings],
        )


async def snapshot(connection: AsyncConnection) -> str:
    """What is visible now; look for what came later with `unseen`."""
    cursor = await connection.execute("SELECT pg_current_snapshot()::text")
    row = await cursor.fetchone()
    assert row is not None
    return str(row[0])


async def unseen(connection: AsyncConnection, seen: str) -> AsyncIterator[tuple[str, Entry | None]]:
    """(the snapshot of this look, what that one of `seen` could not see yet), in the order of keys.

    The first pair has no happening. Take all of it before you keep the new snapshot. `seen` of another database, whose
    transactions are ahead of this one's, sees nothing.
    """
    async with connection.cursor() as cursor:
        async for row in cursor.stream(
            f"""WITH look AS MATERIALIZED (SELECT pg_current_snapshot() AS now)
                SELECT look.now::text, {_COLUMNS} FROM look LEFT JOIN (
                    SELECT * FROM outbox
                    WHERE changed >= pg_snapshot_xmin(%(seen)s::pg_snapshot)
                      AND NOT pg_visible_in_snapshot(changed, %(seen)s::pg_snapshot)
                ) o ON true ORDER BY o.key NULLS FIRST""".encode(),
            {"seen": seen},
        ):
            yield row[0], None if row[1] is None else _entry(row[1:])


async def entries_since(
    connection: AsyncConnection, after: int, organisations: frozenset[int], member: int | None = None
) -> list[Entry] | None:
    """What those who see these organisations, or this member, missed behind the row `after`, in the order of keys.

    None where that is not known: the row is gone, or more than MOST_MISSED came.
    """
    cursor = await connection.execute("SELECT horizon::text FROM outbox WHERE key = %s", (after,))
    row = await cursor.fetchone()
    if row is None and after:
        return None
    cursor = await connection.execute(
        f"""SELECT {_COLUMNS} FROM outbox o
            WHERE (o.key > %(after)s OR o.changed >= %(horizon)s::text::xid8 AND o.key <> %(after)s)
              AND (o.organisations && %(organisations)s::int[] OR o.members @> ARRAY[%(member)s::int])
            ORDER BY o.key LIMIT %(limit)s""".encode(),
        {
            "after": after, "horizon": None if row is None else row[0], "organisations": list(organisations),
            "member": member, "limit": MOST_MISSED + 1,
        },
    )  # fmt: skip
    rows = await cursor.fetchall()
    return None if len(rows) > MOST_MISSED else [_entry(one) for one in rows]


async def drop_old(connection: AsyncConnection, now: datetime, keep: timedelta) -> int:
    """Drop rows older than that; the number dropped. The newest stays, so that who resumes there is not lost."""
    cursor = await connection.execute(
        "DELETE FROM outbox WHERE at < %s AND key < (SELECT max(key) FROM outbox)", (now - keep,)
    )
    return cursor.rowcount


def _entry(row: tuple[Any, ...]) -> Entry:
    key, at, topic, organisations, members, body = row
    return Entry(
        key=key, at=at, topic=topic, organisations=frozenset(organisations), members=frozenset(members),
        body=orjson.loads(body),
    )  # fmt: skip


def _dumps(body: Any) -> bytes:
    return orjson.dumps(body)
