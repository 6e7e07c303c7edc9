"""/registry/{element}: the same calls for each of the elements."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Literal

from psycopg_pool import AsyncConnectionPool
from pydantic import BaseModel, Field

from registry.api.paging import after_key, page_of
from registry.api.route import EVERYBODY, Call, Role, Route
from registry.elements.model import Act, Element, ElementType
from registry.elements.service import ElementService
from registry.elements.shapes.common import ElementIn, ElementPatch, ElementQuery, Latitude, Longitude, Purpose, Text
from registry.elements.types import TYPES
from registry.privacy.queries import Vault

__all__ = ["COLLECTORS", "PRIVATE_READERS", "LookQuery", "routes"]

COLLECTORS = frozenset({Role.ADMINISTRATOR, Role.COMMANDER, Role.OFFICER, Role.MEMBER})
"""Who adds and changes basic data, and sees numbers in full where he says for what."""
PRIVATE_READERS = EVERYBODY - {Role.OBSERVER}
"""Who sees people and households."""


class LookQuery(BaseModel, extra="forbid"):
    """purpose: needed for people and households; it goes on record."""

    purpose: Purpose | None = None


class PurposeIn(BaseModel, extra="forbid"):
    """For what the numbers are needed."""

    purpose: Purpose


class NumberIn(PurposeIn):
    """A whole number, and for what somebody looks for it. It travels in the body: addresses are logged on their way."""

    kind: Literal["identity", "telephone"]
    number: str = Field(min_length=3, max_length=40)


class NumbersOut(BaseModel):
    """Numbers in full; null: there is none, or it cannot be opened on this server."""

    identity: str | None = None
    telephone: str | None = None


class EndIn(BaseModel, extra="forbid"):
    """That it is no more. reason: of people. version: the one you saw."""

    version: int = Field(ge=1, le=2**31 - 1)
    reason: Literal["moved", "died", "mistake"] | None = None
    remark: Text | None = None
    at_latitude: Latitude | None = None
    at_longitude: Longitude | None = None


class ChangeOut(BaseModel):
    """One entry of the record. before, after: the fields that differ; numbers stay sealed."""

    version: int
    at: datetime
    action: str
    actor: str
    latitude: float | None
    longitude: float | None
    note: str | None
    before: dict[str, Any]
    after: dict[str, Any]


class HistoryOut(BaseModel):
    """Entries, the newest first."""

    items: list[ChangeOut]


class _Handlers:
    def __init__(self, service: ElementService, kind: ElementType) -> None:
        self._service, self._kind = service, kind

    async def page(self, call: Call) -> BaseModel:
        """A page of them."""
        query: ElementQuery = call.query
        rows = await self._service.page(call, query.filters(), after=after_key(query.cursor), limit=query.limit)
        return page_of(self._kind.page, rows, query.limit)

    async def one(self, call: Call) -> BaseModel:
        """One of them."""
        return self._kind.out.model_validate(await self._service.find(call, call.path["id"], call.query.purpose))

    async def add(self, call: Call) -> BaseModel:
        """A new one."""
        body: ElementIn = call.body
        fields = {name: value for name, value in body.model_dump().items() if name not in _STANDING}
        return self._kind.out.model_validate(await self._service.add(call, fields, _act(call, body)))

    async def change(self, call: Call) -> BaseModel:
        """Some of its fields."""
        body: ElementPatch = call.body
        sent = body.model_dump(include=body.model_fields_set - _STANDING)
        return self._kind.out.model_validate(await self._service.change(call, call.path["id"], sent, _act(call, body)))

    async def end(self, call: Call) -> BaseModel:
        """It is no more."""
        body: EndIn = call.body
        changes: dict[str, Any] = {"version": body.version, "ended_at": datetime.now(UTC)}
        if self._kind.element is Element.PEOPLE:
            changes["end_reason"] = body.reason or "mistake"
        row = await self._service.change(call, call.path["id"], changes, _act(call, body), action="end")
        return self._kind.out.model_validate(row)

    async def restore(self, call: Call) -> BaseModel:
        """It is again."""
        body: EndIn = call.body
        changes: dict[str, Any] = {"version": body.version, "ended_at": None}
        if self._kind.element is Element.PEOPLE:
            changes["end_reason"] = None
        row = await self._service.change(call, call.path["id"], changes, _act(call, body), action="restore")
        return self._kind.out.model_validate(row)

    async def history(self, call: Call) -> HistoryOut:
        """Its record."""
        entries = await self._service.history(call, call.path["id"], call.query.purpose)
        return HistoryOut.model_validate({"items": entries})

    async def by_number(self, call: Call) -> BaseModel:
        """Who has that number."""
        body: NumberIn = call.body
        rows = await self._service.by_number(call, body.kind, body.number, body.purpose)
        return self._kind.page.model_validate({"items": rows, "next": None})

    async def reveal(self, call: Call) -> NumbersOut:
        """Its numbers in full."""
        body: PurposeIn = call.body
        return NumbersOut.model_validate(await self._service.reveal(call, call.path["id"], body.purpose))


_STANDING = {"at_latitude", "at_longitude", "remark"}


def _act(call: Call, body: ElementIn | ElementPatch | EndIn) -> Act:
    return Act(
        actor=call.user.name, user=call.user.user, member=call.user.member, latitude=body.at_latitude,
        longitude=body.at_longitude, note=body.remark,
    )  # fmt: skip


def routes(pool: AsyncConnectionPool, vault: Vault) -> list[Route]:
    """The routes of every element."""
    return [route for kind in TYPES.values() for route in _routes(kind, ElementService(pool, kind, vault))]


def _routes(kind: ElementType, service: ElementService) -> list[Route]:
    handlers, tag, path = _Handlers(service, kind), "registry", f"/registry/{kind.element}"
    readers = PRIVATE_READERS if kind.is_private else EVERYBODY
    table = [
        Route(method="GET", path=path, handler=handlers.page, tag=tag, roles=readers,
              summary=f"{kind.element.title()} of the caller's organisations", query=kind.query, answer=kind.page),
        Route(method="POST", path=path, handler=handlers.add, tag=tag, roles=COLLECTORS, body=kind.body,
              summary=f"Add a {kind.word}", answer=kind.out, status=201, problems=(404, 409, 503), idempotent=True),
        Route(method="GET", path=f"{path}/{{id}}", handler=handlers.one, tag=tag, roles=readers, query=LookQuery,
              summary=f"One {kind.word}", answer=kind.out, problems=(404,)),
        Route(method="PATCH", path=f"{path}/{{id}}", handler=handlers.change, tag=tag, roles=COLLECTORS,
              body=kind.patch, summary=f"Change a {kind.word}", answer=kind.out, problems=(404, 409, 503)),
        Route(method="POST", path=f"{path}/{{id}}/end", handler=handlers.end, tag=tag, roles=COLLECTORS, body=EndIn,
              summary=f"A {kind.word} is no more; nothing is deleted", answer=kind.out, problems=(404, 409)),
        Route(method="POST", path=f"{path}/{{id}}/restore", handler=handlers.restore, tag=tag, roles=COLLECTORS,
              body=EndIn, summary=f"A {kind.word} is again", answer=kind.out, problems=(404, 409)),
        Route(method="GET", path=f"{path}/{{id}}/history", handler=handlers.history, tag=tag, roles=readers,
              summary=f"Who changed what of a {kind.word}", query=LookQuery, answer=HistoryOut, problems=(404,)),
    ]  # fmt: skip
    if kind.sealed:
        table += [
            Route(method="POST", path=f"{path}/{{id}}/reveal", handler=handlers.reveal, tag=tag, roles=COLLECTORS,
                  body=PurposeIn, summary=f"Numbers of a {kind.word} in full, on record", answer=NumbersOut,
                  problems=(404,)),
            Route(method="POST", path=f"{path}/by-number", handler=handlers.by_number, tag=tag, roles=readers,
                  body=NumberIn, summary=f"Each {kind.word} that has a whole number, on record", answer=kind.page,
                  problems=(503,)),
        ]  # fmt: skip
    return table
