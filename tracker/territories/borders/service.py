"""A territory drawn anew: its neighbours give way, and what does not fit is refused before anything is stored."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from registry.api.problems import BadRequest
from registry.api.route import Caller
from registry.organisations.queries import territory_from
from tracker.geo.coverage import SMALLEST_M2, Fault, faults_of
from tracker.geo.polygons import BadArea, polygon_region
from tracker.geo.yielding import Exchange, yielded
from tracker.territories.borders.store import BorderStore, Kin
from tracker.territories.moving.service import MoveIncidents, drawn, find_node, move_along, transaction
from tracker.territories.redrawing.store import Node, RedrawingStore
from tracker.territories.service import told

__all__ = ["BorderService", "Neighbour", "Redrawn"]

_MOST_TOLD = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """One that gave way. moved: how many rows changed hands, by table."""

    kin: Kin
    territory: Mapping[str, Any]
    moved: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Redrawn:
    """territory: as it is stored. faults: what fits worse than before; none where it was stored."""

    territory: Mapping[str, Any]
    faults: Sequence[Fault]
    neighbours: Sequence[Neighbour]


class BorderService:
    """`check` does everything and takes it back, as splitting and merging do."""

    def __init__(self, pool: AsyncConnectionPool, move_incidents: MoveIncidents) -> None:
        self._pool, self._move_incidents = pool, move_incidents

    async def draw(
        self, organisation: str, territory: object, caller: Caller, *, version: int, neighbours: bool, check: bool
    ) -> Redrawn:
        """Give it that territory. neighbours: they give way and take what is let go.

        Raises BadRequest, Conflict, NotFound.
        """
        area = await asyncio.to_thread(_area, territory)
        async with transaction(self._pool, check=check) as connection:
            node = await find_node(RedrawingStore(connection), caller, organisation, version)
            assert node.parent is not None, "the top is redrawn by nobody"
            family = BorderStore(connection)
            parent, children = await family.parent(node.parent), await family.children(node.parent)
            before = {one.id: one.territory for one in children if one.territory is not None}
            beside = {name: one for name, one in before.items() if name != node.id}
            gives = await drawn(yielded, node.territory, area, beside) if neighbours else {}
            after = {**beside, **{name: one.territory for name, one in gives.items()}, node.id: area}
            faults = await asyncio.to_thread(_worse, parent, before, after)
            if faults and not check:
                raise BadRequest("it does not fit: " + "; ".join(told(one) for one in faults[:_MOST_TOLD]))
            changed = await self._store(
                connection, caller, node, area, [one for one in children if one.id in gives], gives
            )
        return Redrawn(territory=area, faults=faults, neighbours=changed)

    async def _store(
        self, connection: AsyncConnection, caller: Caller, node: Node, area: Mapping[str, Any], kins: Sequence[Kin],
        gives: Mapping[str, Exchange],
    ) -> list[Neighbour]:  # fmt: skip
        """Write down what changed, and move what stands in ground that changes hands."""
        store = RedrawingStore(connection)
        note = f"{node.id} was drawn anew" + (f", {', '.join(gives)} gave way" if gives else "")
        await store.act(action="change", actor=caller.name, user=caller.user, note=note)
        await store.redraw(node.key, name=node.name, code=node.code, territory=area)
        changed = []
        for kin in kins:
            give = gives[kin.id]
            await store.redraw(kin.key, name=kin.name, code=kin.code, territory=give.territory)
            moved: dict[str, int] = {}
            for ground, stays, to in ((give.taken, kin.key, node.key), (give.given, node.key, kin.key)):
                if ground is not None:
                    went = await move_along(connection, caller, self._move_incidents, stays, to, ground, note)
                    moved = {name: moved.get(name, 0) + count for name, count in went.items()}
            changed.append(Neighbour(kin=kin, territory=give.territory, moved=moved))
        return changed


def _area(territory: object) -> dict[str, Any]:
    """Clean and valid. Raises BadRequest."""
    try:
        area = territory_from(territory)
        polygon_region(area)
    except (BadArea, ValueError) as error:
        raise BadRequest(str(error)) from error
    return area


def _worse(parent: Kin, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Fault]:
    """The faults that were not there before, or not so large; the largest first."""
    were = {_of(one): one.square_metres for one in faults_of(parent.id, parent.territory, before)}
    are = faults_of(parent.id, parent.territory, after)
    worse = [one for one in are if one.square_metres > were.get(_of(one), 0.0) + SMALLEST_M2 or _of(one) not in were]
    return sorted(worse, key=lambda one: -one.square_metres)


def _of(fault: Fault) -> tuple[str, frozenset[str | None]]:
    return fault.kind, frozenset({fault.organisation, fault.other})
