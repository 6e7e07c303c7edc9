"""/registry/{element}/{id}/files: photographs and papers of a record, added, listed, read and taken away."""

from __future__ import annotations

from psycopg_pool import AsyncConnectionPool
from pydantic import BaseModel

from registry.api.route import EVERYBODY, Call, Download, Route, Upload, Uploaded
from registry.elements.api import COLLECTORS, PRIVATE_READERS, LookQuery
from registry.elements.model import ElementType
from registry.elements.service import ElementService
from registry.elements.types import TYPES
from registry.files.api import FileQuery, StoredFileOut
from registry.files.model import MEDIA_TYPES, MOST_BYTES
from registry.files.service import AttachmentService
from registry.privacy.queries import Vault

__all__ = ["routes"]


class AttachmentOut(StoredFileOut, frozen=True):
    """A file of a record. taken_at, latitude, longitude: what the photograph claimed before that was stripped."""


class AttachmentList(BaseModel, from_attributes=True):
    """Files, the oldest first."""

    items: list[AttachmentOut]


class _Handlers:
    def __init__(self, service: ElementService, kind: ElementType, files: AttachmentService) -> None:
        self._service, self._kind, self._files = service, kind, files

    async def add(self, call: Call) -> AttachmentOut:
        """Take a file."""
        uploaded: Uploaded = call.body
        key, home = await self._service.located(call, call.path["id"])
        made = await self._files.add(
            self._kind.element, key, uploaded, organisation=home, name=call.query.name, by_name=call.user.name,
            user=call.user.user, idempotency_key=call.idempotency_key,
        )  # fmt: skip
        return AttachmentOut.model_validate(made)

    async def all(self, call: Call) -> AttachmentList:
        """Of one record."""
        row = await self._service.find(call, call.path["id"], call.query.purpose)
        return AttachmentList.model_validate({"items": await self._files.of(self._kind.element, row["key"])})

    async def read(self, call: Call) -> Download:
        """The bytes, to be saved and not shown."""
        row = await self._service.find(call, call.path["id"], call.query.purpose)
        file, chunks = await self._files.read(self._kind.element, row["key"], call.path["file"])
        return Download(media_type=file.media_type, chunks=chunks, filename=file.name)

    async def end(self, call: Call) -> None:
        """Take it away."""
        key, _ = await self._service.located(call, call.path["id"])
        await self._files.end(self._kind.element, key, call.path["file"], call.user.name)


def routes(pool: AsyncConnectionPool, vault: Vault, files: AttachmentService) -> list[Route]:
    """The routes of every element's files."""
    return [
        route
        for kind in TYPES.values()
        for route in _routes(kind, _Handlers(ElementService(pool, kind, vault), kind, files))
    ]


def _routes(kind: ElementType, handlers: _Handlers) -> list[Route]:
    path, tag = f"/registry/{kind.element}/{{id}}/files", "registry"
    readers = PRIVATE_READERS if kind.is_private else EVERYBODY
    return [
        Route(method="POST", path=path, handler=handlers.add, tag=tag, roles=COLLECTORS, query=FileQuery,
              summary=f"Add a photograph or paper to a {kind.word}; EXIF is told and stripped", idempotent=True,
              upload=Upload(media_types=MEDIA_TYPES, most_bytes=MOST_BYTES), answer=AttachmentOut, status=201,
              problems=(404, 409, 415)),
        Route(method="GET", path=path, handler=handlers.all, tag=tag, roles=readers, query=LookQuery,
              summary=f"Files of a {kind.word}", answer=AttachmentList, problems=(404,)),
        Route(method="GET", path=f"{path}/{{file}}", handler=handlers.read, tag=tag, roles=readers, query=LookQuery,
              summary=f"A file's bytes, of a {kind.word}", media_type="application/octet-stream",
              media_types=MEDIA_TYPES, problems=(404,)),
        Route(method="DELETE", path=f"{path}/{{file}}", handler=handlers.end, tag=tag, roles=COLLECTORS,
              summary=f"Take a file away from a {kind.word}; who did it stays on record", status=204,
              problems=(404,)),
    ]  # fmt: skip
