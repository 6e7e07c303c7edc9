"""Notices to an organisation's members: written, read, and who has read them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from dispatch.incidents.actor import WORKER, Actor
from dispatch.notices.store import NoticeRow, NoticeStore
from dispatch.outbox.model import Happening, Topic
from dispatch.outbox.store import put
from registry.api.problems import Conflict, NotFound
from registry.idempotency.queries import claim, keep

__all__ = ["NoticeService"]

_MOST_UNREAD = 100
"""Notices that a handheld is sent when it connects."""


class NoticeService:
    """One async function a command. now: aware UTC."""

    def __init__(self, pool: AsyncConnectionPool, now: Callable[[], datetime]) -> None:
        self._pool, self._now = pool, now

    async def write(
        self,
        actor: Actor,
        organisation: str,
        *,
        title: str,
        body: str,
        urgent: bool,
        idempotency_key: str | None = None,
    ) -> NoticeRow:
        """Tell the members below an organisation (id). Raises NotFound, and Conflict where there are none."""
        async with self._pool.connection() as connection:
            store = NoticeStore(connection)
            if idempotency_key is not None and actor.user is not None:
                earlier = await claim(connection, actor.user, idempotency_key, "notice")
                if earlier is not None:
                    return _found(await store.find(earlier, actor), earlier)
            key = await store.organisation(organisation, actor.organisation)
            if key is None:
                raise NotFound(f"there is no organisation {organisation!r} that you may write to")
            notice, members = await store.add(key, actor, self._now(), title=title, body=body, urgent=urgent)
            if not members:
                raise Conflict(f"{organisation} has no members who could read it")
            if idempotency_key is not None and actor.user is not None:
                await keep(connection, actor.user, idempotency_key, notice)
            return await _published(connection, actor, notice, key, members)

    async def tell_on(
        self, connection: AsyncConnection, organisation: int, *, title: str, body: str, urgent: bool
    ) -> None:
        """The program tells the members below an organisation (key), in somebody's transaction; nobody, where none."""
        store, by = NoticeStore(connection), replace(WORKER, organisation=organisation)
        notice, members = await store.add(organisation, by, self._now(), title=title, body=body, urgent=urgent)
        await _published(connection, by, notice, organisation, members)

    async def page(self, actor: Actor, *, before: int, limit: int) -> list[NoticeRow]:
        """The newest first; a member's own for a member."""
        async with self._pool.connection() as connection:
            return await NoticeStore(connection).page(actor, before=before, limit=limit)

    async def receipts(
        self, notice: str, actor: Actor, *, read: bool | None, after: int, limit: int
    ) -> list[dict[str, Any]]:
        """Who was told, and when he read it; read: only those who have, or have not. Raises NotFound."""
        async with self._pool.connection() as connection:
            store = NoticeStore(connection)
            found = _found(await store.find(notice, actor), notice)
            return await store.receipts(found["key"], actor.organisation, read=read, after=after, limit=limit)

    async def read(self, notice: str, member: int) -> None:
        """A member (key) has read it. Raises NotFound where it was not for him."""
        async with self._pool.connection() as connection:
            if not await NoticeStore(connection).read(notice, member, self._now()):
                raise NotFound(f"there is no notice {notice!r} for you")

    async def unread(self, member: int) -> list[dict[str, Any]]:
        """What a member (key) has not read, as handhelds are told, the oldest first."""
        async with self._pool.connection() as connection:
            return [_told(row) for row in await NoticeStore(connection).unread(member, _MOST_UNREAD)]


async def _published(
    connection: AsyncConnection, actor: Actor, notice: str, organisation: int, members: list[int]
) -> NoticeRow:
    """The notice as it is, told to viewers and handhelds when the transaction commits."""
    written = _found(await NoticeStore(connection).find(notice, actor), notice)
    await put(connection, Happening(
        topic=Topic.NOTICE, organisations=(organisation,), members=tuple(members), body=_told(written)
    ))  # fmt: skip
    return written


def _found(row: NoticeRow | None, notice: str) -> NoticeRow:
    if row is None:
        raise NotFound(f"there is no notice {notice!r} that you may see")
    return row


def _told(row: NoticeRow) -> dict[str, Any]:
    return {name: row[name] for name in ("id", "organisation", "title", "body", "urgent", "author", "at")}
