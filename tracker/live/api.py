"""GET /positions, /positions/density and /nearest: where everybody is now.

The live table proposes, SQL decides: who is told is joined with the caller's subtree in the database, and the density
counts members of the organisations that SQL names.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
from psycopg_pool import AsyncConnectionPool

from registry.api.paging import after_key, cursor_of
from registry.api.problems import NotFound
from registry.api.route import Call, Route
from registry.organisations.queries import visible_organisations
from tracker.geo.cells import ring_of
from tracker.live.reasons import reasons_of
from tracker.live.selection import Selection
from tracker.live.service import LiveService
from tracker.live.shapes import (
    Box,
    CellOut,
    DensityOut,
    DensityQuery,
    NearestOut,
    NearestQuery,
    NearOut,
    PositionOut,
    PositionPage,
    PositionsQuery,
    Status,
    box_of,
    cell_of,
)
from tracker.live.store import SeenStore, Who
from tracker.model.batch import instant
from tracker.model.presence import Presence, Silence

__all__ = ["routes"]

Rows = npt.NDArray[np.intp]

_ASKED_AT_ONCE = 2_000


class _Handlers:
    def __init__(self, live: LiveService, pool: AsyncConnectionPool, now: Callable[[], int]) -> None:
        self._live, self._pool, self._now = live, pool, now

    async def positions(self, call: Call) -> PositionPage:
        """A page of positions."""
        query: PositionsQuery = call.query
        after = after_key(query.cursor)
        organisations = await self._organisations(call, query.organisation)
        rows = self._live.passing(Selection(organisations=organisations, **_status(query.status)))
        if query.bbox is not None:
            rows = rows[self._in_box(rows, box_of(query.bbox))]
        if query.cell is not None:
            rows = np.intersect1d(rows, self._live.within(cell_of(query.cell)))
        seen = await self._page(rows[rows > after], call, query)
        more = cursor_of(seen[query.limit - 1].key) if len(seen) > query.limit else None
        return PositionPage(items=[PositionOut(**self._position(who)) for who in seen[: query.limit]], next=more)

    async def nearest(self, call: Call) -> NearestOut:
        """The nearest, by the index; SQL has the last word on who may be seen."""
        query: NearestQuery = call.query
        organisations = await self._organisations(call, query.organisation)
        selection = Selection(
            organisations=organisations, post=query.post, on_duty=query.on_duty, **_status(query.status)
        )
        metres = {near.device: near.metres for near in self._live.nearest(query.lat, query.lon, query.k, selection)}
        async with self._pool.connection() as connection:
            seen = await SeenStore(connection).among(
                list(metres), caller=call.user.organisation, organisation=query.organisation, limit=query.k
            )
        found = [self._near(who, metres[who.key]) for who in seen]
        return NearestOut(items=sorted(found, key=lambda one: (one.metres, one.key)))

    async def density(self, call: Call) -> DensityOut:
        """Counts by H3 cell."""
        query: DensityQuery = call.query
        organisations = await self._organisations(call, query.organisation)
        cells, counts = self._live.density(query.resolution, Selection(organisations=organisations))
        return DensityOut(
            items=[
                CellOut(cell=f"{cell:x}", count=count, boundary=ring_of(cell))
                for cell, count in zip(cells.tolist(), counts.tolist(), strict=True)
            ]
        )

    async def _organisations(self, call: Call, organisation: str | None) -> frozenset[int]:
        async with self._pool.connection() as connection:
            found = await visible_organisations(connection, call.user.organisation, organisation)
        if not found:
            raise NotFound(f"there is no organisation {organisation!r} that you may see")
        return found

    async def _page(self, rows: Rows, call: Call, query: PositionsQuery) -> list[Who]:
        """Up to one more than the limit, asked for a piece of the keys at a time."""
        seen: list[Who] = []
        async with self._pool.connection() as connection:
            store = SeenStore(connection)
            for first in range(0, len(rows), _ASKED_AT_ONCE):
                seen += await store.among(
                    rows[first : first + _ASKED_AT_ONCE].tolist(), caller=call.user.organisation,
                    organisation=query.organisation, limit=query.limit + 1 - len(seen),
                )  # fmt: skip
                if len(seen) > query.limit:
                    break
        return seen

    def _in_box(self, rows: Rows, box: Box) -> npt.NDArray[np.bool_]:
        west, south, east, north = box
        latitude, longitude = self._live.table.latitude[rows], self._live.table.longitude[rows]
        eastwards, westwards = longitude >= west, longitude <= east
        within: npt.NDArray[np.bool_] = (latitude >= south) & (latitude <= north)
        return within & (eastwards & westwards if west <= east else eastwards | westwards)

    def _position(self, who: Who) -> dict[str, Any]:
        table, key = self._live.table, who.key
        fix_time, silence = int(table.fix_time[key]), Silence(int(table.silence[key]))
        return {
            "key": key, "device": who.device, "member": who.member, "name": who.name, "post": who.post,
            "organisation": who.organisation, "time": instant(fix_time),
            "age_s": max(0.0, (self._now() - fix_time) / 1e6),
            "latitude": float(table.latitude[key]), "longitude": float(table.longitude[key]),
            "speed": _known(table.speed[key]), "course": _known(table.course[key]),
            "altitude": _known(table.altitude[key]), "accuracy": _known(table.accuracy[key]),
            "battery": _known(table.battery[key]), "moving": bool(table.moving[key]),
            "emergency": bool(table.emergency[key]), "presence": Presence(int(table.presence[key])).word,
            "silence": silence.word or None,
        }  # fmt: skip

    def _near(self, who: Who, metres: float) -> NearOut:
        position, table = self._position(who), self._live.table
        reasons = reasons_of(
            metres=metres, age_s=position["age_s"], on_duty=who.on_duty, moving=position["moving"],
            presence=Presence(int(table.presence[who.key])), silence=Silence(int(table.silence[who.key])),
        )  # fmt: skip
        return NearOut(**position, metres=round(metres, 2), reasons=reasons)


def _status(status: Status | None) -> dict[str, Any]:
    """As fields of a Selection."""
    match status:
        case None:
            return {}
        case Status.MOVING | Status.STOPPED:
            return {"moving": status is Status.MOVING}
        case _:
            return {"presence": int(Presence[status.name])}


def _known(value: np.float32) -> float | None:
    return None if np.isnan(value) else round(float(value), 4)


def routes(live: LiveService, pool: AsyncConnectionPool, now: Callable[[], int]) -> list[Route]:
    """The live routes. now: microseconds since 1970."""
    handlers = _Handlers(live, pool, now)
    return [
        Route(method="GET", path="/positions", handler=handlers.positions, tag="positions",
              summary="Last known positions", query=PositionsQuery, answer=PositionPage, problems=(404,)),
        Route(method="GET", path="/positions/density", handler=handlers.density, tag="positions",
              summary="How many are in each H3 cell", query=DensityQuery, answer=DensityOut, problems=(404,)),
        Route(method="GET", path="/nearest", handler=handlers.nearest, tag="positions",
              summary="The k nearest members, exact, with reasons", query=NearestQuery, answer=NearestOut,
              problems=(404,)),
    ]  # fmt: skip
