"""Creating calls that may be sent twice: what was made under the caller's Idempotency-Key is answered again."""

from __future__ import annotations

from psycopg import AsyncConnection

from registry.api.problems import Conflict

__all__ = ["claim", "keep"]

_UNDER_WAY = ""


async def claim(connection: AsyncConnection, user: int, key: str, what: str) -> str | None:
    """The id of what was made under that key; None when the caller is to make it now, in this transaction.

    A second call with the same key waits until the first has committed. Raises Conflict where the key was used for
    something else.
    """
    cursor = await connection.execute(
        """INSERT INTO idempotency_keys ("user", key, what, id) VALUES (%s, %s, %s, %s)
           ON CONFLICT ("user", key) DO UPDATE SET what = idempotency_keys.what RETURNING what, id""",
        (user, key, what, _UNDER_WAY),
    )
    row = await cursor.fetchone()
    assert row is not None
    if row[0] != what:
        raise Conflict(f"this Idempotency-Key was used for another thing ({row[0]}): use a new one")
    return row[1] or None


async def keep(connection: AsyncConnection, user: int, key: str, made: str) -> None:
    """Remember the id of what was made."""
    await connection.execute('UPDATE idempotency_keys SET id = %s WHERE "user" = %s AND key = %s', (made, user, key))
