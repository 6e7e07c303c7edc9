"""Photographs of diary entries: added by the writer, seen by whoever reads the entry."""

from __future__ import annotations

from collections.abc import AsyncIterator

from insight.diary.service import DiaryService
from registry.api.problems import Forbidden
from registry.api.route import Caller, Uploaded
from registry.files.model import Attachment
from registry.files.service import AttachmentService

__all__ = ["SUBJECT", "DiaryPhotographs"]

SUBJECT = "diary_entries"
"""What they are attached to."""


class DiaryPhotographs:
    """One async function a command."""

    def __init__(self, diary: DiaryService, attachments: AttachmentService) -> None:
        self._diary, self._attachments = diary, attachments

    async def add(self, caller: Caller, entry: str, uploaded: Uploaded, name: str, key: str | None) -> Attachment:
        """To an entry of the caller's own. Raises Conflict (too many), Forbidden, NotFound, Unsupported."""
        found = await self._diary.find(caller, entry)
        if found["user"] != caller.user:
            raise Forbidden("only who wrote the entry adds photographs to it")
        return await self._attachments.add(
            SUBJECT, found["key"], uploaded, organisation=found["organisation_key"], name=name, by_name=caller.name,
            user=caller.user, idempotency_key=key,
        )  # fmt: skip

    async def of(self, caller: Caller, entry: str) -> list[Attachment]:
        """Those of an entry, the oldest first. Raises NotFound."""
        return await self._attachments.of(SUBJECT, (await self._diary.find(caller, entry))["key"])

    async def read(self, caller: Caller, entry: str, photograph: str) -> tuple[Attachment, AsyncIterator[bytes]]:
        """One of an entry's, and its bytes. Raises NotFound."""
        return await self._attachments.read(SUBJECT, (await self._diary.find(caller, entry))["key"], photograph)
