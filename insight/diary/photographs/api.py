"""/diary/{id}/photographs."""

from __future__ import annotations

from pydantic import BaseModel

from insight.diary.photographs.service import DiaryPhotographs
from registry.api.route import EVERYBODY, Call, Download, Role, Route, Upload, Uploaded
from registry.files.api import FileQuery, StoredFileOut
from registry.files.model import MEDIA_TYPES, MOST_BYTES

__all__ = ["routes"]

_PICTURES = tuple(one for one in MEDIA_TYPES if one.startswith("image/"))


class PhotographList(BaseModel):
    """The oldest first."""

    items: list[StoredFileOut]


class _Handlers:
    def __init__(self, service: DiaryPhotographs) -> None:
        self._service = service

    async def add(self, call: Call) -> StoredFileOut:
        """Take one."""
        uploaded: Uploaded = call.body
        query: FileQuery = call.query
        return StoredFileOut.model_validate(
            await self._service.add(call.user, call.path["id"], uploaded, query.name, call.idempotency_key)
        )

    async def all(self, call: Call) -> PhotographList:
        """Of an entry."""
        found = await self._service.of(call.user, call.path["id"])
        return PhotographList(items=[StoredFileOut.model_validate(one) for one in found])

    async def read(self, call: Call) -> Download:
        """The bytes."""
        found, chunks = await self._service.read(call.user, call.path["id"], call.path["photograph"])
        return Download(media_type=found.media_type, chunks=chunks, filename=found.name)


def routes(service: DiaryPhotographs) -> list[Route]:
    """The routes of a diary entry's photographs."""
    h, tag, path = _Handlers(service), "diary", "/diary/{id}/photographs"
    return [
        Route(method="POST", path=path, handler=h.add, tag=tag, query=FileQuery,
              upload=Upload(media_types=_PICTURES, most_bytes=MOST_BYTES), answer=StoredFileOut, status=201,
              roles=EVERYBODY - {Role.OBSERVER}, problems=(404, 409, 415), idempotent=True,
              summary="Add a photograph to an entry of one's own"),
        Route(method="GET", path=path, handler=h.all, tag=tag, answer=PhotographList, roles=EVERYBODY,
              problems=(404,), summary="An entry's photographs"),
        Route(method="GET", path=f"{path}/{{photograph}}", handler=h.read, tag=tag, roles=EVERYBODY, problems=(404,),
              media_type="image/jpeg", media_types=_PICTURES, summary="A photograph's bytes"),
    ]  # fmt: skip
