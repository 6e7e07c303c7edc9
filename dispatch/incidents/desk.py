"""One transaction on incidents: what is locked, moved, logged and told stands or falls together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from dispatch.incidents.actor import Actor
from dispatch.incidents.model import Action, IllegalMove, Incident, Limits, changes, escalated, moved
from dispatch.incidents.store import IncidentStore
from dispatch.outbox.model import Happening, Topic
from dispatch.outbox.store import put
from registry.api.problems import Conflict, NotFound

__all__ = ["Desk", "Place", "at_the_desk"]

Place = tuple[float, float]
"""latitude, longitude of who acts."""


class Desk:
    """What one actor does in one transaction, at one instant."""

    def __init__(self, connection: AsyncConnection, actor: Actor, now: datetime) -> None:
        self.connection, self.actor, self.now = connection, actor, now
        self.store = IncidentStore(connection)
        self._touched: dict[int, Incident] = {}
        self._also_told: set[int] = set()

    async def lock(self, incident: str, version: int | None = None) -> Incident:
        """The incident, locked. Raises NotFound, and Conflict when `version` is not its newest any more."""
        found = await self.store.locked(incident, self.actor)
        if found is None:
            raise NotFound(f"there is no incident {incident!r} that you may see")
        if version is not None and version != found.version:
            raise await self._conflict(found, f"you saw version {version}", since=version)
        return found

    async def report(self, fields: dict[str, Any], *, place: Place | None) -> Incident:
        """A new incident: the fields of Incident but its key and id."""
        incident = await self.store.add(fields)
        await self._record(None, incident, Action.REPORT, place=place, note=None)
        return incident

    async def act(
        self, incident: Incident, action: Action, *, place: Place | None = None, note: str | None = None, **also: Any
    ) -> Incident:
        """Move it and log that. Raises Conflict where the action is not legal in its state."""
        limits = await self.limits(incident)
        try:
            after = moved(incident, action, self.now, limits, **also)
        except IllegalMove as illegal:
            raise await self._conflict(incident, str(illegal), since=incident.version - 1) from illegal
        return await self._record(incident, after, action, place=place, note=note)

    async def escalate(self, incident: Incident, *, note: str) -> Incident:
        """The next higher organisation becomes responsible."""
        above = await self.store.parent_up_to_district(incident.organisation)
        try:
            after = escalated(incident, above, self.now, await self.limits(incident))
        except IllegalMove as illegal:
            raise await self._conflict(incident, str(illegal), since=incident.version - 1) from illegal
        return await self._record(incident, after, Action.ESCALATE, place=None, note=note)

    async def limits(self, incident: Incident) -> Limits:
        """Of its kind."""
        return await self.store.limits(incident.kind)

    def tell_again(self, incident: Incident) -> None:
        """Something about it changed that is no step of its own."""
        self._touched[incident.key] = incident

    def also_tell(self, member: int) -> None:
        """A member whose assignment ends in this transaction is told, too."""
        self._also_told.add(member)

    async def tell(self) -> None:
        """Everybody whom the incidents touched concern, each incident once, as it is now."""
        for incident in self._touched.values():
            told = await self.store.told(incident.id, _EVERYTHING)
            assert told is not None
            members, departments = await self.store.involved(incident.key)
            reporter = () if incident.reporter_member is None else (incident.reporter_member,)
            organisations = {incident.organisation, incident.place_organisation, *departments}
            await put(
                self.connection,
                Happening(
                    topic=Topic.INCIDENT, organisations=tuple(sorted(organisations)),
                    body=dict(told) | {"contact": None},
                    members=tuple(sorted({*members, *reporter, *self._also_told})),
                ),
            )  # fmt: skip

    async def _record(
        self, before: Incident | None, after: Incident, action: Action, *, place: Place | None, note: str | None
    ) -> Incident:
        if before is not None:
            await self.store.save(after)
        was, is_ = changes(before, after)
        await self.store.log(after, action, self.actor, self.now, place=place, note=note, before=was, after=is_)
        self._touched[after.key] = after
        return after

    async def _conflict(self, incident: Incident, detail: str, *, since: int) -> Conflict:
        """409 with what changed, so that nobody has to guess."""
        entries = [one for one in await self.store.entries(incident.key) if one["version"] > since]
        changed: list[dict[str, object]] = [
            {name: entry[name] for name in ("version", "action", "actor", "at", "note")} for entry in entries
        ]
        return Conflict(f"{detail}; it is {incident.state}, version {incident.version}: read it again", errors=changed)


_EVERYTHING = Actor(name="outbox")


@asynccontextmanager
async def at_the_desk(pool: AsyncConnectionPool, actor: Actor, now: datetime) -> AsyncIterator[Desk]:
    """A transaction; what it touched is told when it commits."""
    async with pool.connection() as connection:
        desk = Desk(connection, actor, now)
        yield desk
        await desk.tell()
