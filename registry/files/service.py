"""Files of any record: the bytes lie on disk by their hash, what is known of them in the database.

Whoever calls has asked whether the record may be seen or changed; here nothing is limited but what a file may be.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from pathlib import Path

from psycopg_pool import AsyncConnectionPool

from registry.api.problems import Conflict, NotFound, Unsupported
from registry.api.route import Uploaded
from registry.files.disk import Disk
from registry.files.model import Attachment, Claim, looks_like
from registry.files.photographs import BadPhotograph, read_photograph
from registry.files.store import AttachmentStore
from registry.idempotency.queries import claim, keep

__all__ = ["MOST_ATTACHMENTS", "AttachmentService", "Disk", "checked"]

MOST_ATTACHMENTS = 200
"""Of one record."""


class AttachmentService:
    """folder: where the bytes lie; several servers share it. now: aware UTC."""

    def __init__(self, pool: AsyncConnectionPool, folder: Path, now: Callable[[], datetime]) -> None:
        self._pool, self._disk, self._now = pool, Disk(folder), now

    async def add(
        self, subject: str, record: int, uploaded: Uploaded, *, organisation: int, name: str, by_name: str,
        user: int | None = None, idempotency_key: str | None = None,
    ) -> Attachment:  # fmt: skip
        """Check, strip and store. subject: a table's name; record, organisation: keys. Raises Conflict, Unsupported."""
        data, claimed = await asyncio.to_thread(checked, uploaded)
        sha256 = await asyncio.to_thread(self._disk.put, data)
        async with self._pool.connection() as connection:
            store = AttachmentStore(connection)
            earlier = await claim(connection, user, idempotency_key, f"attachment of {subject} {record}")
            if earlier is not None and (made := await store.find(subject, record, earlier)) is not None:
                return made
            await store.lock(subject, record)
            if await store.count(subject, record) >= MOST_ATTACHMENTS:
                raise Conflict(f"it has {MOST_ATTACHMENTS} files already")
            attachment = await store.add({
                "subject": subject, "record": record, "organisation": organisation, "sha256": sha256, "name": name,
                "media_type": uploaded.media_type, "bytes": len(data), "by_name": by_name, "added_at": self._now(),
                "taken_at": claimed.taken_at, "latitude": claimed.latitude, "longitude": claimed.longitude,
            })  # fmt: skip
            await keep(connection, user, idempotency_key, attachment.id)
        return attachment

    async def of(self, subject: str, record: int) -> list[Attachment]:
        """Those of a record, the oldest first."""
        async with self._pool.connection() as connection:
            return await AttachmentStore(connection).of(subject, record)

    async def read(self, subject: str, record: int, attachment: str) -> tuple[Attachment, AsyncIterator[bytes]]:
        """One of a record's by its id, and its bytes. Raises NotFound, of another record's file, too."""
        async with self._pool.connection() as connection:
            found = await AttachmentStore(connection).find(subject, record, attachment)
        if found is None or not await asyncio.to_thread(self._disk.has, found.sha256):
            raise NotFound(f"there is no file {attachment!r} here")
        return found, self._disk.chunks(found.sha256)

    async def end(self, subject: str, record: int, attachment: str, by_name: str) -> None:
        """One of a record's is taken away: who did it stays on record, and so do its bytes. Raises NotFound."""
        async with self._pool.connection() as connection:
            store = AttachmentStore(connection)
            if (found := await store.find(subject, record, attachment)) is None:
                raise NotFound(f"there is no file {attachment!r} here")
            await store.end(found.key, self._now(), by_name)


def checked(uploaded: Uploaded) -> tuple[bytes, Claim]:
    """The bytes to keep, and what a photograph claims. It blocks: call it in a thread. Raises Unsupported."""
    if not looks_like(uploaded.data, uploaded.media_type):
        raise Unsupported(f"the file is no {uploaded.media_type}: send it with its own type")
    if not uploaded.media_type.startswith("image/"):
        return uploaded.data, Claim()
    try:
        return read_photograph(uploaded.data, uploaded.media_type)
    except BadPhotograph as error:
        raise Unsupported(str(error)) from error
