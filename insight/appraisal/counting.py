"""The appraisal's worker: counts the running period again and again, and freezes those that are over."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from psycopg_pool import AsyncConnectionPool

from insight.appraisal.facts import Facts, Subject
from insight.appraisal.facts_store import FactsStore, moment
from insight.appraisal.falsifications.store import FalsificationStore
from insight.appraisal.model import GENESIS, Score, canonical, chained, scores
from insight.appraisal.objections.store import ObjectionStore
from insight.appraisal.periods import Period, Version, follows, period_at
from insight.appraisal.rulebook.store import RulebookStore
from insight.appraisal.store import AppraisalStore

__all__ = ["Counting"]

_ITEMS = 200
"""Kept of each rule beside a score; the frozen document has the facts of all."""
_MOST_PERIODS = 40
"""That are frozen late, on a database that had incidents before it had the appraisal."""
_LOOK_BACK = timedelta(days=3)


class Counting:
    """now: aware UTC."""

    def __init__(self, pool: AsyncConnectionPool, now: Callable[[], datetime]) -> None:
        self._pool, self._now = pool, now

    async def round(self) -> int:
        """Freeze what is over, each period exactly once, and count the running one; how many were frozen."""
        async with self._pool.connection() as connection:
            await AppraisalStore(connection).lock()
            turn = _Round(AppraisalStore(connection), await RulebookStore(connection).versions(), self._now())
            return await turn.take()


class _Round:
    """One turn, in one transaction."""

    def __init__(self, store: AppraisalStore, versions: Sequence[Version], now: datetime) -> None:
        self._store, self._versions, self._now = store, versions, now

    async def take(self) -> int:
        """How many periods were frozen."""
        frozen = await self._freeze_ended()
        running = period_at(self._versions, self._now)
        falsifications = FalsificationStore(self._store.connection)
        await falsifications.propose(running.rules.far_metres, self._now - _LOOK_BACK, self._now)
        await self._count(running, {})
        return frozen

    async def _freeze_ended(self) -> int:
        last, frozen = await self._store.last_frozen(), 0
        first = await self._store.first_report() if last is None else last["ends_at"]
        if first is None:
            return 0
        period = period_at(self._versions, first)
        number, previous = (0, GENESIS) if last is None else (last["number"], last["sha256"])
        while frozen < _MOST_PERIODS and period.ends_at + timedelta(days=period.rules.grace_days) <= self._now:
            number, frozen = number + 1, frozen + 1
            previous = await self._freeze(period, number, previous)
            period = follows(self._versions, period)
        if period.ends_at <= self._now:  # in its days of grace: still counted
            await self._count(period, {})
        return frozen

    async def _freeze(self, period: Period, number: int, previous: str) -> str:
        """Its hash."""
        corrections = await ObjectionStore(self._store.connection).corrections_of(period.id)
        facts, made = await self._count(period, corrections)
        document = await asyncio.to_thread(_document, period, number, facts, made)
        sha256 = await asyncio.to_thread(chained, previous, document)
        await self._store.freeze(period, number, document, previous, sha256, self._now)
        return sha256

    async def _count(self, period: Period, corrections: Mapping[Subject, Decimal]) -> tuple[Facts, list[Score]]:
        facts = await FactsStore(self._store.connection).facts(period, self._now, corrections)
        made = await asyncio.to_thread(scores, facts, period.rules)
        await self._store.put_scores(period.id, made, self._now, items=_ITEMS)
        return facts, made


def _document(period: Period, number: int, facts: Facts, made: Sequence[Score]) -> str:
    return canonical({
        "number": number, "period": period.id, "starts_at": moment(period.starts_at),
        "ends_at": moment(period.ends_at), "version": period.version,
        "rules": period.rules.model_dump(mode="json"), "facts": facts.plain(),
        "scores": [one.plain() for one in made],
    })  # fmt: skip
