"""The appraisal: counted by a worker, frozen when a period ends, objected to, corrected on record, and verified."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from insight.appraisal.facts import Subject, facts_from
from insight.appraisal.facts_store import FactsStore, moment
from insight.appraisal.model import GENESIS, canonical, chained, ranked, scores
from insight.appraisal.periods import Period, Version, follows, in_force, period_at
from insight.appraisal.rules import Rules
from insight.appraisal.store import AppraisalStore, Row
from registry.api.problems import BadRequest, Conflict, Forbidden, NotFound
from registry.api.route import Caller, Role
from registry.idempotency.queries import claim, keep

__all__ = ["AppraisalService", "Verdict"]

_ITEMS = 200
"""Kept of each rule beside a score; the frozen document has the facts of all."""
_MOST_PERIODS = 40
"""That are frozen late, on a database that had incidents before it had the appraisal."""
_LOOK_BACK = timedelta(days=3)

Verdict = dict[str, Any]


class AppraisalService:
    """One async function a command. now: aware UTC."""

    def __init__(self, pool: AsyncConnectionPool, now: Callable[[], datetime]) -> None:
        self._pool, self._now = pool, now

    async def round(self) -> int:
        """Freeze what is over, each period exactly once, and count the running one; how many were frozen."""
        async with self._pool.connection() as connection:
            store, now = AppraisalStore(connection), self._now()
            await store.lock()
            versions = await store.versions()
            frozen = await self._freeze_ended(connection, store, versions, now)
            running = period_at(versions, now)
            await store.propose_falsifications(running.rules.far_metres, now - _LOOK_BACK, now)
            await self._count(connection, store, running, now)
            return frozen

    async def _freeze_ended(
        self, connection: AsyncConnection, store: AppraisalStore, versions: Sequence[Version], now: datetime
    ) -> int:
        last, frozen = await store.last_frozen(), 0
        if last is not None:
            period = period_at(versions, last["ends_at"])
        elif (first := await store.first_report()) is not None:
            period = period_at(versions, first)
        else:
            return 0
        number, previous = (0, GENESIS) if last is None else (last["number"], last["sha256"])
        while frozen < _MOST_PERIODS and period.ends_at + timedelta(days=period.rules.grace_days) <= now:
            number, frozen = number + 1, frozen + 1
            document = await self._document(connection, store, period, number, now)
            sha256 = await asyncio.to_thread(chained, previous, document)
            await store.freeze(period, number, document, previous, sha256, now)
            previous, period = sha256, follows(versions, period)
        if period.ends_at <= now:  # in its days of grace: still counted
            await self._count(connection, store, period, now)
        return frozen

    async def _document(
        self, connection: AsyncConnection, store: AppraisalStore, period: Period, number: int, now: datetime
    ) -> str:
        facts = await FactsStore(connection).facts(period, now, await store.corrections_of(period.id))
        made = await asyncio.to_thread(scores, facts, period.rules)
        await store.put_scores(period.id, made, now, items=_ITEMS)
        return await asyncio.to_thread(
            canonical,
            {
                "number": number, "period": period.id, "starts_at": moment(period.starts_at),
                "ends_at": moment(period.ends_at), "version": period.version,
                "rules": period.rules.model_dump(mode="json"), "facts": facts.plain(),
                "scores": [one.plain() for one in made],
            },
        )  # fmt: skip

    async def _count(self, connection: AsyncConnection, store: AppraisalStore, period: Period, now: datetime) -> None:
        facts = await FactsStore(connection).facts(period, now, {})
        made = await asyncio.to_thread(scores, facts, period.rules)
        await store.put_scores(period.id, made, now, items=_ITEMS)

    async def periods(self) -> list[Row]:
        """The running one and those frozen, the newest first."""
        async with self._pool.connection() as connection:
            store = AppraisalStore(connection)
            running = period_at(await store.versions(), self._now())
            rows = await store.frozen()
        first: Row = {
            "number": None, "period": running.id, "starts_at": running.starts_at, "ends_at": running.ends_at,
            "rules": running.version, "frozen_at": None, "previous": None, "sha256": None,
        }  # fmt: skip
        return [first, *reversed(rows)]

    async def ranking(
        self, caller: Caller, level: str, period: str | None, organisation: str | None
    ) -> tuple[str, str | None, list[Row]]:
        """(period, the one before, league table). Raises NotFound."""
        self._refuse_level(caller, level)
        async with self._pool.connection() as connection:
            store = AppraisalStore(connection)
            name, before = await self._named(store, period)
            return name, before, await store.ranking(
                caller.organisation, period=name, before=before, level=level, organisation=organisation
            )  # fmt: skip

    async def explained(self, caller: Caller, subject: Subject, period: str | None) -> Row:
        """A score down to its incidents. Raises NotFound."""
        async with self._pool.connection() as connection:
            store = AppraisalStore(connection)
            name, before = await self._named(store, period)
            return await self._explained(store, caller, subject, name, before)

    async def _explained(
        self, store: AppraisalStore, caller: Caller, subject: Subject, period: str, before: str | None
    ) -> Row:
        own = (caller.member or 0) if caller.role is Role.MEMBER else None
        found = await store.score(caller.organisation, subject, period, member=own)
        if found is None:
            raise NotFound(f"there is no score of {subject.id!r} in {period} that you may see")
        earlier = None if before is None else await store.score(caller.organisation, subject, before, member=own)
        return found | {
            "period": period, "before": before, "total_before": None if earlier is None else earlier["total"],
            "places": await store.places(found, period), "corrections": await store.corrections(found, period),
        }  # fmt: skip

    async def mine(self, caller: Caller, period: str | None) -> Row:
        """Of the member who asks, or of the organisation of who else asks. Raises NotFound."""
        async with self._pool.connection() as connection:
            store = AppraisalStore(connection)
            name, before = await self._named(store, period)
            cursor = await connection.execute(
                """SELECT o.level, o.id, (SELECT id FROM members WHERE key = %s) FROM organisations o
                   WHERE o.key = %s""",
                (caller.member, caller.organisation),
            )
            row = await cursor.fetchone()
            assert row is not None
            subject = Subject("member", row[2]) if row[2] is not None else Subject(row[0], row[1])
            return await self._explained(store, caller, subject, name, before)

    async def rules(self) -> tuple[Version, list[Row]]:
        """The version in force, and all that were made."""
        async with self._pool.connection() as connection:
            store = AppraisalStore(connection)
            return in_force(await store.versions(), self._now()), await store.rules()

    async def change_rules(self, caller: Caller, rules: Rules, note: str, seen: int) -> int:
        """From the next period; the version. seen: the newest version seen. Raises Conflict, Forbidden."""
        async with self._pool.connection() as connection:
            store, now = AppraisalStore(connection), self._now()
            await self._refuse_parts(connection, caller)
            await store.lock()
            versions = await store.versions()
            newest = max((one.number for one in versions), default=0)
            if newest != seen:
                raise Conflict(f"the rules are at version {newest}, you saw {seen}: read them again")
            current = period_at(versions, now)
            from_ = current.ends_at
            if rules.utc_offset_minutes != current.rules.utc_offset_minutes:
                if await store.last_frozen() is not None:
                    raise Conflict("the time of the place stays as it is once a period is frozen")
                from_ = current.starts_at - timedelta(days=1)
            await store.add_rules(newest + 1, rules, note, from_, caller.name, now)
            return newest + 1

    async def preview(self, caller: Caller, rules: Rules) -> tuple[str | None, list[Row]]:
        """(the last frozen period, its scores by the rules it had and by these). Raises Forbidden."""
        async with self._pool.connection() as connection:
            await self._refuse_parts(connection, caller)
            last = await AppraisalStore(connection).last_frozen()
        if last is None:
            return None, []
        return last["period"], await asyncio.to_thread(_compared, last["document"], rules)

    async def verify(self) -> list[Verdict]:
        """Every frozen period recomputed and compared, the oldest first."""
        async with self._pool.connection() as connection:
            store = AppraisalStore(connection)
            rows = await store.frozen(documents=True)
            shown = {row["period"]: await store.stored(row["period"]) for row in rows}
        verdicts, previous = [], GENESIS
        for row in rows:
            verdicts.append(await asyncio.to_thread(_verdict, row, previous, shown[row["period"]]))
            previous = row["sha256"]
        return verdicts

    async def object(
        self, caller: Caller, *, level: str, subject: str, period: str | None, rule: str | None, incident: str | None,
        reason: str, idempotency_key: str | None,
    ) -> Row:  # fmt: skip
        """Say that a score is wrong. Raises BadRequest, Conflict (too late), NotFound."""
        own = (caller.member or 0) if caller.role is Role.MEMBER else None
        async with self._pool.connection() as connection:
            store, now = AppraisalStore(connection), self._now()
            earlier = await claim(connection, caller.user, idempotency_key, "objection")
            if earlier is None:
                name, _ = await self._named(store, period)
                found = await store.score(caller.organisation, Subject(level, subject), name, member=own)  # type: ignore[arg-type]
                if found is None:
                    raise NotFound(f"there is no score of {subject!r} in {name} that you may see")
                await self._refuse_late(store, name, now)
                _check_item(found, rule, incident)
                earlier = await store.add_objection({
                    "period": name, "level": level, "organisation": found["organisation"], "member": found["member"],
                    "rule": rule, "incident": incident, "reason": reason, "user": caller.user, "made_by": caller.name,
                    "made_at": now,
                })  # fmt: skip
                await keep(connection, caller.user, idempotency_key, earlier)
            (made,) = await store.objections(caller.organisation, member=own, before=0, limit=1, objection=earlier)
            return made

    async def objections(self, caller: Caller, *, before: int, limit: int, state: str | None) -> list[Row]:
        """The newest first; a member's own for a member."""
        own = (caller.member or 0) if caller.role is Role.MEMBER else None
        async with self._pool.connection() as connection:
            return await AppraisalStore(connection).objections(
                caller.organisation, member=own, before=before, limit=limit, state=state
            )

    async def decide(
        self, caller: Caller, objection: str, *, version: int, accepts: bool, points: Decimal, answer: str
    ) -> Row:
        """Accept with a correction, or reject; by somebody above who did not object. Raises Conflict, Forbidden."""
        async with self._pool.connection() as connection:
            store, now = AppraisalStore(connection), self._now()
            rows = await store.objections(
                caller.organisation, member=None, before=0, limit=1, objection=objection, lock=True
            )
            if not rows:
                raise NotFound(f"there is no objection {objection!r} that you may see")
            found = rows[0]
            if found["version"] != version or found["state"] != "open":
                raise Conflict(f"{objection} is {found['state']}, version {found['version']}: read it again")
            above = found["level"] == "member" or await store.is_above(caller.organisation, found["organisation_key"])
            own = caller.member is not None and caller.member == found["member_key"]
            if found["user"] == caller.user or own or not above:
                raise Forbidden("somebody above decides, who neither objected nor is concerned")
            if accepts and not points:
                raise BadRequest("say by how many points the score is corrected")
            await store.decide_objection(found["key"], "accepted" if accepts else "rejected", answer, caller.name, now)
            if accepts:
                await store.add_correction({
                    "period": found["period"], "level": found["level"], "organisation": found["organisation_key"],
                    "member": found["member_key"], "points": points, "reason": answer, "objection": found["key"],
                    "made_by": caller.name, "made_at": now,
                })  # fmt: skip
            (made,) = await store.objections(caller.organisation, member=None, before=0, limit=1, objection=objection)
            return made

    async def falsifications(self, caller: Caller, *, before: int, limit: int, state: str | None) -> list[Row]:
        """Proposed and decided, the newest first."""
        async with self._pool.connection() as connection:
            return await AppraisalStore(connection).falsifications(
                caller.organisation, before=before, limit=limit, state=state
            )

    async def mark(self, caller: Caller, incident: str, member: str, note: str) -> Row:
        """Propose one by hand. Raises NotFound."""
        async with self._pool.connection() as connection:
            store = AppraisalStore(connection)
            made = await store.add_falsification(caller.organisation, incident, member, note, caller.name, self._now())
            if not made:
                raise NotFound("there is no such incident and member that you may see")
            (found,) = await store.falsifications(caller.organisation, before=0, limit=1, one=made)
            return found

    async def judge(self, caller: Caller, falsification: str, *, confirms: bool, reason: str) -> Row:
        """Confirm or dismiss it; nobody judges himself. Raises Conflict, Forbidden, NotFound."""
        async with self._pool.connection() as connection:
            store = AppraisalStore(connection)
            rows = await store.falsifications(caller.organisation, before=0, limit=1, one=falsification)
            if not rows:
                raise NotFound(f"there is no falsification {falsification!r} that you may see")
            if caller.member is not None and caller.member == rows[0]["member_key"]:
                raise Forbidden("nobody judges himself")
            state = "confirmed" if confirms else "dismissed"
            if not await store.decide_falsification(rows[0]["key"], state, reason, caller.name, self._now()):
                raise Conflict(f"{falsification} is decided already")
            (found,) = await store.falsifications(caller.organisation, before=0, limit=1, one=falsification)
            return found

    async def _named(self, store: AppraisalStore, period: str | None) -> tuple[str, str | None]:
        """(the period asked for, or the running one; the one before it). Raises NotFound."""
        running = period_at(await store.versions(), self._now()).id
        names = [*(row["period"] for row in await store.frozen()), running]
        name = period or running
        if name not in names:
            raise NotFound(f"there is no period {name!r}: GET /appraisal/periods lists them")
        at = names.index(name)
        return name, names[at - 1] if at else None

    async def _refuse_late(self, store: AppraisalStore, period: str, now: datetime) -> None:
        for row in await store.frozen():
            if row["period"] == period:
                rules = in_force(await store.versions(), row["starts_at"]).rules
                if now > row["frozen_at"] + timedelta(days=rules.objection_days):
                    raise Conflict(f"objections against {period} could be made for {rules.objection_days} days")

    async def _refuse_parts(self, connection: AsyncConnection, caller: Caller) -> None:
        cursor = await connection.execute(
            "SELECT FROM organisations WHERE key = %s AND parent IS NULL", (caller.organisation,)
        )
        if await cursor.fetchone() is None:
            raise Forbidden("the rules are the whole city's: its administrators change them")

    @staticmethod
    def _refuse_level(caller: Caller, level: str) -> None:
        if caller.role is Role.MEMBER and level != "member":
            raise Forbidden("members see the ranking of members")


