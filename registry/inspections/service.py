"""Planning inspections, doing them, and seeing what is due."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from registry.api.problems import BadRequest, Conflict, NotFound
from registry.api.route import Caller
from registry.forms.model import Element
from registry.forms.service import EntryService, Filled
from registry.forms.store import FormStore, versions_of
from registry.idempotency.queries import claim, keep
from registry.inspections.model import (
    Inspection,
    InspectionState,
    Plan,
    PlanBefore,
    PlanRules,
    Reminder,
    Result,
    Tally,
)
from registry.inspections.store import InspectionStore

__all__ = ["Inspected", "InspectionService"]

_RECENT = timedelta(days=30)
_MOST_PLANS = 1_000

Metres = Callable[[float, float, float, float], float]
"""Between two places: latitude and longitude of the one, then of the other."""
Link = Callable[[str], Awaitable[None]]
"""Keeps the id of the incident that was made of an inspection."""
Tell = Callable[[AsyncConnection, Reminder], Awaitable[None]]
"""Tells the members, in the transaction that counts them as told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """What somebody found. form_version, done_at: None is the one in force, and now."""

    result: Result
    answers: dict[str, Any] = field(default_factory=dict)
    form_version: int | None = None
    done_at: datetime | None = None
    latitude: float | None = None
    longitude: float | None = None


class InspectionService:
    """One async function a command. now: aware UTC. metres: the geodesy of the program."""

    def __init__(
        self, pool: AsyncConnectionPool, entries: EntryService, now: Callable[[], datetime], metres: Metres
    ) -> None:
        self._pool, self._entries, self._now, self._metres = pool, entries, now, metres

    async def round(self, tell: Tell) -> int:
        """Make what is due soon, cancel what nobody wants any more, remind; how many reminders were told."""
        async with self._pool.connection() as connection:
            store = self._store(connection)
            await store.cancel()
            await store.make()
            reminders = await store.tell()
            for one in reminders:
                await tell(connection, one)
            return len(reminders)

    async def plans(self, caller: Caller) -> list[Plan]:
        """Of the caller's organisations, ended ones too."""
        async with self._pool.connection() as connection:
            return await self._store(connection).plans(caller)

    async def add_plan(self, fields: Mapping[str, Any], caller: Caller, *, idempotency_key: str | None) -> Plan:
        """A plan; what is due soon by it is there at once.

        Raises BadRequest (the form is not in force, or not about places), Conflict, NotFound.
        """
        async with self._pool.connection() as connection:
            store = self._store(connection)
            made = await claim(connection, caller.user, idempotency_key, "inspection plan")
            if made is None:
                organisation = await store.organisation(fields["organisation"], caller)
                if organisation is None:
                    raise NotFound(f"there is no organisation {fields['organisation']!r} that you may see")
                if len(await store.plans(caller)) >= _MOST_PLANS:
                    raise Conflict(f"there are {_MOST_PLANS} plans already: end some")
                await _is_about_places(connection, fields["form"])
                made = await store.add_plan(dict(fields) | {"organisation": organisation, "by_name": caller.name})
                await store.make()
                await keep(connection, caller.user, idempotency_key, made)
            return _plan(await store.plan(made, caller), made)

    async def end_plan(self, plan: str, version: int, caller: Caller) -> Plan:
        """Nothing is inspected by it any more; what is open is cancelled. Raises Conflict, NotFound."""
        async with self._pool.connection() as connection:
            store = self._store(connection)
            found = _seen(await store.plan(plan, caller), plan, version)
            if found.ended_at is None:
                said = found.model_dump(include=set(PlanRules.model_fields))
                _same(await store.change_plan(found, caller.name, said, ended_at=self._now()), plan)
                await store.cancel()
            return _plan(await store.plan(plan, caller), plan)

    async def change_plan(self, plan: str, version: int, rules: Mapping[str, Any], caller: Caller) -> Plan:
        """It says otherwise from now on, and what is open is due accordingly; `rules`: all that a plan says.

        Raises BadRequest (the form is not in force, or not about places), Conflict (another version, ended), NotFound.
        """
        async with self._pool.connection() as connection:
            store = self._store(connection)
            found = _seen(await store.plan(plan, caller), plan, version)
            if found.ended_at is not None:
                raise Conflict(f"{plan} has ended: make another plan")
            if rules["form"] != found.form:
                await _is_about_places(connection, rules["form"])
            _same(await store.change_plan(found, caller.name, rules), plan)
            await store.cancel()
            await store.reckon(found.key)
            await store.make()
            return _plan(await store.plan(plan, caller), plan)

    async def plan_before(self, plan: str, caller: Caller) -> list[PlanBefore]:
        """What a plan said before each change, the newest first. Raises NotFound."""
        async with self._pool.connection() as connection:
            store = self._store(connection)
            return await store.before(_plan(await store.plan(plan, caller), plan).key)

    async def page(self, caller: Caller, asked: Mapping[str, Any], *, after: int, limit: int) -> list[Inspection]:
        """In the order in which they are due."""
        async with self._pool.connection() as connection:
            return await self._store(connection).page(caller, asked, after=after, limit=limit)

    async def find(self, inspection: str, caller: Caller) -> Inspection:
        """One of them. Raises NotFound."""
        async with self._pool.connection() as connection:
            return _found(await self._store(connection).find(inspection, caller), inspection)

    async def tallies(self, caller: Caller, organisation: str) -> list[Tally]:
        """Of each organisation right below one (id), those with the most overdue first."""
        async with self._pool.connection() as connection:
            return await self._store(connection).tallies(caller, organisation, self._now() - _RECENT)

    async def do(
        self, inspection: str, inspected: Inspected, caller: Caller, *, idempotency_key: str | None
    ) -> Inspection:
        """The form was filled in at the place; the next inspection counts from then.

        Raises BadRequest, Conflict (it was done by somebody else, or cancelled), Forbidden, NotFound.
        """
        async with self._pool.connection() as connection:
            store = self._store(connection)
            if await claim(connection, caller.user, idempotency_key, f"inspection {inspection}") is None:
                open_one = _open(_found(await store.find(inspection, caller, lock=True), inspection))
                filled = _filled(open_one, inspected)
                entry = await self._entries.fill_on(connection, open_one.form, filled, caller)
                await store.done(open_one.key, {
                    "done_at": entry.filled_at, "result": inspected.result, "entry": entry.id, "by_name": caller.name,
                    "metres_off": self._metres_off(open_one, inspected),
                })  # fmt: skip
                await store.make()
                await keep(connection, caller.user, idempotency_key, inspection)
            return _found(await store.find(inspection, caller), inspection)

    @asynccontextmanager
    async def held(self, inspection: str, caller: Caller) -> AsyncIterator[tuple[Inspection, Link]]:
        """One of them, that nobody else holds meanwhile, and how to link it with its incident. Raises NotFound."""
        async with self._pool.connection() as connection:
            store = self._store(connection)
            found = _found(await store.find(inspection, caller, lock=True), inspection)
            yield found, partial(store.link, found.key)

    def _store(self, connection: AsyncConnection) -> InspectionStore:
        return InspectionStore(connection, self._now())

    def _metres_off(self, at: Inspection, inspected: Inspected) -> float | None:
        if inspected.latitude is None or inspected.longitude is None:
            return None
        return self._metres(at.latitude, at.longitude, inspected.latitude, inspected.longitude)


