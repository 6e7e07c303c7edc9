"""Evaluations: one for a ticket or request, by its code; low ones are followed up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from psycopg_pool import AsyncConnectionPool

from registry.api.problems import BadRequest, Conflict, NotFound
from registry.api.route import Caller
from subsites.evaluations.model import By
from subsites.evaluations.store import EVALUATION, EvaluationStore, evaluate
from subsites.queues.store import TICKET
from subsites.record.desk import at_the_desk
from subsites.record.model import CITIZEN, Told, actor_of, code_hash

__all__ = ["EvaluationService"]

_PERIOD = timedelta(days=29)
_LONGEST = timedelta(days=3 * 366)


class EvaluationService:
    """One async function a command. now: aware UTC; zone: IANA, of the days."""

    def __init__(self, pool: AsyncConnectionPool, now: Callable[[], datetime], zone: str) -> None:
        self._pool, self._now, self._zone = pool, now, zone

    async def rate_ticket(self, code: str, said: Mapping[str, Any]) -> Told:
        """How its holder found it, once, after it was served; the ticket. Raises Conflict, NotFound."""
        async with at_the_desk(self._pool, CITIZEN, self._now()) as desk:
            row = await desk.by_code(TICKET, code_hash(code), lock=True)
            if row is None:
                raise NotFound("there is no ticket with this code: compare it with what you noted")
            await evaluate(desk, TICKET, row, said, after=("served",))
            return row

    async def page(self, caller: Caller, *, before: int, limit: int, filters: Mapping[str, Any]) -> list[Told]:
        """The newest first."""
        async with self._pool.connection() as connection:
            store = EvaluationStore(connection)
            return await store.page(caller.organisation, before=before, limit=limit, filters=filters)

    async def results(
        self, caller: Caller, by: By, *, organisation: str | None, begins: date | None, ends: date | None
    ) -> tuple[Told | None, list[Told]]:
        """All together (None where there is none), and by group. Raises BadRequest."""
        ends = ends or self._now().astimezone(ZoneInfo(self._zone)).date()
        begins = begins or ends - _PERIOD
        if not begins <= ends <= begins + _LONGEST:
            raise BadRequest("from must not lie behind to, nor more than three years before it")
        asked: Any = {"organisation": organisation, "begins": begins, "ends": ends, "zone": self._zone}
        async with self._pool.connection() as connection:
            store = EvaluationStore(connection)
            whole = (await store.results(caller.organisation, None, **asked))[0]
            groups = await store.results(caller.organisation, by, **asked)
        return (whole if whole["evaluations"] else None), groups

    async def follow_up(self, evaluation: str, caller: Caller, version: int | None, note: str) -> Told:
        """What was found and done about a low one. Raises Conflict, NotFound."""
        async with at_the_desk(self._pool, actor_of(caller), self._now()) as desk:
            row = await desk.find(EVALUATION, evaluation, version=version, lock=True)
            if row["ended_at"] is not None:
                raise Conflict("it needs no follow-up, or had one")
            done = {"follow_up": note, "followed_up_by": caller.name, "ended_at": desk.now}
            return await desk.change(EVALUATION, row, "follow-up", done)
