"""Steps that every change of a territory takes: whose it is, one transaction, and what stands in it goes along."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from registry.api.problems import BadRequest, Conflict, NotFound
from registry.api.route import Caller
from registry.organisations.queries import holds, lock_tree
from tracker.geo.polygons import BadArea
from tracker.territories.redrawing.store import PLACED, Node, Placed, RedrawingStore

__all__ = ["Chosen", "MoveIncidents", "drawn", "find_node", "move_along", "transaction"]

Chosen = Callable[[float, float], int]
"""Which organisation (key) a place (latitude, longitude) belongs to from now on."""

MoveIncidents = Callable[[AsyncConnection, Caller, int, Chosen, str], Awaitable[int]]
"""Open incidents of an organisation (key) go where they belong, with a note on record; how many went elsewhere."""


@asynccontextmanager
async def transaction(pool: AsyncConnectionPool, *, check: bool) -> AsyncIterator[AsyncConnection]:
    """Nobody else changes the tree meanwhile. check: everything is taken back at the end."""
    async with pool.connection() as connection:
        await lock_tree(connection)
        yield connection
        if check:
            await connection.rollback()


async def find_node(store: RedrawingStore, caller: Caller, organisation: str, version: int) -> Node:
    """One that the caller may redraw, as he saw it. Raises BadRequest, Conflict, NotFound."""
    node = await store.node(caller.organisation, organisation)
    if node is None:
        raise NotFound(f"there is no organisation {organisation!r} that you may see")
    if node.key == caller.organisation:
        raise BadRequest("the organisation that you belong to is redrawn from above")
    if node.version != version:
        raise Conflict(f"{organisation!r} was changed meanwhile, it is version {node.version}: read it again")
    if node.children:
        raise BadRequest(f"{organisation!r} has {node.children} organisations below it: redraw those")
    return node


async def move_along(
    connection: AsyncConnection, caller: Caller, move_incidents: MoveIncidents, stays: int, to: int,
    goes: Mapping[str, Any], note: str,
) -> dict[str, int]:  # fmt: skip
    """What stands in the territory `goes` leaves the organisation that stays; how many rows by table."""
    store, moved = RedrawingStore(connection), {}
    for table in PLACED:
        rows = await store.placed(table, stays)
        inside = await asyncio.to_thread(_inside, goes, rows)
        await store.move(table, inside, to)
        moved[table] = len(inside)
    moved |= await store.follow(stays, to)

    def chosen(latitude: float, longitude: float) -> int:
        return to if holds(goes, latitude, longitude) else stays

    moved["incidents"] = await move_incidents(connection, caller, stays, chosen, note)
    return moved


async def drawn(how: Callable[..., Any], *what: Any) -> Any:
    """What geometry says, off the loop. Raises BadRequest."""
    try:
        return await asyncio.to_thread(how, *what)
    except BadArea as error:
        raise BadRequest(str(error)) from error


def _inside(territory: Mapping[str, Any], rows: Sequence[Placed]) -> list[int]:
    return [one.key for one in rows if holds(territory, one.latitude, one.longitude)]
