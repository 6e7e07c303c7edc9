"""Publications: written, approved by somebody else, published for a time, withdrawn."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from psycopg_pool import AsyncConnectionPool

from registry.api.problems import BadRequest, Conflict, Forbidden, NotFound
from registry.api.route import Caller, Uploaded
from registry.files.model import Attachment
from registry.files.service import AttachmentService
from subsites.publications.model import MOVES, TEXTS, Action, State, is_readable
from subsites.publications.store import PUBLICATION, PublicationStore
from subsites.record.desk import Desk, at_the_desk
from subsites.record.model import Told, actor_of

__all__ = ["PublicationService"]


class PublicationService:
    """One async function a command. now: aware UTC."""

    def __init__(self, pool: AsyncConnectionPool, files: AttachmentService, now: Callable[[], datetime]) -> None:
        self._pool, self._files, self._now = pool, files, now

    async def page(self, caller: Caller, *, before: int, limit: int, filters: Mapping[str, Any]) -> list[Told]:
        """The newest first."""
        async with self._pool.connection() as connection:
            store = PublicationStore(connection)
            return await store.page(caller.organisation, before=before, limit=limit, filters=filters)

    async def find(self, publication: str, caller: Caller) -> tuple[Told, Sequence[Attachment], Sequence[Told]]:
        """One, its files, and what was done to it. Raises NotFound."""
        async with at_the_desk(self._pool, actor_of(caller), self._now()) as desk:
            row = await desk.find(PUBLICATION, publication)
            log = await desk.log_of(PUBLICATION, row)
        return row, await self._files.of(PUBLICATION.table, row["key"]), log

    async def add(self, draft: Mapping[str, Any], caller: Caller, key: str | None) -> Told:
        """A new draft. key: its Idempotency-Key. Raises NotFound."""
        async with at_the_desk(self._pool, actor_of(caller), self._now()) as desk:
            fields = dict(draft) | {
                "organisation": await desk.organisation(draft["organisation"]), "state": State.DRAFT,
                "author": caller.name, "writers": [caller.user], "created_at": desk.now,
            }  # fmt: skip
            return await desk.add_once(PUBLICATION, key, fields)

    async def edit(self, publication: str, caller: Caller, version: int, changes: Mapping[str, Any]) -> Told:
        """Change a draft. Raises BadRequest, Conflict, NotFound."""
        async with at_the_desk(self._pool, actor_of(caller), self._now()) as desk:
            row = await self._draft(desk, publication, version)
            if not is_readable({name: changes.get(name, row[name]) for name in TEXTS}):
                raise BadRequest("keep title and text in one language at least")
            return await desk.change(PUBLICATION, row, "edit", dict(changes) | {"writers": _with(row, caller)})

    async def attach(self, publication: str, caller: Caller, file: Uploaded, name: str, key: str | None) -> Attachment:
        """Add a file to a draft. Raises Conflict, NotFound, Unsupported."""
        async with at_the_desk(self._pool, actor_of(caller), self._now()) as desk:
            row = await self._draft(desk, publication, None)
            await desk.change(PUBLICATION, row, "attach", {"writers": _with(row, caller)}, note=name)
        return await self._files.add(
            PUBLICATION.table, row["key"], file, organisation=row["organisation_key"], name=name, by_name=caller.name,
            user=caller.user, idempotency_key=key,
        )  # fmt: skip

    async def file(
        self, publication: str, attachment: str, caller: Caller | None
    ) -> tuple[Attachment, AsyncIterator[bytes]]:
        """A file's bytes; caller None: the public, of what is published. Raises NotFound."""
        row = await self.public(publication) if caller is None else (await self.find(publication, caller))[0]
        return await self._files.read(PUBLICATION.table, row["key"], attachment)

    async def submit(self, publication: str, caller: Caller, version: int | None) -> Told:
        """It is ready to be approved."""
        return await self._move(publication, caller, version, Action.SUBMIT, reason=None)

    async def approve(self, publication: str, caller: Caller, version: int | None) -> Told:
        """By somebody who wrote none of it. Raises Forbidden, Conflict, NotFound."""
        return await self._move(publication, caller, version, Action.APPROVE, others_only=True, approver=caller.name)

    async def send_back(self, publication: str, caller: Caller, version: int | None, reason: str) -> Told:
        """It is to be written better."""
        return await self._move(publication, caller, version, Action.SEND_BACK, note=reason, reason=reason)

    async def publish(
        self, publication: str, caller: Caller, version: int | None, visible_from: datetime | None,
        visible_until: datetime | None,
    ) -> Told:  # fmt: skip
        """For everybody to read, from (None: now) and until (None: it is withdrawn).

        Raises BadRequest, Conflict, NotFound.
        """
        now = self._now()
        begins = visible_from or now
        if visible_until is not None and visible_until <= max(begins, now):
            raise BadRequest("visible_until must lie ahead, and behind visible_from")
        return await self._move(
            publication, caller, version, Action.PUBLISH, visible_from=begins, visible_until=visible_until,
            published_at=now,
        )  # fmt: skip

    async def withdraw(self, publication: str, caller: Caller, version: int | None, reason: str) -> Told:
        """The public reads it no more."""
        return await self._move(
            publication, caller, version, Action.WITHDRAW, note=reason, reason=reason, ended_at=self._now()
        )

    async def revise(self, publication: str, caller: Caller, version: int | None) -> Told:
        """It is a draft again; the public does not read it until it was approved anew."""
        return await self._move(publication, caller, version, Action.REVISE, approver=None, ended_at=None)

    async def public_page(self, *, skip: int, limit: int, filters: Mapping[str, Any]) -> list[Told]:
        """What anybody may read now."""
        async with self._pool.connection() as connection:
            return await PublicationStore(connection).public_page(
                self._now(), skip=skip, limit=limit, filters=filters
            )  # fmt: skip

    async def public(self, publication: str) -> Told:
        """One that anybody may read now. Raises NotFound."""
        async with self._pool.connection() as connection:
            row = await PublicationStore(connection).public(publication, self._now())
        if row is None:
            raise NotFound("there is nothing published here (any more)")
        return row

    async def files_of(self, row: Told) -> Sequence[Attachment]:
        """The files of one that was found."""
        return await self._files.of(PUBLICATION.table, row["key"])

    async def _draft(self, desk: Desk, publication: str, version: int | None) -> Told:
        row = await desk.find(PUBLICATION, publication, version=version, lock=True)
        if row["state"] != State.DRAFT:
            raise Conflict(f"it is {row['state']}: take it up again (revise) before you change it")
        return row

    async def _move(
        self, publication: str, caller: Caller, version: int | None, action: Action, *, note: str | None = None,
        others_only: bool = False, **also: Any,
    ) -> Told:  # fmt: skip
        async with at_the_desk(self._pool, actor_of(caller), self._now()) as desk:
            row = await desk.find(PUBLICATION, publication, version=version, lock=True)
            if others_only and caller.user in row["writers"]:
                raise Forbidden("you wrote some of it: somebody else approves it")
            return await desk.move(PUBLICATION, row, MOVES, action, note=note, **also)


def _with(row: Told, caller: Caller) -> list[int]:
    return sorted({*row["writers"], caller.user})
