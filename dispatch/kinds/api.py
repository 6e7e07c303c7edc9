"""/kinds: the catalogue, read by everybody, edited by the city's administrators."""

from __future__ import annotations

from psycopg_pool import AsyncConnectionPool
from pydantic import BaseModel, Field

from dispatch.kinds.model import Category, Kind
from dispatch.kinds.service import KindService
from dispatch.kinds.store import CODE, LONGEST_LIMIT_S
from registry.api.fields import UNSET, Id, Line, Patch
from registry.api.route import ADMINISTRATORS, EVERYBODY, Call, Route

__all__ = ["routes"]

_Limit = Field(ge=1, le=LONGEST_LIMIT_S)


class KindOut(BaseModel):
    """A kind. class: of the standard; department: word of the line department that answers for it.

    priority: 1 (emergency) to 4. accept_s, arrive_s, handle_s, verify_s: limits in seconds.
    """

    code: str
    category: Category
    class_: str = Field(serialization_alias="class")
    name_en: str
    name_zh: str
    department: str | None
    priority: int
    skills: list[str]
    accept_s: int
    arrive_s: int
    handle_s: int
    verify_s: int
    retired: bool


class KindList(BaseModel):
    """The catalogue, in the order of codes."""

    items: list[KindOut]


class KindQuery(BaseModel, extra="forbid"):
    """Which kinds."""

    category: Category | None = None
    class_: Line | None = Field(None, alias="class", description="of the standard, such as greening")
    retired: bool = Field(False, description="true: those out of use, too")


class KindIn(BaseModel, extra="forbid"):
    """A kind to add."""

    code: str = Field(pattern=CODE)
    category: Category
    class_: Line = Field(alias="class")
    name_en: Line
    name_zh: Line
    department: Line | None = None
    priority: int = Field(3, ge=1, le=4)
    skills: list[Id] = Field(default_factory=list, max_length=20)
    accept_s: int = _Limit
    arrive_s: int = _Limit
    handle_s: int = _Limit
    verify_s: int = _Limit


class KindPatch(Patch):
    """What to change. A retired kind takes no new incidents."""

    name_en: Line = UNSET
    name_zh: Line = UNSET
    department: Line | None = UNSET
    priority: int = Field(UNSET, ge=1, le=4)
    skills: list[Id] = Field(UNSET, max_length=20)
    accept_s: int = Field(UNSET, ge=1, le=LONGEST_LIMIT_S)
    arrive_s: int = Field(UNSET, ge=1, le=LONGEST_LIMIT_S)
    handle_s: int = Field(UNSET, ge=1, le=LONGEST_LIMIT_S)
    verify_s: int = Field(UNSET, ge=1, le=LONGEST_LIMIT_S)
    retired: bool = UNSET


class _Handlers:
    def __init__(self, service: KindService) -> None:
        self._service = service

    async def all(self, call: Call) -> KindList:
        """The catalogue."""
        query: KindQuery = call.query
        return KindList(
            items=[_out(kind) for kind in await self._service.all(query.category, query.class_, retired=query.retired)]
        )

    async def one(self, call: Call) -> KindOut:
        """One of them."""
        return _out(await self._service.find(call.path["code"]))

    async def add(self, call: Call) -> KindOut:
        """Add one."""
        body: KindIn = call.body
        return _out(await self._service.add(body.model_dump(), call.user))

    async def change(self, call: Call) -> KindOut:
        """Change one."""
        body: KindPatch = call.body
        return _out(await self._service.change(call.path["code"], body.changes(), call.user))


def _out(kind: Kind) -> KindOut:
    return KindOut.model_validate(kind, from_attributes=True)


def routes(pool: AsyncConnectionPool) -> list[Route]:
    """The catalogue's routes."""
    handlers, tag = _Handlers(KindService(pool)), "kinds"
    return [
        Route(method="GET", path="/kinds", handler=handlers.all, tag=tag, summary="Kinds of incidents",
              query=KindQuery, answer=KindList, roles=EVERYBODY),
        Route(method="POST", path="/kinds", handler=handlers.add, tag=tag, summary="Add a kind",
              body=KindIn, answer=KindOut, status=201, roles=ADMINISTRATORS, problems=(409,)),
        Route(method="GET", path="/kinds/{code}", handler=handlers.one, tag=tag, summary="One kind",
              answer=KindOut, roles=EVERYBODY, problems=(404,)),
        Route(method="PATCH", path="/kinds/{code}", handler=handlers.change, tag=tag,
              summary="Change a kind", body=KindPatch, answer=KindOut,
              roles=ADMINISTRATORS, problems=(404,)),
    ]  # fmt: skip
