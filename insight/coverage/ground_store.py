"""SQL of which cells belong to whom; made anew when a territory changes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from psycopg import AsyncConnection

from tracker.geo.cells import cells_within, with_neighbours

__all__ = ["learn_territories"]

Grounds = Iterable[tuple[int, Mapping[str, Any]]]


async def learn_territories(connection: AsyncConnection) -> bool:
    """Bring territory_cells up to date in the caller's transaction; whether something had changed."""
    cursor = await connection.execute(
        "SELECT (SELECT coalesce(max(key), 0) FROM territory_log), territories FROM coverage_state FOR UPDATE"
    )
    row = await cursor.fetchone()
    assert row is not None, "the migration made this row"
    if row[0] == row[1]:
        return False
    cursor = await connection.execute(
        """SELECT key, territory FROM organisations WHERE territory IS NOT NULL AND ended_at IS NULL
           ORDER BY array_position(ARRAY['grid', 'community', 'street', 'district', 'city'], level), key"""
    )
    rows = await asyncio.to_thread(list, _cells(await cursor.fetchall()))
    await connection.execute("DELETE FROM territory_cells")
    async with connection.cursor().copy("COPY territory_cells (organisation, cell, inside) FROM STDIN") as copy:
        for one in rows:
            await copy.write_row(one)
    await connection.execute("UPDATE coverage_state SET territories = %s", (row[0],))
    return True


def _cells(grounds: Grounds) -> Iterator[tuple[int, int, bool]]:
    """(organisation, cell, inside), the lowest organisations first: a cell is inside the first that holds it."""
    taken: set[int] = set()
    for organisation, territory in grounds:
        held = cells_within(territory)
        own = held - taken
        taken |= own
        for cell in own:
            yield organisation, cell, True
        for cell in with_neighbours(held) - own:
            yield organisation, cell, False
