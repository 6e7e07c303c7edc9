"""/registry/duplicates and /registry/merges: records that seem to be one, and those that were made one."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from psycopg_pool import AsyncConnectionPool
from pydantic import BaseModel, Field

from registry.api.paging import PageQuery, after_key, page_of
from registry.api.route import Call, Role, Route
from registry.duplicates.service import DuplicateService, Merging
from registry.elements.model import Element, ElementType
from registry.elements.shapes.common import Text
from registry.elements.types import TYPES

__all__ = ["routes"]

_MERGERS = frozenset({Role.ADMINISTRATOR, Role.COMMANDER, Role.SUPERVISOR})
_READERS = _MERGERS | {Role.OFFICER}


class OneOut(BaseModel):
    """One of a pair. label: what it is called."""

    id: str
    label: str
    version: int


class ProposalOut(BaseModel):
    """Two that seem to be one, the older first. reasons: the rules that found them."""

    id: str
    element: Element
    reasons: list[str]
    found_at: datetime
    first: OneOut
    second: OneOut


class ProposalPage(BaseModel):
    """Open proposals in the order they were found."""

    items: list[ProposalOut]
    next: str | None


class ElementQuery(BaseModel, extra="forbid"):
    """Of which element."""

    element: Element = Element.PEOPLE


class ProposalQuery(PageQuery, ElementQuery):
    """A page of proposals."""

    record: str | None = Field(None, max_length=128, description="id: only those of this record")


class MergeQuery(PageQuery, ElementQuery):
    """A page of merges."""


class OpenOut(BaseModel):
    """How many proposals are open now."""

    open: int


class NoteIn(BaseModel, extra="forbid"):
    """note: for the record."""

    note: Text | None = None


class MergeIn(NoteIn):
    """other: id of the one that ends. version, other_version: those you saw. take: fields whose values come from it."""

    other: str = Field(min_length=1, max_length=128)
    version: int = Field(ge=1, le=2**31 - 1)
    other_version: int = Field(ge=1, le=2**31 - 1)
    take: list[str] = Field(default_factory=list, max_length=50)


class MergeOut(BaseModel):
    """One merge. moved: how many rows hung on the one that ended, by what they are."""

    id: str
    element: Element
    kept: OneOut
    gone: OneOut
    at: datetime
    by_name: str
    note: str | None
    taken: list[str]
    moved: dict[str, int]
    undone_at: datetime | None
    undone_by: str | None


class MergePage(BaseModel):
    """Merges, the newest first."""

    items: list[MergeOut]
    next: str | None


def _told(row: dict[str, object]) -> MergeOut:
    moved: dict[str, list[int]] = row["moved"]  # type: ignore[assignment]  # as it was stored
    return MergeOut.model_validate(row | {"moved": {name.partition(".")[0]: len(keys) for name, keys in moved.items()}})


class _Handlers:
    def __init__(self, service: DuplicateService) -> None:
        self._service = service

    async def page(self, call: Call) -> ProposalPage:
        """Open proposals."""
        query: ProposalQuery = call.query
        rows = await self._service.page(
            call, query.element, query.record, after=after_key(query.cursor), limit=query.limit
        )
        return page_of(ProposalPage, rows, query.limit)

    async def search(self, call: Call) -> OpenOut:
        """Look for them."""
        return OpenOut(open=await self._service.search(call, call.query.element))

    async def dismiss(self, call: Call) -> None:
        """They are two."""
        await self._service.dismiss(call, call.query.element, call.path["id"], call.body.note)

    async def merge(self, call: Call, element: Element) -> MergeOut:
        """They are one."""
        said = Merging(**call.body.model_dump())
        return _told(await self._service.merge(call, element, call.path["id"], said))

    async def merges(self, call: Call) -> MergePage:
        """What was merged."""
        query: MergeQuery = call.query
        rows = await self._service.merges(call, query.element, before=after_key(query.cursor), limit=query.limit)
        return page_of(MergePage, rows, query.limit, _told)

    async def undo(self, call: Call) -> MergeOut:
        """They were two after all."""
        return _told(await self._service.undo(call, call.query.element, call.path["id"]))


def routes(pool: AsyncConnectionPool) -> list[Route]:
    """Proposals, merges, and the merging of each element."""
    handlers, tag = _Handlers(DuplicateService(pool)), "registry"
    return [
        Route(method="GET", path="/registry/duplicates", handler=handlers.page, tag=tag, roles=_READERS,
              summary="Records that seem to be one, with the reasons", query=ProposalQuery, answer=ProposalPage),
        Route(method="POST", path="/registry/duplicates/search", handler=handlers.search, tag=tag, roles=_READERS,
              summary="Look for records that seem to be one", query=ElementQuery, answer=OpenOut),
        Route(method="POST", path="/registry/duplicates/{id}/dismiss", handler=handlers.dismiss, tag=tag,
              roles=_MERGERS, summary="They are two: not proposed again", query=ElementQuery, body=NoteIn, status=204,
              problems=(404,)),
        Route(method="GET", path="/registry/merges", handler=handlers.merges, tag=tag, roles=_READERS,
              summary="What was merged, by whom, and what moved", query=MergeQuery, answer=MergePage),
        Route(method="POST", path="/registry/merges/{id}/undo", handler=handlers.undo, tag=tag, roles=_MERGERS,
              summary="Undo a merge, while the record that was kept has not been changed since", query=ElementQuery,
              answer=MergeOut, problems=(404, 409)),
        *(_merging(handlers, kind) for kind in TYPES.values()),
    ]  # fmt: skip


def _merging(handlers: _Handlers, kind: ElementType) -> Route:
    return Route(method="POST", path=f"/registry/{kind.element}/{{id}}/merge", tag="registry", roles=_MERGERS,
                 handler=partial(handlers.merge, element=kind.element), body=MergeIn, answer=MergeOut,
                 summary=f"Merge another {kind.word} into this one: all that hangs on it moves",
                 problems=(404, 409))  # fmt: skip
