"""/incidents/{id}/files and /files/{id}."""

from __future__ import annotations

from pydantic import BaseModel

from dispatch.files.service import FileService
from dispatch.incidents.actor import actor_of
from registry.api.route import EVERYBODY, Call, Download, Role, Route, Upload, Uploaded
from registry.files.api import FileQuery, StoredFileOut
from registry.files.model import MEDIA_TYPES, MOST_BYTES

__all__ = ["routes"]


class FileOut(StoredFileOut, frozen=True):
    """A file. taken_at, latitude, longitude: what the photograph's EXIF claimed before it was stripped.

    seconds_off: from the report to that time; metres_off: from the incident's place.
    """

    incident: str
    seconds_off: float | None
    metres_off: float | None


class FileList(BaseModel):
    """Files, the oldest first."""

    items: list[FileOut]


class _Handlers:
    def __init__(self, service: FileService) -> None:
        self._service = service

    async def add(self, call: Call) -> FileOut:
        """Take a file."""
        uploaded: Uploaded = call.body
        query: FileQuery = call.query
        return FileOut.model_validate(
            await self._service.add(
                call.path["id"], actor_of(call.user), uploaded, query.name, idempotency_key=call.idempotency_key
            )
        )

    async def all(self, call: Call) -> FileList:
        """Of an incident."""
        return FileList(
            items=[
                FileOut.model_validate(one)
                for one in await self._service.of_incident(call.path["id"], actor_of(call.user))
            ]
        )

    async def read(self, call: Call) -> Download:
        """The bytes, to be saved and not shown."""
        file, chunks = await self._service.read(call.path["id"], actor_of(call.user))
        return Download(media_type=file.media_type, chunks=chunks, filename=file.name)


def routes(service: FileService) -> list[Route]:
    """The files' routes."""
    handlers, tag = _Handlers(service), "incidents"
    return [
        Route(method="POST", path="/incidents/{id}/files", handler=handlers.add, tag=tag,
              summary="Add a photograph or file; EXIF is compared with the incident and stripped", query=FileQuery,
              upload=Upload(media_types=MEDIA_TYPES, most_bytes=MOST_BYTES), answer=FileOut, status=201,
              roles=EVERYBODY - {Role.OBSERVER}, problems=(404, 409, 415), idempotent=True),
        Route(method="GET", path="/incidents/{id}/files", handler=handlers.all, tag=tag, summary="Its files",
              answer=FileList, roles=EVERYBODY, problems=(404,)),
        Route(method="GET", path="/files/{id}", handler=handlers.read, tag=tag, summary="A file's bytes",
              media_type="application/octet-stream", media_types=MEDIA_TYPES, roles=EVERYBODY, problems=(404,)),
    ]  # fmt: skip
