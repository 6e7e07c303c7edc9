"""SQL of the street network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from psycopg import AsyncConnection
from psycopg.rows import class_row

from dispatch.streets.model import StreetNetwork

__all__ = ["Loaded", "StreetStore"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What is stored: the file's name, and how large the network is."""

    name: str
    junctions: int
    pieces: int
    imported_at: datetime


class StreetStore:
    """The network over one connection; the caller ends its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, name: str, network: StreetNetwork, data: bytes) -> None:
        """Store it in place of the one before."""
        await self._connection.execute(
            """INSERT INTO street_networks (name, junctions, pieces, data) VALUES (%s, %s, %s, %s)
               ON CONFLICT (single) DO UPDATE SET name = excluded.name, junctions = excluded.junctions,
                   pieces = excluded.pieces, data = excluded.data, imported_at = clock_timestamp()""",
            (name, len(network.latitude), len(network.start), data),
        )

    async def loaded(self) -> Loaded | None:
        """What is stored, None for nothing."""
        async with self._connection.cursor(row_factory=class_row(Loaded)) as cursor:
            await cursor.execute("SELECT name, junctions, pieces, imported_at FROM street_networks")
            return await cursor.fetchone()

    async def data(self) -> bytes | None:
        """The network, as StreetNetwork.to_bytes wrote it."""
        row = await (await self._connection.execute("SELECT data FROM street_networks")).fetchone()
        return None if row is None else bytes(row[0])
