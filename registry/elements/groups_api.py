"""/registry/groups: the special groups that residents may belong to; the city's administrators edit them."""

from __future__ import annotations

from psycopg_pool import AsyncConnectionPool
from pydantic import BaseModel, Field

from registry.api.fields import Line
from registry.api.problems import Forbidden
from registry.api.route import ADMINISTRATORS, EVERYBODY, Call, Route
from registry.elements.groups_store import all_groups, put_group
from registry.organisations.model import ROOT_KEY

__all__ = ["routes"]


class GroupIn(BaseModel, extra="forbid"):
    """What a group is called. retired: not offered any more; who belongs to it still does."""

    name_en: Line
    name_zh: Line
    retired: bool = False


class GroupOut(GroupIn):
    """A special group."""

    code: str


class GroupList(BaseModel):
    """All of them, by code."""

    items: list[GroupOut]


class CodedGroupIn(GroupIn):
    """A group to add or change, by its code."""

    code: str = Field(pattern=r"^[a-z0-9_]{1,40}$")


def routes(pool: AsyncConnectionPool) -> list[Route]:
    """The groups' routes."""

    async def every(_: Call) -> GroupList:
        """All of them."""
        async with pool.connection() as connection:
            return GroupList.model_validate({"items": await all_groups(connection)})

    async def put(call: Call) -> GroupOut:
        """Add one, or change the one of that code."""
        body: CodedGroupIn = call.body
        if call.user.organisation != ROOT_KEY:
            raise Forbidden("special groups are the whole city's: ask an administrator of the city")
        async with pool.connection() as connection:
            await put_group(connection, **body.model_dump())
        return GroupOut(**body.model_dump())

    return [
        Route(method="GET", path="/registry/groups", handler=every, tag="registry", roles=EVERYBODY,
              summary="Special groups of the population", answer=GroupList),
        Route(method="PUT", path="/registry/groups", handler=put, tag="registry", roles=ADMINISTRATORS,
              summary="Add or change a special group", body=CodedGroupIn, answer=GroupOut),
    ]  # fmt: skip
