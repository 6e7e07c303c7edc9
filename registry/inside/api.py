"""/registry/buildings/summary and /registry/buildings/{id}/inside: for the map, and for whoever opens a building."""

from __future__ import annotations

from datetime import date
from typing import Any

from psycopg_pool import AsyncConnectionPool
from pydantic import BaseModel, Field

from registry.access.queries import put_look
from registry.api.paging import PageQuery, after_key, page_of
from registry.api.problems import NotFound
from registry.api.route import EVERYBODY, Call, Route
from registry.elements.api import PRIVATE_READERS
from registry.elements.shapes.common import Purpose
from registry.inside.store import InsideStore
from registry.scope.queries import roots_of

__all__ = ["routes"]


class SummaryOut(BaseModel):
    """A building and who is in it, in figures. groups: how many residents of each special group, by its code.

    homes: houses that are homes; vacant, rented: houses; from_away: residents who are registered elsewhere.
    """

    id: str
    name: str
    address: str
    use: str
    latitude: float
    longitude: float
    footprint: dict[str, Any] | None
    height_m: float | None
    floors: int
    homes: int
    vacant: int
    rented: int
    residents: int
    from_away: int
    groups: dict[str, int]


class SummaryPage(BaseModel):
    """Buildings in the order they were added."""

    items: list[SummaryOut]
    next: str | None


class SummaryQuery(PageQuery):
    """A page of buildings."""

    organisation: str | None = Field(None, max_length=128, description="id; its whole subtree")


class ResidentOut(BaseModel):
    """Who lives there. relation: to the head."""

    id: str
    name: str
    relation: str | None
    gender: str | None
    birth_date: date | None
    residence: str
    groups: list[str]


class HouseholdInside(BaseModel):
    """A household, its head first."""

    id: str
    kind: str
    tenure: str
    people: list[ResidentOut]


class HouseInside(BaseModel):
    """A house and who lives in it."""

    id: str
    entrance: int
    floor: int
    number: str
    use: str
    occupancy: str
    area_m2: float | None
    households: list[HouseholdInside]


class InsideOut(BaseModel):
    """Houses from the roof down."""

    houses: list[HouseInside]


class InsideQuery(BaseModel, extra="forbid"):
    """For what somebody looks into the building; it goes on record."""

    purpose: Purpose


def routes(pool: AsyncConnectionPool) -> list[Route]:
    """Both routes; they stand before those of one building."""

    async def summary(call: Call) -> SummaryPage:
        """A page of buildings with their figures."""
        query: SummaryQuery = call.query
        async with pool.connection() as connection:
            roots = await roots_of(connection, call.user)
            rows = await InsideStore(connection).summary(
                roots, query.organisation, after=after_key(query.cursor), limit=query.limit
            )
        return page_of(SummaryPage, rows, query.limit)

    async def inside(call: Call) -> InsideOut:
        """One building, opened."""
        building, query = call.path["id"], call.query
        async with pool.connection() as connection:
            houses = await InsideStore(connection).houses(await roots_of(connection, call.user), building)
            if houses is None:
                raise NotFound(f"there is no building {building!r} that you may see")
            people = sum(len(one["people"]) for house in houses for one in house["households"])
            await put_look(connection, call, "look", "buildings", building, query.purpose, rows=people)
        return InsideOut.model_validate({"houses": houses})

    return [
        Route(method="GET", path="/registry/buildings/summary", handler=summary, tag="registry", roles=EVERYBODY,
              summary="Buildings with homes, residents and special groups in figures", query=SummaryQuery,
              answer=SummaryPage),
        Route(method="GET", path="/registry/buildings/{id}/inside", handler=inside, tag="registry",
              roles=PRIVATE_READERS, summary="Floors, houses, households and who lives in them; on record",
              query=InsideQuery, answer=InsideOut, problems=(404,)),
    ]  # fmt: skip
