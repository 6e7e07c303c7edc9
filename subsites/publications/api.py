"""/publications: the desk where party and government affairs are written, approved and published."""

from __future__ import annotations

from dataclasses import asdict

from registry.api.route import Call, Download, Role, Route, Upload
from registry.files.model import MEDIA_TYPES, MOST_BYTES, Attachment
from subsites.publications.service import PublicationService
from subsites.publications.shapes import (
    AttachmentOut,
    FileQuery,
    PublicationDetail,
    PublicationIn,
    PublicationOut,
    PublicationPage,
    PublicationPatch,
    PublicationQuery,
    PublishIn,
)
from subsites.record.model import Told
from subsites.record.routes import READERS, RoomRoutes, listed
from subsites.record.shapes import ReasonIn, VersionIn

__all__ = ["routes"]

_APPROVERS = frozenset({Role.ADMINISTRATOR, Role.COMMANDER, Role.SUPERVISOR})


class _Handlers:
    def __init__(self, service: PublicationService) -> None:
        self._service = service

    async def one(self, call: Call) -> PublicationDetail:
        """One of them."""
        row, files, log = await self._service.find(call.path["id"], call.user)
        return PublicationDetail.model_validate(
            row | {"files": [asdict(one) for one in files], "log": list(log), "yours": call.user.user in row["writers"]}
        )

    async def add(self, call: Call) -> PublicationOut:
        """A draft."""
        body: PublicationIn = call.body
        return _out(await self._service.add(body.model_dump(), call.user, call.idempotency_key))

    async def edit(self, call: Call) -> PublicationOut:
        """Changed."""
        body: PublicationPatch = call.body
        changes = {name: value for name, value in body.changes().items() if name != "version"}
        return _out(await self._service.edit(call.path["id"], call.user, body.version, changes))

    async def attach(self, call: Call) -> AttachmentOut:
        """A file more."""
        query: FileQuery = call.query
        return _file(
            await self._service.attach(call.path["id"], call.user, call.body, query.name, call.idempotency_key)
        )

    async def file(self, call: Call) -> Download:
        """The bytes, to be saved and not shown."""
        file, chunks = await self._service.file(call.path["id"], call.path["file"], call.user)
        return Download(media_type=file.media_type, chunks=chunks, filename=file.name)


def _out(row: Told) -> PublicationOut:
    return PublicationOut.model_validate(row)


def _file(file: Attachment) -> AttachmentOut:
    return AttachmentOut.model_validate(asdict(file))


def routes(service: PublicationService) -> list[Route]:
    """The desk's routes."""
    handlers, tag, base, one = _Handlers(service), "publications", "/publications", "/publications/{id}"
    room, approval = (RoomRoutes(base, PublicationOut, roles) for roles in (READERS, _APPROVERS))
    return [
        listed(base, service.page, PublicationQuery, PublicationPage, "Publications, the newest first"),
        Route(method="POST", path=base, handler=handlers.add, tag=tag, summary="Begin a draft", body=PublicationIn,
              answer=PublicationOut, status=201, roles=READERS, problems=(404, 409), idempotent=True),
        Route(method="GET", path=one, handler=handlers.one, tag=tag, summary="One, its files and its record",
              answer=PublicationDetail, roles=READERS, problems=(404,)),
        Route(method="PATCH", path=one, handler=handlers.edit, tag=tag, summary="Change a draft",
              body=PublicationPatch, answer=PublicationOut, roles=READERS, problems=(404, 409)),
        Route(method="POST", path=f"{one}/files", handler=handlers.attach, tag=tag, summary="Add a file to a draft",
              query=FileQuery, upload=Upload(media_types=MEDIA_TYPES, most_bytes=MOST_BYTES), answer=AttachmentOut,
              status=201, roles=READERS, problems=(404, 409, 415), idempotent=True),
        Route(method="GET", path=f"{one}/files/{{file}}", handler=handlers.file, tag=tag, summary="A file's bytes",
              media_type="application/octet-stream", media_types=MEDIA_TYPES, roles=READERS, problems=(404,)),
        room.step("submit", service.submit, "It is ready to be approved", VersionIn),
        approval.step("approve", service.approve, "Approve what somebody else wrote", VersionIn),
        approval.step("send-back", service.send_back, "It is to be written better", ReasonIn),
        room.step("publish", service.publish, "The public reads it, from when and up to when", PublishIn),
        room.step("withdraw", service.withdraw, "The public reads it no more", ReasonIn),
        room.step("revise", service.revise, "Make a draft of it again", VersionIn),
    ]  # fmt: skip