async def _is_about_places(connection: AsyncConnection, code: str) -> None:
    versions = await versions_of(FormStore(connection), code)
    if not any(one.published_at and one.retired_at is None and Element.PLACES in one.elements for one in versions):
        raise BadRequest(f"choose a form that is in force and filled in about places: {code!r} is not")


def _filled(one: Inspection, inspected: Inspected) -> Filled:
    return Filled(
        element=Element.PLACES, record=one.place, answers=inspected.answers, form_version=inspected.form_version,
        filled_at=inspected.done_at, latitude=inspected.latitude, longitude=inspected.longitude,
    )  # fmt: skip


def _open(found: Inspection) -> Inspection:
    if found.state is InspectionState.DONE:
        raise Conflict(f"{found.id} was done by {found.by_name} at {found.done_at}: there is nothing left to do")
    if found.state is InspectionState.CANCELLED:
        raise Conflict(f"{found.id} was cancelled: no plan asks for it any more")
    return found


def _found(row: Inspection | None, inspection: str) -> Inspection:
    if row is None:
        raise NotFound(f"there is no inspection {inspection!r} that you may see")
    return row


def _seen(row: Plan | None, plan: str, version: int) -> Plan:
    found = _plan(row, plan)
    if found.version != version:
        raise Conflict(f"you saw version {version}, it is version {found.version}: read it again")
    return found


def _same(changed: bool, plan: str) -> None:
    if not changed:
        raise Conflict(f"somebody else changed {plan} meanwhile: read it again")


def _plan(row: Plan | None, plan: str) -> Plan:
    if row is None:
        raise NotFound(f"there is no plan {plan!r} that you may see")
    return row
