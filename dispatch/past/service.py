"""The picture of the command centre at a past instant: incidents and alerts as their logs say."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Container
from datetime import datetime
from typing import Any

from psycopg_pool import AsyncConnectionPool

from dispatch.alerts.model import State
from dispatch.incidents.actor import Actor
from dispatch.incidents.model import ENDED
from dispatch.past.model import steps_since, was_open
from dispatch.past.store import past_alerts, past_incidents
from registry.api.problems import BadRequest

__all__ = ["MOST", "PastService"]

MOST = 5_000
"""Incidents, or alerts, in one answer."""

_Read = Callable[..., Awaitable[list[dict[str, Any]]]]


class PastService:
    """Every method is limited to what the actor may see."""

    def __init__(self, pool: AsyncConnectionPool) -> None:
        self._pool = pool

    async def incidents(self, actor: Actor, since: datetime, until: datetime) -> list[dict[str, Any]]:
        """Incidents not ended at some time of since..until, each with `steps`. Raises BadRequest (too many)."""
        return await self._read(past_incidents, ENDED, actor, since, until)

    async def alerts(self, actor: Actor, since: datetime, until: datetime) -> list[dict[str, Any]]:
        """Alerts not cleared at some time of since..until, each with `steps`. Raises BadRequest (too many)."""
        return await self._read(past_alerts, {State.CLEARED}, actor, since, until)

    async def _read(
        self, read: _Read, ended: Container[str], actor: Actor, since: datetime, until: datetime
    ) -> list[dict[str, Any]]:
        async with self._pool.connection() as connection:
            rows = await read(connection, actor, since=since, until=until, limit=MOST + 1)
        if len(rows) > MOST:
            raise BadRequest(f"more than {MOST} in this time: ask for a shorter one")
        found = [row | {"steps": steps_since(_entries(row), since)} for row in rows]
        return [one for one in found if was_open(one["steps"], ended)]


def _entries(row: dict[str, Any]) -> list[dict[str, Any]]:
    """Its log with instants in place of their text in JSON."""
    return [entry | {"at": datetime.fromisoformat(entry["at"])} for entry in row["entries"] or ()]
