"""Geofences made ready to be asked, and commands on them."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from psycopg_pool import AsyncConnectionPool

from registry.api.problems import BadRequest, Conflict, NotFound
from tracker.geo.polygons import BadArea, Region, circle_region, polygon_region
from tracker.geofences.model import Geofence, GeofenceKind
from tracker.geofences.store import EventRow, GeofenceStore, NewGeofence

__all__ = ["GeofenceService", "region_of"]


def region_of(geofence: Geofence | NewGeofence) -> Region:
    """The area it watches. Raises BadArea."""
    if geofence.kind == GeofenceKind.POLYGON:
        return polygon_region(geofence.geometry)
    try:
        longitude, latitude = geofence.geometry["coordinates"][:2]
        if geofence.geometry["type"] != "Point" or geofence.radius_m is None:
            raise BadArea("a circle needs a GeoJSON Point and radius_m")
        return circle_region(float(latitude), float(longitude), geofence.radius_m)
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise BadArea(f"a circle needs a GeoJSON Point and radius_m: {error}") from error


class GeofenceService:
    """Commands; `caller` is the key of the organisation whose subtree the caller may touch."""

    def __init__(self, pool: AsyncConnectionPool) -> None:
        self._pool = pool

    async def list(self, caller: int, *, after: int, limit: int) -> Sequence[Geofence]:
        """The caller's geofences in the order of keys."""
        async with self._pool.connection() as connection:
            return await GeofenceStore(connection).below(caller, after=after, limit=limit)

    async def find(self, caller: int, geofence: str) -> Geofence:
        """One of them. Raises NotFound."""
        async with self._pool.connection() as connection:
            found = await GeofenceStore(connection).find(caller, geofence)
        if found is None:
            raise NotFound(f"there is no geofence {geofence!r} that you may see")
        return found

    async def add(self, caller: int, new: NewGeofence) -> Geofence:
        """Add one. Raises BadRequest, NotFound."""
        _check(new)
        own = secrets.token_hex(8)
        async with self._pool.connection() as connection:
            if not await GeofenceStore(connection).add(caller, own, new):
                raise NotFound(f"there is no organisation {new.organisation!r} that you may see")
        return await self.find(caller, own)

    async def change(self, caller: int, geofence: str, new: NewGeofence) -> Geofence:
        """Replace one. Raises BadRequest, NotFound, Conflict (another version)."""
        _check(new)
        async with self._pool.connection() as connection:
            store = GeofenceStore(connection)
            if not await store.change(caller, geofence, new):
                await _keep_version(store, caller, geofence, new.version)
                raise NotFound(f"there is no geofence {geofence!r} or organisation that you may see")
        return await self.find(caller, geofence)

    async def remove(self, caller: int, geofence: str, version: int | None = None) -> None:
        """Remove one and its events. version: the one that was seen. Raises NotFound, Conflict (another version)."""
        async with self._pool.connection() as connection:
            store = GeofenceStore(connection)
            if not await store.remove(caller, geofence, version):
                await _keep_version(store, caller, geofence, version)
                raise NotFound(f"there is no geofence {geofence!r} that you may see")

    async def events(self, caller: int, *, geofence: str | None, after: int, limit: int) -> Sequence[EventRow]:
        """Crossings of the caller's geofences, the latest first; after: key of the last row seen, 0 none."""
        async with self._pool.connection() as connection:
            return await GeofenceStore(connection).events(caller, geofence=geofence, before=after, limit=limit)


async def _keep_version(store: GeofenceStore, caller: int, geofence: str, version: int | None) -> None:
    found = await store.find(caller, geofence)
    if found is not None and version not in (None, found.version):
        raise Conflict("somebody else changed this geofence meanwhile: look at it again")


def _check(new: NewGeofence) -> None:
    try:
        region_of(new)
    except BadArea as error:
        raise BadRequest(f"geometry: {error}") from error
