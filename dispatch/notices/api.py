"""/notices: what members are told, with read receipts."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from dispatch.incidents.actor import actor_of
from dispatch.incidents.shapes import Text
from dispatch.notices.service import NoticeService
from registry.api.fields import Id, Line
from registry.api.paging import PageQuery, after_key, page_of
from registry.api.problems import NotFound
from registry.api.route import EVERYBODY, Call, Role, Route

__all__ = ["routes"]

_WRITERS = frozenset({Role.ADMINISTRATOR, Role.COMMANDER, Role.DISPATCHER, Role.SUPERVISOR})


class NoticeIn(BaseModel, extra="forbid"):
    """organisation: id; all members below it are told."""

    organisation: Id
    title: Line
    body: Text
    urgent: bool = False


class NoticeOut(BaseModel):
    """A notice. members, read: how many of the caller's subtree, null for a member; read_at: when he read it."""

    id: str
    organisation: str
    title: str
    body: str
    urgent: bool
    author: str
    at: datetime
    members: int | None
    read: int | None
    read_at: datetime | None


class NoticePage(BaseModel):
    """Notices, the newest first."""

    items: list[NoticeOut]
    next: str | None


class NoticeQuery(PageQuery):
    """Which notices."""

    limit: int = Field(50, ge=1, le=200, description="rows a page at most")


class ReceiptOut(BaseModel):
    """A member who was told. read_at: null while he has not read it."""

    member: str
    name: str
    organisation: str
    read_at: datetime | None


class ReceiptPage(BaseModel):
    """Members, in the order of the registry."""

    items: list[ReceiptOut]
    next: str | None


class ReceiptQuery(PageQuery):
    """read: only who has, or has not."""

    read: bool | None = None


class _Handlers:
    def __init__(self, service: NoticeService) -> None:
        self._service = service

    async def write(self, call: Call) -> NoticeOut:
        """Write one."""
        body: NoticeIn = call.body
        row = await self._service.write(
            actor_of(call.user), body.organisation, title=body.title, body=body.body, urgent=body.urgent,
            idempotency_key=call.idempotency_key,
        )  # fmt: skip
        return NoticeOut.model_validate(row)

    async def page(self, call: Call) -> NoticePage:
        """Those the caller may see."""
        query: NoticeQuery = call.query
        rows = await self._service.page(actor_of(call.user), before=after_key(query.cursor), limit=query.limit)
        return page_of(NoticePage, rows, query.limit)

    async def receipts(self, call: Call) -> ReceiptPage:
        """Who has read it."""
        query: ReceiptQuery = call.query
        rows = await self._service.receipts(
            call.path["id"], actor_of(call.user), read=query.read, after=after_key(query.cursor), limit=query.limit
        )
        return page_of(ReceiptPage, rows, query.limit)

    async def read(self, call: Call) -> None:
        """I have read it."""
        if call.user.member is None:
            raise NotFound(f"there is no notice {call.path['id']!r} for you")
        await self._service.read(call.path["id"], call.user.member)


def routes(service: NoticeService) -> list[Route]:
    """The notices' routes."""
    handlers, tag = _Handlers(service), "notices"
    return [
        Route(method="POST", path="/notices", handler=handlers.write, tag=tag,
              summary="Tell all members below an organisation", body=NoticeIn, answer=NoticeOut, status=201,
              roles=_WRITERS, idempotent=True, problems=(404, 409)),
        Route(method="GET", path="/notices", handler=handlers.page, tag=tag,
              summary="Notices with how many have read them; a member's own for a member", query=NoticeQuery,
              answer=NoticePage, roles=EVERYBODY),
        Route(method="GET", path="/notices/{id}/receipts", handler=handlers.receipts, tag=tag,
              summary="Who has read it, and who has not", query=ReceiptQuery, answer=ReceiptPage, problems=(404,)),
        Route(method="POST", path="/notices/{id}/read", handler=handlers.read, tag=tag,
              summary="The member has read it", roles=frozenset({Role.MEMBER}), problems=(404,)),
    ]  # fmt: skip
