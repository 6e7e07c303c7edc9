"""/search: everything that has a name or an address."""

from __future__ import annotations

from pydantic import BaseModel, Field

from registry.api.problems import BadRequest
from registry.api.route import EVERYBODY, Call, Route
from registry.search.model import Found
from registry.search.service import SearchService

__all__ = ["routes"]

_KINDS = ("people", "buildings", "houses", "places", "things", "establishments", "organisations", "members",
          "incidents")  # fmt: skip


class SearchQuery(BaseModel, extra="forbid"):
    """What is looked for."""

    q: str = Field(min_length=1, max_length=64, description="part of a name or address; pinyin or its initials")
    kinds: str | None = Field(None, max_length=200, description=f"some of {', '.join(_KINDS)}, with commas")
    organisation: str | None = Field(None, max_length=128, description="id; its subtree only")
    limit: int = Field(8, ge=1, le=50, description="of each kind at most")


class SearchOut(BaseModel):
    """The best first."""

    items: list[Found]


def routes(service: SearchService) -> list[Route]:
    """The one route of search."""

    async def find(call: Call) -> SearchOut:
        """The best of each kind."""
        query: SearchQuery = call.query
        kinds = [kind.strip() for kind in (query.kinds or "").split(",") if kind.strip()]
        if wrong := sorted(set(kinds) - set(_KINDS)):
            raise BadRequest(f"there is no kind {', '.join(wrong)}: take some of {', '.join(_KINDS)}")
        found = await service.find(call.user, query.q, kinds=kinds, organisation=query.organisation, limit=query.limit)
        return SearchOut(items=found)

    return [Route(method="GET", path="/search", handler=find, tag="registry", summary="Search of everything",
                  roles=EVERYBODY, query=SearchQuery, answer=SearchOut)]  # fmt: skip
