"""What tests of forms fill in, and a clock that they move."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from psycopg_pool import AsyncConnectionPool

from registry.forms.model import Element
from registry.forms.service import Look
from tests.gridwarden.web.house import a_caller

__all__ = ["ADMINISTRATOR", "CHECK", "DRAFT", "NOW", "NO_LOOK", "RELIEF", "VISIT", "Clock", "run"]

NOW = datetime(2026, 11, 25, 8, tzinfo=UTC)
ADMINISTRATOR = a_caller()
NO_LOOK = Look(None, "192.0.2.1:1")
VISIT = Look("visit", "192.0.2.1:1")
CHECK = {"exits_clear": "yes", "extinguishers_good": "no", "wiring_safe": "yes", "danger": "general"}
RELIEF = {"relief": "none", "hardship": ["illness"], "finding": "a broken leg", "proposal": "apply"}
FIELD = {"type": "string", "title": "Word", "x-title-zh": "词"}
DRAFT = {
    "title_en": "Words", "title_zh": "词语", "elements": [Element.PLACES], "ui": {},
    "definition": {"type": "object", "additionalProperties": False, "properties": {"zulu": FIELD, "alpha": FIELD}},
}  # fmt: skip


class Clock:
    now = NOW

    def __call__(self) -> datetime:
        return self.now


async def run(pool: AsyncConnectionPool, statement: str) -> list[Any]:
    async with pool.connection() as connection:
        cursor = await connection.execute(statement.encode())
        return await cursor.fetchall() if cursor.description else []
