"""Creating calls that may be sent twice: what was made under the caller's Idempotency-Key is answered again."""

from __future__ import annotations

from psycopg import AsyncConnection

from registry.api.problems import Conflict

__all__ = ["claim", "is_repeated", "keep"]

_UNDER_WAY = ""


async def claim(connection: AsyncConnection, user: int | None, key: str | None, what: str) -> str | None:
    """The id of what was made under that key; None when the caller is to make it now, in this transaction.

    A second call with the same key waits until the first has committed. Without a user or a key nothing was made yet.
    Raises Conflict where the key was used for something else.
    """
    if user is None or key is None:
        return None
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


async def is_repeated(connection: AsyncConnection, user: int | None, key: str | None, what: str, made: str) -> bool:
    """Whether this was done under that key already; from now on it was. For what makes nothing with an id of its own.

    made: id of what it is done to. Raises Conflict as `claim` does.
    """
    if await claim(connection, user, key, f"{what} {made}") is not None:
        return True
    await keep(connection, user, key, made)
    return False


async def keep(connection: AsyncConnection, user: int | None, key: str | None, made: str) -> None:
    """Remember the id of what was made."""
    await connection.execute('UPDATE idempotency_keys SET id = %s WHERE "user" = %s AND key = %s', (made, user, key))
