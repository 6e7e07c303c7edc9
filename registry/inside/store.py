"""What stands in buildings, in two statements: figures of each for the map, and one from the ground to the roof."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import dict_row

from registry.scope.queries import BELOW_ASKED, BELOW_ROOTS

__all__ = ["InsideStore"]


class InsideStore:
    """Limited to the organisations below `roots`, keys."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def summary(
        self, roots: Sequence[int], organisation: str | None, *, after: int, limit: int
    ) -> list[dict[str, Any]]:
        """Each building with its homes, residents and the special groups among them, in the order of keys."""
        query = f"""
            WITH chosen AS (
                SELECT b.key, b.id, b.name, b.address, b.use, b.latitude, b.longitude, b.footprint, b.height_m, b.floors
                FROM buildings b
                WHERE b.ended_at IS NULL AND b.key > %(after)s AND b.organisation IN {BELOW_ROOTS}
                  AND (%(organisation)s::text IS NULL OR b.organisation IN {BELOW_ASKED})
                ORDER BY b.key LIMIT %(limit)s),
            doors AS (
                SELECT h.building, count(*) FILTER (WHERE h.use = 'home') AS homes,
                       count(*) FILTER (WHERE h.occupancy = 'vacant') AS vacant,
                       count(*) FILTER (WHERE h.occupancy = 'rented') AS rented
                FROM houses h JOIN chosen ON chosen.key = h.building WHERE h.ended_at IS NULL GROUP BY h.building),
            who AS (
                SELECT h.building, p.groups, p.residence
                FROM chosen JOIN houses h ON h.building = chosen.key AND h.ended_at IS NULL
                JOIN households x ON x.house = h.key AND x.ended_at IS NULL
                JOIN people p ON p.household = x.key AND p.ended_at IS NULL),
            counted AS (
                SELECT building, count(*) AS residents, count(*) FILTER (WHERE residence = 'from_away') AS from_away
                FROM who GROUP BY building),
            grouped AS (
                SELECT building, jsonb_object_agg(code, number) AS groups FROM (
                    SELECT building, code, count(*) AS number FROM who, unnest(groups) AS said (code)
                    GROUP BY building, code) each_group GROUP BY building)
            SELECT chosen.*, COALESCE(doors.homes, 0) AS homes, COALESCE(doors.vacant, 0) AS vacant,
                   COALESCE(doors.rented, 0) AS rented, COALESCE(counted.residents, 0) AS residents,
                   COALESCE(counted.from_away, 0) AS from_away, COALESCE(grouped.groups, '{{}}') AS groups
            FROM chosen LEFT JOIN doors ON doors.building = chosen.key
            LEFT JOIN counted ON counted.building = chosen.key
            LEFT JOIN grouped ON grouped.building = chosen.key ORDER BY chosen.key"""
        async with self._connection.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(
                query.encode(),
                {"roots": list(roots), "organisation": organisation, "after": after, "limit": limit},
            )
            return await cursor.fetchall()

    async def houses(self, roots: Sequence[int], building: str) -> list[dict[str, Any]] | None:
        """Houses of a building by floor and number, each with its households and the people in them; None: no such."""
        values = {"roots": list(roots), "building": building}
        found = await self._connection.execute(
            f"SELECT FROM buildings b WHERE b.id = %(building)s AND b.organisation IN {BELOW_ROOTS}".encode(), values
        )
        if await found.fetchone() is None:
            return None
        query = f"""
            SELECT h.id, h.entrance, h.floor, h.number, h.use, h.occupancy, h.area_m2, COALESCE((
                SELECT jsonb_agg(jsonb_build_object('id', x.id, 'kind', x.kind, 'tenure', x.tenure, 'people', COALESCE((
                    SELECT jsonb_agg(jsonb_build_object(
                        'id', p.id, 'name', p.name, 'relation', p.relation, 'gender', p.gender,
                        'birth_date', p.birth_date, 'residence', p.residence, 'groups', to_jsonb(p.groups))
                        ORDER BY p.relation = 'head' DESC NULLS LAST, p.birth_date NULLS LAST, p.key)
                    FROM people p WHERE p.household = x.key AND p.ended_at IS NULL), '[]')) ORDER BY x.key)
                FROM households x WHERE x.house = h.key AND x.ended_at IS NULL), '[]') AS households
            FROM houses h JOIN buildings b ON b.key = h.building
            WHERE b.id = %(building)s AND h.ended_at IS NULL AND h.organisation IN {BELOW_ROOTS}
            ORDER BY h.floor DESC, h.entrance, h.number"""
        async with self._connection.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(query.encode(), values)
            return await cursor.fetchall()
