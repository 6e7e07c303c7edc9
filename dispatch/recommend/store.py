"""What the database knows of members who are near, in one question; and of incidents that want somebody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from psycopg import AsyncConnection
from psycopg.rows import class_row

from dispatch.incidents.actor import Actor
from dispatch.incidents.store import SEEN, seen_by

__all__ = ["Known", "RecommendStore", "Wanting"]


@dataclass(frozen=True, slots=True)
class Known:
    """A member as the registry and his assignments say. organisation: id; own_grid: as in Facts."""

    key: int
    member: str
    name: str
    posts: list[str]
    organisation: str
    own_grid: str | None
    skills: list[str]
    on_duty: bool
    busy_with: str | None
    tried: bool
    load: int
    shift_ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class Wanting:
    """An incident for which somebody is looked for. skills: of its kind."""

    key: int
    id: str
    version: int
    state: str
    priority: int
    latitude: float
    longitude: float
    place_organisation: int
    skills: list[str]


class RecommendStore:
    """Questions over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def known(self, members: Sequence[int], wanting: Wanting, since: datetime, now: datetime) -> list[Known]:
        """Of these members, for an incident. since: from when on the load counts."""
        async with self._connection.cursor(row_factory=class_row(Known)) as cursor:
            await cursor.execute(
                """SELECT m.key, m.id AS member, m.name, m.posts, o.id AS organisation,
                          CASE WHEN o.key = %(place)s THEN o.id ELSE own.id END AS own_grid, m.on_duty,
                          ARRAY(SELECT unnest(m.skills) UNION
                                SELECT unnest(p.skills) FROM member_posts h JOIN posts p ON p.key = h.post
                                WHERE h.member = m.key) AS skills,
                          now.busy_with, COALESCE(past.tried, false) AS tried, COALESCE(past.load, 0) AS load,
                          roster.shift_ends_at
                   FROM members m JOIN organisations o ON o.key = m.organisation
                   LEFT JOIN member_grids works ON works.member = m.key AND works.organisation = %(place)s
                   LEFT JOIN organisations own ON own.key = works.organisation
                   LEFT JOIN LATERAL (
                       SELECT i.id AS busy_with FROM assignments a JOIN incidents i ON i.key = a.incident
                       WHERE a.member = m.key AND a.exclusive
                         AND a.state IN ('offered', 'acknowledged', 'en_route', 'on_scene')
                   ) now ON true
                   LEFT JOIN LATERAL (
                       SELECT bool_or(a.incident = %(incident)s AND a.state IN ('declined', 'expired')) AS tried,
                              count(*) FILTER (WHERE a.offered_at >= %(since)s
                                               AND a.state NOT IN ('declined', 'expired', 'cleared')) AS load
                       FROM assignments a
                       WHERE a.member = m.key AND (a.incident = %(incident)s OR a.offered_at >= %(since)s)
                   ) past ON true
                   LEFT JOIN LATERAL (
                       SELECT max(s.ends_at) AS shift_ends_at FROM shift_members x JOIN shifts s ON s.key = x.shift
                       WHERE x.member = m.key AND s.starts_at <= %(now)s AND s.ends_at > %(now)s
                   ) roster ON true
                   WHERE m.key = ANY(%(members)s)""",
                {"members": list(members), "incident": wanting.key, "place": wanting.place_organisation,
                 "since": since, "now": now},
            )  # fmt: skip
            return await cursor.fetchall()

    async def homes_of(self, grid: int) -> frozenset[int]:
        """Keys of the organisations whose members work there; its own is one."""
        cursor = await self._connection.execute(
            """SELECT m.organisation FROM member_grids x JOIN members m ON m.key = x.member WHERE x.organisation = %s
               UNION SELECT %s""",
            (grid, grid),
        )
        return frozenset([key for (key,) in await cursor.fetchall()])

    async def wanting(self, incident: str, actor: Actor) -> Wanting | None:
        """One that the actor may see."""
        rows = await self._wanting("i.id = %(id)s", {"id": incident} | seen_by(actor))
        return rows[0] if rows else None

    async def all_wanting(self, incidents: Sequence[str] | None, actor: Actor, limit: int) -> list[Wanting]:
        """Accepted ones that the actor may see, the most urgent first; None: all of them, else these ids."""
        return await self._wanting(
            """i.state = 'accepted' AND (%(ids)s::text[] IS NULL OR i.id = ANY(%(ids)s))
               ORDER BY i.priority, i.key LIMIT %(limit)s""",
            {"ids": None if incidents is None else list(incidents), "limit": limit} | seen_by(actor),
        )

    async def _wanting(self, where: str, values: dict[str, object]) -> list[Wanting]:
        async with self._connection.cursor(row_factory=class_row(Wanting)) as cursor:
            await cursor.execute(
                f"""SELECT i.key, i.id, i.version, i.state, i.priority, i.latitude, i.longitude, i.place_organisation,
                           k.skills
                    FROM incidents i JOIN incident_kinds k ON k.key = i.kind WHERE ({SEEN}) AND {where}""".encode(),
                values,
            )
            return await cursor.fetchall()
