"""Rows of the routes table that every desk has alike: a list, steps of one thing of it, and a contact in full."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from inspect import signature

from pydantic import BaseModel

from dispatch.incidents.api import DISPATCHERS
from registry.api.paging import PageQuery, after_key, page_of
from registry.api.route import Call, Handler, Role, Route
from subsites.record.model import Told
from subsites.record.shapes import FullOut, PurposeIn

__all__ = ["CLERKS", "READERS", "RoomRoutes", "listed", "revealed"]

CLERKS = DISPATCHERS | {Role.OFFICER}
"""Who works at a service desk."""
READERS = CLERKS | {Role.SUPERVISOR}
"""Who sees what is done there."""

Find = Callable[..., Awaitable[Sequence[Told]]]
"""find(caller, before=, limit=, filters=): the rows of a page, the newest first."""
Deed = Callable[..., Awaitable[Told]]
"""deed(id, caller, **fields of the body): the thing as it is then."""
Reveal = Callable[[str, Call, str], Awaitable[Told]]
"""reveal(id, call, purpose): what is masked, in full."""


def listed(path: str, find: Find, query: type[PageQuery], answer: type[BaseModel], summary: str) -> Route:
    """GET path: a page of a list. query has `filters()`."""

    async def page(call: Call) -> BaseModel:
        asked = call.query
        rows = await find(call.user, before=after_key(asked.cursor), limit=asked.limit, filters=asked.filters())
        return page_of(answer, rows, asked.limit)

    return Route(
        method="GET", path=path, handler=page, tag=_tag(path), summary=summary, query=query, answer=answer,
        roles=READERS,
    )  # fmt: skip


def revealed(
    path: str, reveal: Reveal, answer: type[BaseModel] = FullOut, summary: str = "Name and telephone in full"
) -> Route:
    """POST path/{id}/reveal: what is masked, for a purpose that is on record."""

    async def handle(call: Call) -> BaseModel:
        return answer.model_validate(await reveal(call.path["id"], call, call.body.purpose))

    return Route(
        method="POST", path=f"{path}/{{id}}/reveal", handler=handle, tag=_tag(path), body=PurposeIn, answer=answer,
        summary=f"{summary}; the look is on record", roles=CLERKS, problems=(404,),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class RoomRoutes:
    """The routes of what is done to one thing of a list: POST path/{id}/name. answer: the thing, as it is told."""

    path: str
    answer: type[BaseModel]
    roles: frozenset[Role] = CLERKS

    def command(
        self, name: str, handler: Handler, summary: str, body: type[BaseModel], *, idempotent: bool = False
    ) -> Route:
        """With a handler of its own."""
        return Route(
            method="POST", path=f"{self.path}/{{id}}/{name}", handler=handler, tag=_tag(self.path), summary=summary,
            body=body, answer=self.answer, roles=self.roles, problems=(404, 409), idempotent=idempotent,
        )  # fmt: skip

    def step(self, name: str, deed: Deed, summary: str, body: type[BaseModel]) -> Route:
        """The fields of the body are the deed's arguments, by name. Raises TypeError where they are not."""
        signature(deed).bind("id", None, **dict.fromkeys(body.model_fields))

        async def handle(call: Call) -> BaseModel:
            return self.answer.model_validate(await deed(call.path["id"], call.user, **dict(call.body)))

        return self.command(name, handle, summary, body)


def _tag(path: str) -> str:
    return path.split("/")[1]
