"""Opinions of the public: filed by anybody, moderated, joined by others, answered for all to read."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from psycopg_pool import AsyncConnectionPool

from registry.api.problems import Conflict, NotFound
from registry.api.route import Caller
from subsites.opinions.model import MOST_WAITING, MOVES, Action, State, voter_hash
from subsites.opinions.store import OPINION, OpinionStore
from subsites.record.desk import at_the_desk
from subsites.record.model import CITIZEN, Told, actor_of, code_hash, code_of
from subsites.requests.store import RequestStore

__all__ = ["OpinionService"]


class OpinionService:
    """One async function a command. now: aware UTC."""

    def __init__(self, pool: AsyncConnectionPool, now: Callable[[], datetime]) -> None:
        self._pool, self._now = pool, now

    async def file(self, sent: Mapping[str, Any], said: bytes, key: str | None) -> tuple[Told, str]:
        """Somebody's: the opinion and its code. said: the body; key: its Idempotency-Key. Raises Conflict, NotFound."""
        code = code_of(secrets.choice, key, said)
        async with at_the_desk(self._pool, CITIZEN, self._now()) as desk:
            earlier = await desk.filed(OPINION, code)
            if earlier is not None:
                return earlier, code
            organisation = await RequestStore(desk.connection).public_organisation(sent["organisation"])
            if organisation is None:
                raise NotFound(f"there is no organisation {sent['organisation']!r}: GET /public/organisations")
            if await OpinionStore(desk.connection).waiting(organisation) >= MOST_WAITING:
                raise Conflict("so many opinions wait to be read that no more are taken: come another day")
            fields = {name: sent[name] for name in ("topic", "title", "body", "language")} | {
                "organisation": organisation, "state": State.RECEIVED, "code_hash": code_hash(code),
                "created_at": desk.now,
            }  # fmt: skip
            return await desk.add(OPINION, fields), code

    async def look(self, code: str) -> Told:
        """What became of it. Raises NotFound."""
        async with at_the_desk(self._pool, CITIZEN, self._now()) as desk:
            row = await desk.by_code(OPINION, code_hash(code))
            if row is None:
                raise NotFound("there is no opinion with this code: compare it with what you noted")
            return row

    async def voice(self, opinion: str, voter: str) -> int:
        """Somebody says the same, counted once a browser; how many do. Raises NotFound."""
        async with self._pool.connection() as connection:
            voices = await OpinionStore(connection).voice(opinion, voter_hash(opinion, voter))
        if voices is None:
            raise NotFound("there is no such opinion (any more)")
        return voices

    async def public_page(self, *, before: int, limit: int, topic: str | None) -> list[Told]:
        """What anybody reads."""
        async with self._pool.connection() as connection:
            return await OpinionStore(connection).public_page(before=before, limit=limit, topic=topic)

    async def page(self, caller: Caller, *, before: int, limit: int, filters: Mapping[str, Any]) -> list[Told]:
        """The newest first."""
        async with self._pool.connection() as connection:
            store = OpinionStore(connection)
            return await store.page(caller.organisation, before=before, limit=limit, filters=filters)

    async def find(self, opinion: str, caller: Caller) -> tuple[Told, Sequence[Told]]:
        """One, and what was done to it. Raises NotFound."""
        async with at_the_desk(self._pool, actor_of(caller), self._now()) as desk:
            row = await desk.find(OPINION, opinion)
            return row, await desk.log_of(OPINION, row)

    async def publish(self, opinion: str, caller: Caller, version: int | None) -> Told:
        """Anybody may read it."""
        return await self._move(
            opinion, caller, version, Action.PUBLISH, moderator=caller.name, published_at=self._now(), reason=None,
            ended_at=None,
        )  # fmt: skip

    async def keep(self, opinion: str, caller: Caller, version: int | None, reason: str) -> Told:
        """Nobody reads it but its author, who reads why."""
        return await self._move(
            opinion, caller, version, Action.KEEP, note=reason, moderator=caller.name, reason=reason,
            ended_at=self._now(),
        )  # fmt: skip

    async def answer(self, opinion: str, caller: Caller, version: int | None, text: str) -> Told:
        """For everybody to read."""
        return await self._move(
            opinion, caller, version, Action.ANSWER, note=text, answer=text, answered_by=caller.name,
            ended_at=self._now(),
        )  # fmt: skip

    async def _move(
        self, opinion: str, caller: Caller, version: int | None, action: Action, *, note: str | None = None, **also: Any
    ) -> Told:
        async with at_the_desk(self._pool, actor_of(caller), self._now()) as desk:
            row = await desk.find(OPINION, opinion, version=version, lock=True)
            return await desk.move(OPINION, row, MOVES, action, note=note, **also)
