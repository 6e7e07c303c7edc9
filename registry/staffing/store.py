"""SQL of staffing: which preset counts where, and who holds which post there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from psycopg import AsyncConnection

from registry.organisations.model import Level
from registry.staffing.model import Filled, Line

__all__ = ["StaffingStore"]


class StaffingStore:
    """Questions over one connection, about organisations (keys) that the caller was found to see."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def seen(self, caller: int, organisation: str) -> tuple[int, Level] | None:
        """Key and level of an organisation of the caller's subtree."""
        cursor = await self._connection.execute(
            """SELECT key, level FROM organisations WHERE id = %s
               AND key IN (SELECT descendant FROM organisation_closure WHERE ancestor = %s)""",
            (organisation, caller),
        )
        row = await cursor.fetchone()
        return None if row is None else (int(row[0]), Level(row[1]))

    async def lock(self) -> None:
        """Wait until nobody else chooses presets, to the end of the transaction."""
        await self._connection.execute("SELECT pg_advisory_xact_lock(hashtextextended('staffing', 0))")

    async def chosen(self, organisation: int) -> list[str]:
        """Codes of the presets chosen at it."""
        cursor = await self._connection.execute(
            """SELECT p.code FROM organisation_staffing s JOIN staffing_presets p ON p.key = s.preset
               WHERE s.organisation = %s ORDER BY p.key""",
            (organisation,),
        )
        return [code for (code,) in await cursor.fetchall()]

    async def choose(self, organisation: int, presets: Sequence[str]) -> None:
        """These and no others; they exist, one a level."""
        await self._connection.execute("DELETE FROM organisation_staffing WHERE organisation = %s", (organisation,))
        await self._connection.execute(
            """INSERT INTO organisation_staffing (organisation, level, preset)
               SELECT %s, level, key FROM staffing_presets WHERE code = ANY(%s)""",
            (organisation, list(presets)),
        )

    async def preset_of(self, organisation: int) -> str | None:
        """Code of the preset that it is staffed by itself: the one chosen nearest at or above it for its level."""
        cursor = await self._connection.execute(
            """SELECT p.code FROM organisations o JOIN organisation_closure c ON c.descendant = o.key
               JOIN organisation_staffing s ON s.organisation = c.ancestor AND s.level = o.level
               JOIN staffing_presets p ON p.key = s.preset
               WHERE o.key = %s
               ORDER BY (SELECT count(*) FROM organisation_closure a WHERE a.descendant = s.organisation) DESC
               LIMIT 1""",
            (organisation,),
        )
        row = await cursor.fetchone()
        return None if row is None else str(row[0])

    async def lines(self, organisation: int) -> list[Line]:
        """Each post that is wanted or held in each organisation of the subtree; wanted as in `preset_of`."""
        cursor = await self._connection.execute(
            """WITH below AS (SELECT o.key, o.id, o.name, o.level FROM organisation_closure c
                              JOIN organisations o ON o.key = c.descendant WHERE c.ancestor = %s),
                    depths AS (SELECT s.organisation, s.level, s.preset,
                                      (SELECT count(*) FROM organisation_closure a
                                       WHERE a.descendant = s.organisation) AS depth
                               FROM organisation_staffing s),
                    counts AS (SELECT DISTINCT ON (b.key) b.key AS organisation, d.preset FROM below b
                               JOIN organisation_closure c ON c.descendant = b.key
                               JOIN depths d ON d.organisation = c.ancestor AND d.level = b.level
                               ORDER BY b.key, d.depth DESC),
                    wanted AS (SELECT counts.organisation, x.post, x.wanted, p.code AS preset FROM counts
                               JOIN staffing_presets p ON p.key = counts.preset
                               JOIN staffing_preset_posts x ON x.preset = p.key),
                    works AS (SELECT key AS member, organisation FROM members
                              UNION SELECT member, organisation FROM member_grids),
                    held AS (SELECT w.organisation, h.post, count(*) AS present,
                                    count(*) FILTER (WHERE m.on_duty) AS on_duty
                             FROM works w JOIN below ON below.key = w.organisation JOIN members m ON m.key = w.member
                             JOIN member_posts h ON h.member = m.key GROUP BY w.organisation, h.post)
               SELECT b.id, b.name, b.level, wanted.preset, p.key, p.code, p.name_en, p.name_zh,
                      COALESCE(wanted.wanted, 0), COALESCE(held.present, 0), COALESCE(held.on_duty, 0)
               FROM wanted FULL JOIN held USING (organisation, post)
               JOIN below b ON b.key = organisation JOIN posts p ON p.key = post
               ORDER BY b.key, p.key""",
            (organisation,),
        )
        return [_line(row) for row in await cursor.fetchall()]


def _line(row: tuple[Any, ...]) -> Line:
    organisation, name, level, preset, place, post, name_en, name_zh, wanted, present, on_duty = row
    filled = Filled(
        post=post, name_en=name_en, name_zh=name_zh, wanted=wanted, present=present, on_duty=on_duty,
        shortfall=max(0, wanted - present),
    )  # fmt: skip
    return Line(organisation=organisation, name=name, level=Level(level), preset=preset, place=place, filled=filled)
