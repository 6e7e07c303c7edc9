"""Which incidents wait for somebody to be sent."""

from __future__ import annotations

from dataclasses import dataclass

from psycopg import AsyncConnection
from psycopg.rows import class_row

__all__ = ["Waiting", "WaitingStore"]


@dataclass(frozen=True, slots=True)
class Waiting:
    """An incident for which nobody is on the way. skills: that its kind asks for."""

    key: int
    id: str
    version: int
    priority: int
    latitude: float
    longitude: float
    organisation: int
    place_organisation: int
    skills: list[str]
    policy: str


class WaitingStore:
    """Questions over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def waiting(self, automatic: int, limit: int) -> list[Waiting]:
        """The most urgent first: accepted ones with a policy, and those of priority `automatic` or more urgent."""
        async with self._connection.cursor(row_factory=class_row(Waiting)) as cursor:
            await cursor.execute(
                """SELECT i.key, i.id, i.version, i.priority, i.latitude, i.longitude, i.organisation,
                          i.place_organisation, k.skills, COALESCE(i.policy, 'travel_time') AS policy
                   FROM incidents i JOIN incident_kinds k ON k.key = i.kind
                   WHERE i.ended_at IS NULL AND (i.state = 'accepted' AND i.policy IS NOT NULL
                         OR i.state IN ('reported', 'accepted') AND i.priority <= %s)
                   ORDER BY i.priority, i.key LIMIT %s""",
                (automatic, limit),
            )
            return await cursor.fetchall()

    async def district_of(self, organisation: int) -> frozenset[int]:
        """Keys of all organisations of the district it belongs to; of its own subtree where it belongs to none."""
        cursor = await self._connection.execute(
            """SELECT below.descendant FROM organisation_closure below
               WHERE below.ancestor = COALESCE(
                   (SELECT o.key FROM organisation_closure up JOIN organisations o ON o.key = up.ancestor
                    WHERE up.descendant = %(key)s AND o.level = 'district' LIMIT 1), %(key)s)""",
            {"key": organisation},
        )
        return frozenset([key for (key,) in await cursor.fetchall()])
