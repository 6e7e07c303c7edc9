"""Scores as people read them: rankings, each explained down to its incidents, frozen periods and whether they hold."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from insight.appraisal.facts import Subject
from insight.appraisal.model import GENESIS
from insight.appraisal.objections.store import ObjectionStore
from insight.appraisal.queries import named, running
from insight.appraisal.store import AppraisalStore
from insight.appraisal.verdicts import Verdict, verdict
from insight.rows_store import Row
from insight.scope import own_member
from registry.api.problems import Forbidden, NotFound
from registry.api.route import Caller, Role

__all__ = ["AppraisalService"]


class AppraisalService:
    """One async function a question. now: aware UTC."""

    def __init__(self, pool: AsyncConnectionPool, now: Callable[[], datetime]) -> None:
        self._pool, self._now = pool, now

    async def periods(self) -> list[Row]:
        """The running one and those frozen, the newest first."""
        async with self._pool.connection() as connection:
            store = AppraisalStore(connection)
            present = await running(connection, self._now())
            rows = await store.frozen()
        first: Row = {
            "number": None, "period": present.id, "starts_at": present.starts_at, "ends_at": present.ends_at,
            "rules": present.version, "frozen_at": None, "previous": None, "sha256": None,
        }  # fmt: skip
        return [first, *reversed(rows)]

    async def ranking(
        self, caller: Caller, level: str, period: str | None, organisation: str | None
    ) -> tuple[str, str | None, list[Row]]:
        """(period, the one before, league table). Raises NotFound."""
        if caller.role is Role.MEMBER and level != "member":
            raise Forbidden("members see the ranking of members")
        async with self._pool.connection() as connection:
            name, before = await named(connection, period, self._now())
            return name, before, await AppraisalStore(connection).ranking(
                caller.organisation, period=name, before=before, level=level, organisation=organisation
            )  # fmt: skip

    async def explained(self, caller: Caller, subject: Subject, period: str | None) -> Row:
        """A score down to its incidents. Raises NotFound."""
        async with self._pool.connection() as connection:
            return await self._explained(connection, caller, subject, period)

    async def mine(self, caller: Caller, period: str | None) -> Row:
        """Of the member who asks, or of the organisation of who else asks. Raises NotFound."""
        async with self._pool.connection() as connection:
            subject = await AppraisalStore(connection).subject(caller.member, caller.organisation)
            return await self._explained(connection, caller, subject, period)

    async def _explained(
        self, connection: AsyncConnection, caller: Caller, subject: Subject, period: str | None
    ) -> Row:
        store, own = AppraisalStore(connection), own_member(caller)
        name, before = await named(connection, period, self._now())
        found = await store.score(caller.organisation, subject, name, member=own)
        if found is None:
            raise NotFound(f"there is no score of {subject.id!r} in {name} that you may see")
        earlier = None if before is None else await store.score(caller.organisation, subject, before, member=own)
        return found | {
            "period": name, "before": before, "total_before": None if earlier is None else earlier["total"],
            "places": await store.places(found, name), "trend": await store.trend(found, name),
            "corrections": await ObjectionStore(connection).corrections(found, name),
        }  # fmt: skip

    async def verify(self) -> list[Verdict]:
        """Every frozen period recomputed and compared, the oldest first."""
        async with self._pool.connection() as connection:
            store = AppraisalStore(connection)
            rows = await store.frozen(documents=True)
            shown = {row["period"]: await store.stored(row["period"]) for row in rows}
        verdicts, previous = [], GENESIS
        for row in rows:
            verdicts.append(await asyncio.to_thread(verdict, row, previous, shown[row["period"]]))
            previous = row["sha256"]
        return verdicts
