"""Importing a street network, and the one that this process has loaded."""

from __future__ import annotations

import asyncio
from pathlib import Path

import orjson
from psycopg_pool import AsyncConnectionPool

from dispatch.streets.geojson import BadStreets, lines_of, network_of
from dispatch.streets.model import StreetNetwork, Streets
from dispatch.streets.pbf import lines_of_pbf
from dispatch.streets.store import Loaded, StreetStore

__all__ = ["BadStreets", "StreetService", "import_streets"]


async def import_streets(pool: AsyncConnectionPool, path: Path) -> Loaded:
    """Store the streets of a GeoJSON or PBF file in place of those before. Raises BadStreets; then nothing changed."""
    network, data = await asyncio.to_thread(_read, path)
    async with pool.connection() as connection:
        store = StreetStore(connection)
        await store.put(path.name, network, data)
        loaded = await store.loaded()
    assert loaded is not None
    return loaded


class StreetService:
    """The streets of this process; `look` loads those of the database when they changed."""

    def __init__(self, pool: AsyncConnectionPool) -> None:
        self._pool = pool
        self.streets: Streets | None = None
        self.loaded: Loaded | None = None

    async def look(self) -> None:
        """Load what another process imported."""
        async with self._pool.connection() as connection:
            store = StreetStore(connection)
            loaded = await store.loaded()
            if loaded == self.loaded:
                return
            data = await store.data()
        self.streets = None if data is None else await asyncio.to_thread(_made_ready, data)
        self.loaded = loaded


def _made_ready(data: bytes) -> Streets:
    return Streets(StreetNetwork.from_bytes(data))


def _read(path: Path) -> tuple[StreetNetwork, bytes]:
    try:
        if path.suffix == ".pbf":
            network = network_of(lines_of_pbf(path))
        else:
            network = network_of(lines_of(orjson.loads(path.read_bytes())))
    except OSError as error:
        raise BadStreets(f"{path}: {error.strerror}") from error
    except orjson.JSONDecodeError as error:
        raise BadStreets(f"{path.name} is not GeoJSON: {error}") from error
    return network, network.to_bytes()
