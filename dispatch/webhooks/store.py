"""SQL of webhooks and their deliveries."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import class_row

from dispatch.webhooks.model import Delivery, Due, Webhook

__all__ = ["WebhookStore"]

_SELECT = """SELECT w.key, w.id, o.id AS organisation, w.url, w.topics, w.by_name, w.created_at
             FROM webhooks w JOIN organisations o ON o.key = w.organisation
             JOIN organisation_closure c ON c.descendant = w.organisation AND c.ancestor = %(scope)s"""


class WebhookStore:
    """Webhooks over one connection; the caller ends its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, webhook: Mapping[str, Any]) -> str | None:
        """Store one of these columns, organisation by its id. The new one's id; None: it is not below the scope."""
        cursor = await self._connection.execute(
            """INSERT INTO webhooks (key, id, organisation, url, secret, topics, by_name, created_at)
               SELECT n, 'W-' || n, o.key, %(url)s, %(secret)s, %(topics)s, %(by_name)s, %(created_at)s
               FROM organisations o JOIN organisation_closure c ON c.descendant = o.key AND c.ancestor = %(scope)s,
                    nextval(pg_get_serial_sequence('webhooks', 'key')) AS n
               WHERE o.id = %(organisation)s RETURNING id""",
            webhook,
        )
        row = await cursor.fetchone()
        return None if row is None else str(row[0])

    async def all(self, scope: int) -> list[Webhook]:
        """Those below the scope."""
        return await self._webhooks("ORDER BY w.key", {"scope": scope})

    async def find(self, webhook: str, scope: int) -> Webhook | None:
        """One of them."""
        rows = await self._webhooks("WHERE w.id = %(id)s", {"scope": scope, "id": webhook})
        return rows[0] if rows else None

    async def remove(self, webhook: int) -> None:
        """Remove it and its deliveries."""
        await self._connection.execute("DELETE FROM webhooks WHERE key = %s", (webhook,))

    async def deliveries(self, webhook: int, limit: int) -> list[Delivery]:
        """The newest first."""
        async with self._connection.cursor(row_factory=class_row(Delivery)) as cursor:
            await cursor.execute(
                """SELECT key, happening, topic, at, attempts, next_at, answer, taken, ended_at
                   FROM webhook_deliveries WHERE webhook = %s ORDER BY key DESC LIMIT %s""",
                (webhook, limit),
            )
            return await cursor.fetchall()

    async def spread(self, now: datetime) -> int:
        """Make deliveries of what happened since each webhook was looked at last; how many."""
        cursor = await self._connection.execute(
            """WITH looked AS (
                   UPDATE webhooks w SET looked_at = pg_snapshot_xmin(pg_current_snapshot()) FROM webhooks old
                   WHERE old.key = w.key AND old.key IN (SELECT key FROM webhooks ORDER BY key FOR UPDATE SKIP LOCKED)
                   RETURNING w.key, w.organisation, w.topics, w.created_at, old.looked_at)
               INSERT INTO webhook_deliveries (webhook, happening, topic, at, body, next_at)
               SELECT l.key, b.key, b.topic, b.at, b.body, %(now)s FROM looked l
               JOIN outbox b ON b.changed >= l.looked_at AND b.at >= l.created_at AND b.topic = ANY(l.topics)
                AND EXISTS (SELECT FROM organisation_closure c
                            WHERE c.ancestor = l.organisation AND c.descendant = ANY(b.organisations))
               ON CONFLICT DO NOTHING""",
            {"now": now},
        )
        return cursor.rowcount

    async def take(self, now: datetime, lease: timedelta, limit: int) -> list[Due]:
        """Deliveries that are due, theirs for the length of the lease: who dies meanwhile leaves them to the next."""
        async with self._connection.cursor(row_factory=class_row(Due)) as cursor:
            await cursor.execute(
                """UPDATE webhook_deliveries d SET attempts = attempts + 1, next_at = %(until)s FROM webhooks w
                   WHERE w.key = d.webhook AND d.key IN (
                       SELECT key FROM webhook_deliveries WHERE ended_at IS NULL AND next_at <= %(now)s
                       ORDER BY next_at LIMIT %(limit)s FOR UPDATE SKIP LOCKED)
                   RETURNING d.key, d.happening, d.topic, d.at, d.body, d.attempts, w.url, w.secret""",
                {"now": now, "until": now + lease, "limit": limit},
            )
            return await cursor.fetchall()

    async def settle(
        self, delivery: int, answer: str, *, taken: bool, ended_at: datetime | None, next_at: datetime | None
    ) -> None:
        """What came of an attempt."""
        await self._connection.execute(
            """UPDATE webhook_deliveries SET answer = %s, taken = %s, ended_at = %s, next_at = COALESCE(%s, next_at)
               WHERE key = %s""",
            (answer, taken, ended_at, next_at, delivery),
        )

    async def forget(self, before: datetime) -> None:
        """Drop what ended before."""
        await self._connection.execute("DELETE FROM webhook_deliveries WHERE ended_at < %s", (before,))

    async def _webhooks(self, where: str, values: Mapping[str, Any]) -> list[Webhook]:
        async with self._connection.cursor(row_factory=class_row(Webhook)) as cursor:
            await cursor.execute(f"{_SELECT} {where}".encode(), values)
            return await cursor.fetchall()
