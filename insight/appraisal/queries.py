"""What periods there are."""

from __future__ import annotations

from datetime import datetime

from psycopg import AsyncConnection

from insight.appraisal.periods import Period, period_at
from insight.appraisal.rulebook.store import RulebookStore
from insight.appraisal.store import AppraisalStore
from registry.api.problems import NotFound

__all__ = ["named", "running"]


async def running(connection: AsyncConnection, now: datetime) -> Period:
    """The period that holds this moment."""
    return period_at(await RulebookStore(connection).versions(), now)


async def named(connection: AsyncConnection, period: str | None, now: datetime) -> tuple[str, str | None]:
    """(the period asked for, or the running one; the one before it). Raises NotFound."""
    present = (await running(connection, now)).id
    names = [*(row["period"] for row in await AppraisalStore(connection).frozen()), present]
    name = period or present
    if name not in names:
        raise NotFound(f"there is no period {name!r}: GET /appraisal/periods lists them")
    at = names.index(name)
    return name, names[at - 1] if at else None
