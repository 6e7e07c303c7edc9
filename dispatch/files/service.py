"""Adding files to incidents, and reading them: whoever may see the incident may see its files."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

from psycopg_pool import AsyncConnectionPool

from dispatch.files.model import File
from dispatch.files.store import FileStore
from dispatch.incidents.actor import Actor
from dispatch.incidents.desk import at_the_desk
from dispatch.incidents.model import Action, Incident
from dispatch.incidents.service import Now
from dispatch.incidents.store import IncidentStore
from registry.api.problems import Conflict, NotFound
from registry.api.route import Uploaded
from registry.files.model import Claim
from registry.files.service import Disk, checked
from registry.idempotency.queries import claim, keep
from tracker.geo.geodesy import distance

__all__ = ["MOST_FILES", "FileService"]

MOST_FILES = 200
"""Of one incident."""


class FileService:
    """folder: where the bytes lie; several servers share it. now: aware UTC."""

    def __init__(self, pool: AsyncConnectionPool, folder: Path, now: Now) -> None:
        self._pool, self._disk, self._now = pool, Disk(folder), now

    async def add(
        self, incident: str, actor: Actor, uploaded: Uploaded, name: str, *, idempotency_key: str | None = None
    ) -> File:
        """Check, strip, store, and log it. Raises Conflict (too many), NotFound, Unsupported."""
        await self._see(incident, actor)
        data, claimed = await asyncio.to_thread(checked, uploaded)
        sha256 = await asyncio.to_thread(self._disk.put, data)
        async with at_the_desk(self._pool, actor, self._now()) as desk:
            found = await desk.lock(incident)
            store = FileStore(desk.connection)
            earlier = await claim(desk.connection, actor.user, idempotency_key, f"file of {incident}")
            if earlier is not None and (file := await store.find(earlier)) is not None:
                return file
            if await store.count(found.key) >= MOST_FILES:
                raise Conflict(f"{incident} has {MOST_FILES} files already")
            seconds, metres = _off(claimed, found)
            key = await store.add({
                "incident": found.key, "sha256": sha256, "name": name, "media_type": uploaded.media_type,
                "bytes": len(data), "by_name": actor.name, "added_at": desk.now, "taken_at": claimed.taken_at,
                "latitude": claimed.latitude, "longitude": claimed.longitude, "seconds_off": seconds,
                "metres_off": metres,
            })  # fmt: skip
            await desk.act(found, Action.ATTACH, note=f"{key}: {name}")
            made = await store.find(key)
            await keep(desk.connection, actor.user, idempotency_key, key)
        assert made is not None
        return made

    async def of_incident(self, incident: str, actor: Actor) -> list[File]:
        """Those of an incident. Raises NotFound."""
        await self._see(incident, actor)
        async with self._pool.connection() as connection:
            return await FileStore(connection).of_incident(incident)

    async def read(self, file: str, actor: Actor) -> tuple[File, AsyncIterator[bytes]]:
        """One of them, and its bytes. Raises NotFound."""
        async with self._pool.connection() as connection:
            found = await FileStore(connection).find(file)
            seen = None if found is None else await IncidentStore(connection).told(found.incident, actor)
        if found is None or seen is None or not await asyncio.to_thread(self._disk.has, found.sha256):
            raise NotFound(f"there is no file {file!r} that you may see")
        return found, self._disk.chunks(found.sha256)

    async def _see(self, incident: str, actor: Actor) -> None:
        async with self._pool.connection() as connection:
            if await IncidentStore(connection).told(incident, actor) is None:
                raise NotFound(f"there is no incident {incident!r} that you may see")


def _off(claim: Claim, incident: Incident) -> tuple[float | None, float | None]:
    """How far the claim lies from the incident: seconds after the report (before: negative), and metres."""
    seconds = None if claim.taken_at is None else (claim.taken_at - incident.reported_at).total_seconds()
    if claim.latitude is None or claim.longitude is None:
        return seconds, None
    return seconds, float(distance(claim.latitude, claim.longitude, incident.latitude, incident.longitude))
