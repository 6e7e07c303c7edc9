"""Making webhooks, and delivering: at least once each, in any number of processes, with retries that end."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

import orjson
from psycopg_pool import AsyncConnectionPool

from dispatch.incidents.actor import Actor
from dispatch.incidents.service import Now
from dispatch.webhooks.model import Delivery, Due, Webhook, fault_of_url, pause_after, signature
from dispatch.webhooks.store import WebhookStore
from registry.api.problems import BadRequest, NotFound

__all__ = ["Post", "WebhookService"]

Post = Callable[[str, bytes, dict[str, str]], Awaitable[tuple[bool, str]]]
"""(url, body, headers) -> (taken, status or fault)."""

_LEASE = timedelta(seconds=60)
_AT_ONCE = 20
_KEPT = timedelta(days=7)


class WebhookService:
    """One async function a command. now: aware UTC; private: private networks may be posted to."""

    def __init__(self, pool: AsyncConnectionPool, now: Now, *, private: bool = False) -> None:
        self._pool, self._now, self._private = pool, now, private

    async def add(self, actor: Actor, *, organisation: str, url: str, topics: Sequence[str]) -> tuple[Webhook, str]:
        """Make one: it, and its secret, which is told this once. Raises BadRequest, NotFound."""
        assert actor.organisation is not None
        if fault := fault_of_url(url, private=self._private):
            raise BadRequest(f"url: {fault}")
        secret = secrets.token_urlsafe(32)
        async with self._pool.connection() as connection:
            store = WebhookStore(connection)
            webhook = await store.add({
                "organisation": organisation, "scope": actor.organisation, "url": url, "secret": secret,
                "topics": list(topics), "by_name": actor.name, "created_at": self._now(),
            })  # fmt: skip
            if webhook is None:
                raise NotFound(f"there is no organisation {organisation!r} that you may see")
            found = await store.find(webhook, actor.organisation)
        assert found is not None
        return found, secret

    async def all(self, actor: Actor) -> list[Webhook]:
        """Those below the actor."""
        assert actor.organisation is not None
        async with self._pool.connection() as connection:
            return await WebhookStore(connection).all(actor.organisation)

    async def remove(self, webhook: str, actor: Actor) -> None:
        """Remove one. Raises NotFound."""
        async with self._pool.connection() as connection:
            store = WebhookStore(connection)
            await store.remove((await _found(store, webhook, actor)).key)

    async def deliveries(self, webhook: str, actor: Actor, limit: int) -> list[Delivery]:
        """The newest first. Raises NotFound."""
        async with self._pool.connection() as connection:
            store = WebhookStore(connection)
            return await store.deliveries((await _found(store, webhook, actor)).key, limit)

    async def round(self, post: Post) -> int:
        """Deliver what is due; how many were taken."""
        async with self._pool.connection() as connection:
            store = WebhookStore(connection)
            await store.spread(self._now())
            await store.forget(self._now() - _KEPT)
            due = await store.take(self._now(), _LEASE, _AT_ONCE)
        return sum(await asyncio.gather(*[self._deliver(one, post) for one in due]))

    async def _deliver(self, due: Due, post: Post) -> bool:
        body = orjson.dumps({"event": due.happening, "type": due.topic, "at": due.at, "body": due.body})
        headers = {
            "Content-Type": "application/json", "User-Agent": "Gridwarden",
            "X-Gridwarden-Event": str(due.happening),
            "X-Gridwarden-Signature": signature(due.secret, int(self._now().timestamp()), body),
        }  # fmt: skip
        taken, answer = await post(due.url, body, headers)
        pause = None if taken else pause_after(due.attempts)
        async with self._pool.connection() as connection:
            await WebhookStore(connection).settle(
                due.key, answer, taken=taken, ended_at=self._now() if pause is None else None,
                next_at=None if pause is None else self._now() + pause,
            )  # fmt: skip
        return taken


async def _found(store: WebhookStore, webhook: str, actor: Actor) -> Webhook:
    assert actor.organisation is not None
    found = await store.find(webhook, actor.organisation)
    if found is None:
        raise NotFound(f"there is no webhook {webhook!r} that you may see")
    return found
