from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from registry.api.listing import listed
from registry.api.paging import PageQuery, cursor_of
from registry.api.route import Call, Caller, Role

DORA = Caller(user=1, name="dora", role=Role.DISPATCHER, organisation=1, organisation_id="city")


class LampQuery(PageQuery):
    lit: bool | None = None


class LampOut(BaseModel):
    id: str


class LampPage(BaseModel):
    items: list[LampOut]
    next: str | None


async def test_a_list_is_found_by_its_caller_its_page_and_what_else_is_asked() -> None:
    asked: list[Any] = []

    async def find(caller: Caller, **which: Any) -> list[dict[str, Any]]:
        asked.append((caller, which))
        return [{"key": 7, "id": "lamp-7"}]

    query = LampQuery(cursor=cursor_of(9), limit=1, lit=True)
    page = await listed(find, LampPage)(
        Call(caller=DORA, path={}, query=query, body=None, token=None, address="127.0.0.1")
    )
    assert page == LampPage(items=[LampOut(id="lamp-7")], next=cursor_of(7))
    assert asked == [(DORA, {"before": 9, "limit": 1, "lit": True})]
