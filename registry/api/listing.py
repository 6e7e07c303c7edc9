"""The handler of a list, the newest first: what the query asks besides its page goes on to who finds the rows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from registry.api.paging import PageQuery, after_key, page_of
from registry.api.route import Call, Handler

__all__ = ["listed"]

_PAGE = frozenset(PageQuery.model_fields)


def listed(find: Callable[..., Awaitable[Sequence[Mapping[str, Any]]]], page: type[BaseModel]) -> Handler:
    """find(caller, before=, limit=, and the other fields of the route's query): rows with a `key`, as that page."""

    async def handle(call: Call) -> BaseModel:
        query: PageQuery = call.query
        which = query.model_dump(exclude=set(_PAGE))
        rows = await find(call.user, before=after_key(query.cursor), limit=query.limit, **which)
        return page_of(page, rows, query.limit)

    return handle
