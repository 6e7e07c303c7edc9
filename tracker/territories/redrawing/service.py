"""Splitting a territory by a drawn line and merging neighbours, in one transaction with all that stands in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg_pool import AsyncConnectionPool

from registry.api.problems import BadRequest, Conflict, NotFound
from registry.api.route import Caller
from registry.organisations.queries import is_taken
from tracker.geo.partition import cut, welded
from tracker.territories.moving.service import MoveIncidents, drawn, find_node, move_along, transaction
from tracker.territories.redrawing.store import Node, PastRow, RedrawingStore

__all__ = ["Drawn", "Part", "RedrawingService"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What becomes of a part."""

    id: str
    name: str
    code: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """An organisation as it was drawn. moved: how many rows came to it, by table."""

    part: Part
    territory: Mapping[str, Any]
    moved: Mapping[str, int]


class RedrawingService:
    """`check` does everything and takes it back, so that what is told is what would come of it."""

    def __init__(self, pool: AsyncConnectionPool, move_incidents: MoveIncidents) -> None:
        self._pool, self._move_incidents = pool, move_incidents

    async def split(
        self,
        organisation: str,
        line: Mapping[str, Any],
        parts: Sequence[Part],
        caller: Caller,
        *,
        version: int,
        check: bool,
    ) -> list[Drawn]:
        """In a western and an eastern part, one of which keeps the id. Raises BadRequest, Conflict, NotFound."""
        if [part.id == organisation for part in parts].count(True) != 1:
            raise BadRequest(f"one of the two parts, not both, keeps the id {organisation!r}")
        async with transaction(self._pool, check=check) as connection:
            store = RedrawingStore(connection)
            node = await find_node(store, caller, organisation, version)
            areas = await drawn(cut, _territory(node), line)
            new = next(part for part in parts if part.id != organisation)
            if await is_taken(connection, new.id):
                raise Conflict(f"there is an organisation {new.id!r} already: choose another id")
            note = f"{organisation} was split: {new.id} is new"
            await store.act(action="change", actor=caller.name, user=caller.user, note=note)
            other = await store.add(new.id, node)
            keys = [node.key if part.id == organisation else other for part in parts]
            for key, part, area in zip(keys, parts, areas, strict=True):
                await store.redraw(key, name=part.name, code=part.code, territory=area)
            goes = areas[keys.index(other)]
            moved = await move_along(connection, caller, self._move_incidents, node.key, other, goes, note)
        return [
            Drawn(part=part, territory=area, moved=moved if part is new else {})
            for part, area in zip(parts, areas, strict=True)
        ]

    async def merge(self, into: Part, version: int, others: Mapping[str, int], caller: Caller, *, check: bool) -> Drawn:
        """Neighbours of one parent become one, which keeps an id. others: versions seen by id. Raises as `split`."""
        if into.id in others:
            raise BadRequest(f"{into.id!r} cannot be merged into itself")
        async with transaction(self._pool, check=check) as connection:
            store = RedrawingStore(connection)
            stays = await find_node(store, caller, into.id, version)
            gone = [await find_node(store, caller, one, seen) for one, seen in sorted(others.items())]
            if any((one.parent, one.level) != (stays.parent, stays.level) for one in gone):
                raise BadRequest("only organisations of one level below one parent can be merged")
            beside = await store.beside(stays.parent, [stays.key, *(one.key for one in gone)])
            area = await drawn(welded, [_territory(one) for one in (stays, *gone)], beside)
            note = f"{', '.join(one.id for one in gone)} merged into {into.id}"
            await store.act(action="merge", actor=caller.name, user=caller.user, note=note)
            moved: dict[str, int] = {"incidents": 0}
            for one in gone:
                moved["incidents"] += await self._move_incidents(
                    connection, caller, one.key, lambda _latitude, _longitude: stays.key, note
                )
                for table, count in (await store.move_whole(one.key, stays.key)).items():
                    moved[table] = moved.get(table, 0) + count
                await store.end(one.key)
            await store.redraw(stays.key, name=into.name, code=into.code, territory=area)
        return Drawn(part=into, territory=area, moved=moved)

    async def history(self, caller: int, organisation: str, limit: int) -> list[PastRow]:
        """The newest change first. Raises NotFound."""
        async with self._pool.connection() as connection:
            found = await RedrawingStore(connection).history(caller, organisation, limit)
        if not found:
            raise NotFound(f"there is no organisation {organisation!r} that you may see")
        return found

    async def at(self, caller: int, at: datetime, *, after: int, limit: int) -> list[PastRow]:
        """The caller's organisations as they were."""
        async with self._pool.connection() as connection:
            return await RedrawingStore(connection).at(caller, at, after=after, limit=limit)


def _territory(node: Node) -> dict[str, Any]:
    if node.territory is None:
        raise BadRequest(f"{node.id!r} has no territory: draw one first")
    return node.territory
