"""SQL of the rules' versions."""

from __future__ import annotations

from datetime import datetime

from psycopg.types.json import Jsonb

from insight.appraisal.periods import Version
from insight.appraisal.rules import Rules
from insight.rows_store import Row, RowsStore

__all__ = ["RulebookStore"]


class RulebookStore(RowsStore):
    """Versions are added, never changed."""

    async def versions(self) -> list[Version]:
        """Of the rules, the oldest first; without any the preset is in force."""
        cursor = await self.connection.execute(
            "SELECT version, in_force_from, rules FROM appraisal_rules ORDER BY version"
        )
        return [Version(number, at, Rules.model_validate(rules)) for number, at, rules in await cursor.fetchall()]

    async def page(self) -> list[Row]:
        """Versions with who made them, the newest first."""
        return await self.rows(
            """SELECT version, rules, note, in_force_from, made_by, made_at
               FROM appraisal_rules ORDER BY version DESC LIMIT 200""",
            {},
        )

    async def add(self, version: int, rules: Rules, note: str, from_: datetime, by: str, now: datetime) -> None:
        """A new version. Raises UniqueViolation where somebody else made it meanwhile."""
        await self.connection.execute(
            """INSERT INTO appraisal_rules (version, rules, note, in_force_from, made_by, made_at)
               VALUES (%s, %s, %s, %s, %s, %s)""",
            (version, Jsonb(rules.model_dump(mode="json")), note, from_, by, now),
        )
