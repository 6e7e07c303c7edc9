"""What people ask of the history. A connection is held while reading only; heavy sums run beside the loop."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np
from psycopg_pool import AsyncConnectionPool

from registry.api.problems import BadRequest, NotFound
from registry.api.route import Caller
from tracker.geo.simplify import simplified
from tracker.history.queries import (
    RefusedRow,
    ReplayRow,
    StoredFix,
    devices_of_member,
    find_device,
    read_fixes,
    read_refused,
    read_replay,
    read_track,
)
from tracker.history.samples import Carrier, Samples, read_samples
from tracker.history.tracks import Track
from tracker.pipeline.trips import Leg, trips_and_stops

__all__ = ["MOST_POSITIONS", "MOST_SAMPLES", "HistoryService", "MemberTrack"]

MOST_POSITIONS = 500_000
"""Positions in one answer about a track: more than five days at one a second."""

MOST_SAMPLES = 200_000
"""Positions in one answer about everybody."""


@dataclass(frozen=True, slots=True)
class MemberTrack:
    """A member's positions in a span of time: since <= fix time < until."""

    member_id: str
    name: str
    since: datetime
    until: datetime
    track: Track


class HistoryService:
    """Every method is limited to the caller's organisation subtree and raises NotFound beyond it."""

    def __init__(self, pool: AsyncConnectionPool) -> None:
        self._pool = pool

    async def track(self, caller: Caller, member_id: str, *, since: datetime, until: datetime) -> MemberTrack:
        """All positions of a member. Raises BadRequest when there are too many for one answer."""
        async with self._pool.connection() as connection:
            member = await devices_of_member(connection, member_id, caller=caller.organisation)
            if member is None:
                raise NotFound(f"there is no member {member_id!r} in your organisation")
            track = await read_track(connection, member, since=since, until=until, limit=MOST_POSITIONS + 1)
        if len(track) > MOST_POSITIONS:
            raise BadRequest(f"more than {MOST_POSITIONS} positions: ask for a shorter time")
        return MemberTrack(member_id, member.name, since, until, track)

    async def thinned_track(
        self, caller: Caller, member_id: str, *, since: datetime, until: datetime, tolerance_m: float
    ) -> tuple[MemberTrack, int]:
        """The track without what lies nearer to its line than the tolerance, and how many positions it had."""
        found = await self.track(caller, member_id, since=since, until=until)
        track = found.track
        rows = await asyncio.to_thread(simplified, track["latitude"], track["longitude"], tolerance_m)
        return replace(found, track=track[rows]), len(track)

    async def trips(
        self, caller: Caller, member_id: str, *, since: datetime, until: datetime
    ) -> tuple[MemberTrack, Sequence[Leg]]:
        """Trips and the stops between them, in time order, as rows of the track."""
        found = await self.track(caller, member_id, since=since, until=until)
        columns = (np.ascontiguousarray(found.track[name]) for name in ("fix_time", "latitude", "longitude", "speed"))
        return found, await asyncio.to_thread(trips_and_stops, *columns)

    async def replay(
        self, caller: Caller, *, at: datetime, window: timedelta, organisation: str | None
    ) -> Sequence[ReplayRow]:
        """Where everybody was at that moment, as far as a position is not older than the window."""
        async with self._pool.connection() as connection:
            return await read_replay(
                connection, at=at, window=window, organisation=organisation, caller=caller.organisation
            )

    async def samples(
        self, caller: Caller, *, since: datetime, until: datetime, step: timedelta, window: timedelta,
        organisation: str | None,
    ) -> tuple[Sequence[Carrier], Samples]:  # fmt: skip
        """Everybody's way, a position a step. Raises BadRequest when there are too many for one answer."""
        async with self._pool.connection() as connection:
            carriers, samples = await read_samples(
                connection, since=since, until=until, step=step, window=window, organisation=organisation,
                caller=caller.organisation, limit=MOST_SAMPLES + 1,
            )  # fmt: skip
        if len(samples) > MOST_SAMPLES:
            raise BadRequest(
                f"more than {MOST_SAMPLES} positions: ask for a shorter time, a longer step or one organisation"
            )
        return carriers, samples

    async def fixes(
        self, caller: Caller, device_id: str, *, since: datetime | None, until: datetime | None, limit: int
    ) -> Sequence[StoredFix]:
        """Stored fixes of a device, oldest first, since <= fix time < until."""
        async with self._pool.connection() as connection:
            device = await find_device(connection, device_id, caller=caller.organisation)
            return await read_fixes(connection, _known(device, device_id), since=since, until=until, limit=limit)

    async def refused(
        self, caller: Caller, device_id: str, *, before: tuple[datetime, int] | None, limit: int
    ) -> Sequence[RefusedRow]:
        """Refused fixes of a device, the newest first; before: received_at and key of the last one seen."""
        async with self._pool.connection() as connection:
            device = await find_device(connection, device_id, caller=caller.organisation)
            return await read_refused(connection, _known(device, device_id), before=before, limit=limit)


def _known(device: int | None, device_id: str) -> int:
    if device is None:
        raise NotFound(f"there is no device {device_id!r} in your organisation")
    return device