def _check_item(score: Row, rule: str | None, incident: str | None) -> None:
    lines = score["detail"]["lines"]
    if rule is not None and rule not in {line["code"] for line in lines}:
        raise BadRequest(f"no rule {rule!r} counts here")
    if incident is not None and incident not in {item["incident"] for line in lines for item in line["items"]}:
        raise BadRequest(f"{incident} does not count in this score")


def _verdict(row: Row, previous: str, shown: dict[Subject, Decimal]) -> Verdict:
    """What holds of a frozen period and what does not; faults are sentences."""
    faults = []
    if row["previous"] != previous:
        faults.append("it is not chained to the period before")
    if chained(row["previous"], row["document"]) != row["sha256"]:
        faults.append("its document does not have its hash")
    document = json.loads(row["document"])
    made = scores(facts_from(document["facts"]), Rules.model_validate(document["rules"]))
    if [one.plain() for one in made] != document["scores"]:
        faults.append("its facts and rules give other scores")
    raw = {one.subject: one.raw for one in made}
    wrong = sorted(subject.id for subject, points in shown.items() if raw.get(subject) != points)
    if wrong:
        faults.append(f"shown otherwise than frozen: {', '.join(wrong[:5])} and {max(0, len(wrong) - 5)} more")
    return {
        "period": row["period"], "number": row["number"], "sha256": row["sha256"], "holds": not faults,
        "faults": faults, "scores": len(made),
    }  # fmt: skip


def _compared(document: str, rules: Rules) -> list[Row]:
    """By level: each subject's score and place before and after, the largest change first."""
    plain = json.loads(document)
    facts = facts_from(plain["facts"])
    found: list[Row] = []
    before = scores(facts, Rules.model_validate(plain["rules"]))
    after = scores(facts, rules)
    for level in ("street", "community", "grid", "department", "member"):
        was = {one.score.subject: one for one in ranked(s for s in before if s.subject.level == level)}
        is_ = {one.score.subject: one for one in ranked(s for s in after if s.subject.level == level)}
        changes: list[Row] = [
            {"level": level, "id": subject.id, "before": was[subject].score.total, "after": is_[subject].score.total,
             "rank_before": was[subject].rank, "rank_after": is_[subject].rank}
            for subject in is_ if subject in was
        ]  # fmt: skip
        changes.sort(key=lambda one: (-abs(one["after"] - one["before"]), one["id"]))
        found += changes[:50]
    return found
