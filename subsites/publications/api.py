"""/publications: the desk where party and government affairs are written, approved and published."""

from __future__ import annotations

from dataclasses import asdict

from registry.api.paging import after_key
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
    ReasonIn,
)
from subsites.record.model import Told
from subsites.record.routes import READERS, commands
from subsites.record.shapes import VersionIn, next_of

__all__ = ["routes"]

_APPROVERS = frozenset({Role.ADMINISTRATOR, Role.COMMANDER, Role.SUPERVISOR})


class _Handlers:
    def __init__(self, service: PublicationService) -> None:
        self._service = service

    async def page(self, call: Call) -> PublicationPage:
        """Those the caller may see."""
        query: PublicationQuery = call.query
        rows = await self._service.page(
            call.user, before=after_key(query.cursor), limit=query.limit, filters=query.filters()
        )
        return PublicationPage(items=[_out(row) for row in rows], next=next_of(rows, query.limit))

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

    async def submit(self, call: Call) -> PublicationOut:
        """Submitted."""
        return _out(await self._service.submit(call.path["id"], call.user, call.body.version))

    async def approve(self, call: Call) -> PublicationOut:
        """Approved."""
        return _out(await self._service.approve(call.path["id"], call.user, call.body.version))

    async def send_back(self, call: Call) -> PublicationOut:
        """Sent back."""
        body: ReasonIn = call.body
        return _out(await self._service.send_back(call.path["id"], call.user, body.version, body.reason))

    async def publish(self, call: Call) -> PublicationOut:
        """Published."""
        body: PublishIn = call.body
        return _out(
            await self._service.publish(
                call.path["id"], call.user, body.version, body.visible_from, body.visible_until
            )
        )  # fmt: skip

    async def withdraw(self, call: Call) -> PublicationOut:
        """Withdrawn."""
        body: ReasonIn = call.body
        return _out(await self._service.withdraw(call.path["id"], call.user, body.version, body.reason))

    async def revise(self, call: Call) -> PublicationOut:
        """A draft again."""
        return _out(await self._service.revise(call.path["id"], call.user, call.body.version))


def _out(row: Told) -> PublicationOut:
    return PublicationOut.model_validate(row)


def _file(file: Attachment) -> AttachmentOut:
    return AttachmentOut.model_validate(asdict(file))


def routes(service: PublicationService) -> list[Route]:
    """The desk's routes."""
    handlers, tag, base, one = _Handlers(service), "publications", "/publications", "/publications/{id}"
    command, approval = (commands("publications", PublicationOut, roles=roles) for roles in (READERS, _APPROVERS))
    return [
        Route(method="GET", path=base, handler=handlers.page, tag=tag, summary="Publications, the newest first",
              query=PublicationQuery, answer=PublicationPage, roles=READERS),
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
        command("submit", handlers.submit, "It is ready to be approved", VersionIn),
        approval("approve", handlers.approve, "Approve what somebody else wrote", VersionIn),
        approval("send-back", handlers.send_back, "It is to be written better", ReasonIn),
        command("publish", handlers.publish, "The public reads it, from when and up to when", PublishIn),
        command("withdraw", handlers.withdraw, "The public reads it no more", ReasonIn),
        command("revise", handlers.revise, "Make a draft of it again", VersionIn),
    ]  # fmt: skip
