"""Objecting to a score, and deciding it with a correction on record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from insight.appraisal.facts import Subject
from insight.appraisal.objections.store import ObjectionStore
from insight.appraisal.periods import in_force
from insight.appraisal.queries import named
from insight.appraisal.rulebook.store import RulebookStore
from insight.appraisal.store import AppraisalStore
from insight.rows_store import Row
from insight.scope import own_member
from registry.api.problems import BadRequest, Conflict, Forbidden, NotFound
from registry.api.route import Caller
from registry.idempotency.queries import claim, keep

__all__ = ["ObjectionService"]


class ObjectionService:
    """One async function a command. now: aware UTC."""

    def __init__(self, pool: AsyncConnectionPool, now: Callable[[], datetime]) -> None:
        self._pool, self._now = pool, now

    async def object(
        self, caller: Caller, subject: Subject, period: str | None, objected: Mapping[str, Any], key: str | None
    ) -> Row:
        """Say that a score is wrong. objected: rule, incident, reason. Raises BadRequest, Conflict (late), NotFound."""
        async with self._pool.connection() as connection:
            store = ObjectionStore(connection)
            made = await claim(connection, caller.user, key, "objection")
            if made is None:
                made = await store.add(await self._checked(connection, caller, subject, period, objected))
                await keep(connection, caller.user, key, made)
            return await _found(store, caller, made, own_member(caller))

    async def _checked(
        self, connection: AsyncConnection, caller: Caller, subject: Subject, period: str | None,
        objected: Mapping[str, Any],
    ) -> Row:  # fmt: skip
        """As the store keeps it."""
        now = self._now()
        name, _ = await named(connection, period, now)
        score = await AppraisalStore(connection).score(caller.organisation, subject, name, member=own_member(caller))
        if score is None:
            raise NotFound(f"there is no score of {subject.id!r} in {name} that you may see")
        await _refuse_late(connection, name, now)
        _check_item(score, objected["rule"], objected["incident"])
        return {
            **objected, "period": name, "level": subject.level, "organisation": score["organisation"],
            "member": score["member"], "user": caller.user, "made_by": caller.name, "made_at": now,
        }  # fmt: skip

    async def page(self, caller: Caller, *, before: int, limit: int, state: str | None) -> list[Row]:
        """The newest first; a member's own for a member."""
        async with self._pool.connection() as connection:
            return await ObjectionStore(connection).page(
                caller.organisation, member=own_member(caller), before=before, limit=limit, state=state
            )

    async def decide(
        self, caller: Caller, objection: str, *, version: int, accepts: bool, points: Decimal, answer: str
    ) -> Row:
        """Accept with a correction, or reject; by somebody above who did not object. Raises Conflict, Forbidden."""
        async with self._pool.connection() as connection:
            store, now = ObjectionStore(connection), self._now()
            found = await _found(store, caller, objection, None, lock=True)
            if found["version"] != version or found["state"] != "open":
                raise Conflict(f"{objection} is {found['state']}, version {found['version']}: read it again")
            if not await _may_decide(store, caller, found):
                raise Forbidden("somebody above decides, who neither objected nor is concerned")
            if accepts and not points:
                raise BadRequest("say by how many points the score is corrected")
            await store.decide(found["key"], "accepted" if accepts else "rejected", answer, caller.name, now)
            if accepts:
                await store.correct(found, points, answer, caller.name, now)
            return await _found(store, caller, objection, None)


async def _found(
    store: ObjectionStore, caller: Caller, objection: str, own: int | None, *, lock: bool = False
) -> Row:  # fmt: skip
    rows = await store.page(caller.organisation, member=own, before=0, limit=1, objection=objection, lock=lock)
    if not rows:
        raise NotFound(f"there is no objection {objection!r} that you may see")
    return rows[0]


async def _may_decide(store: ObjectionStore, caller: Caller, objection: Row) -> bool:
    if objection["user"] == caller.user:
        return False
    if objection["level"] == "member":
        return caller.member is None or caller.member != objection["member_key"]
    return await store.is_above(caller.organisation, objection["organisation_key"])


async def _refuse_late(connection: AsyncConnection, period: str, now: datetime) -> None:
    for row in await AppraisalStore(connection).frozen():
        if row["period"] == period:
            rules = in_force(await RulebookStore(connection).versions(), row["starts_at"]).rules
            if now > row["frozen_at"] + timedelta(days=rules.objection_days):
                raise Conflict(f"objections against {period} could be made for {rules.objection_days} days")


def _check_item(score: Row, rule: str | None, incident: str | None) -> None:
    lines = score["detail"]["lines"]
    if rule is not None and rule not in {line["code"] for line in lines}:
        raise BadRequest(f"no rule {rule!r} counts here")
    if incident is not None and incident not in {item["incident"] for line in lines for item in line["items"]}:
        raise BadRequest(f"{incident} does not count in this score")
