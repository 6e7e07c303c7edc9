"""Commands on incidents that need no assignment: report, accept, reject, merge, close, reopen, suspend, defer, note."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from dispatch.assignments.store import AssignmentStore
from dispatch.incidents.actor import Actor
from dispatch.incidents.desk import Desk, Place, at_the_desk
from dispatch.incidents.model import Action, Clock, Incident, State
from dispatch.incidents.store import IncidentStore, Told
from dispatch.kinds.store import KindStore
from registry.api.problems import BadRequest, Conflict, Forbidden, NotFound
from registry.idempotency.queries import claim, is_repeated, keep

__all__ = ["DUPLICATE_METRES", "DUPLICATE_WITHIN", "IncidentService", "Now", "OrganisationAt"]

Now = Callable[[], datetime]
OrganisationAt = Callable[[AsyncConnection, float, float], Awaitable[tuple[int, str] | None]]
"""The lowest organisation whose territory holds (latitude, longitude): its key and id."""

DUPLICATE_METRES = 100.0
DUPLICATE_WITHIN = timedelta(hours=24)


class IncidentService:
    """One async function a command. now: aware UTC."""

    def __init__(self, pool: AsyncConnectionPool, organisation_at: OrganisationAt, now: Now) -> None:
        self._pool, self._organisation_at, self._now = pool, organisation_at, now

    async def report(
        self, report: Mapping[str, Any], actor: Actor, *, place: Place | None = None, idempotency_key: str | None = None
    ) -> Told:
        """Report one: kind (code), latitude, longitude, description, source, and address, contact, priority, drill.

        place: where the reporter stands, where he says so. Raises BadRequest (kind).
        """
        async with at_the_desk(self._pool, actor, self._now()) as desk:
            if idempotency_key is not None and actor.user is not None:
                earlier = await claim(desk.connection, actor.user, idempotency_key, "incident")
                if earlier is not None:
                    return await _told(desk, earlier)
            told = await self.report_at(desk, report, place=place)
            if idempotency_key is not None and actor.user is not None:
                await keep(desk.connection, actor.user, idempotency_key, told["id"])
            return told

    async def report_at(self, desk: Desk, report: Mapping[str, Any], *, place: Place | None = None) -> Told:
        """`report` in the desk's transaction, for what is made out of something else."""
        incident = await desk.report(await self._fields(desk, report), place=place)
        return await _told(desk, incident.id)

    async def find(self, incident: str, actor: Actor) -> Told:
        """As people are told of it. Raises NotFound."""
        async with self._pool.connection() as connection:
            found = await IncidentStore(connection).told(incident, actor)
        if found is None:
            raise NotFound(f"there is no incident {incident!r} that you may see")
        return found

    async def page(self, actor: Actor, *, before: int, limit: int, filters: Mapping[str, Any]) -> list[Told]:
        """The newest first."""
        async with self._pool.connection() as connection:
            return await IncidentStore(connection).page(actor, before=before, limit=limit, filters=filters)

    async def log(self, incident: str, actor: Actor) -> Sequence[Mapping[str, Any]]:
        """The audit trail, the oldest first. Raises NotFound."""
        found = await self.find(incident, actor)
        async with self._pool.connection() as connection:
            return await IncidentStore(connection).entries(found["key"])

    async def duplicates(self, incident: str, actor: Actor) -> list[Told]:
        """Open ones of the same kind, near and recent, the nearest first, as far as the actor may see them."""
        async with self._pool.connection() as connection:
            store = IncidentStore(connection)
            found = await store.find(incident, actor)
            if found is None:
                raise NotFound(f"there is no incident {incident!r} that you may see")
            since = found.reported_at - DUPLICATE_WITHIN
            ids = await store.duplicates(found, metres=DUPLICATE_METRES, since=since)
            told = [await store.told(one, actor) for one in ids]
        return [one for one in told if one is not None]

    async def accept(self, incident: str, actor: Actor, version: int | None, **fields: Any) -> Told:
        """Take it up; fields: what the dispatcher sets right (kind's code, priority)."""
        async with at_the_desk(self._pool, actor, self._now()) as desk:
            found = await desk.lock(incident, version)
            also = {name: value for name, value in fields.items() if value is not None}
            if "kind" in also:
                also["kind"] = (await _kind(desk, also["kind"])).key
            await desk.act(found, Action.ACCEPT, **also)
            return await _told(desk, incident)

    async def reject(self, incident: str, actor: Actor, version: int | None, reason: str) -> Told:
        """It is none of ours, with the reason."""
        return await self._act(incident, actor, version, Action.REJECT, note=reason, disposition=reason)

    async def merge(self, incident: str, actor: Actor, version: int | None, into: str) -> Told:
        """It is the same as another that is not ended. Raises BadRequest."""
        async with at_the_desk(self._pool, actor, self._now()) as desk:
            first, second = sorted(
                (incident, into)
            )  # always in one order, so that two merges cannot wait for each other
            locked = {first: await desk.lock(first)}
            locked[second] = await desk.lock(second)
            found, other = locked[incident], locked[into]
            if version is not None:
                found = await desk.lock(incident, version)
            if found.key == other.key or other.ended_at is not None:
                raise BadRequest(f"{into} is no open incident that this one could be merged into")
            await desk.act(found, Action.MERGE, note=f"into {into}", duplicate_of=other.key)
            await desk.act(other, Action.NOTE, note=f"{incident} was merged into this")
            return await _told(desk, incident)

    async def close(self, incident: str, actor: Actor, version: int | None, disposition: str) -> Told:
        """It is verified and done with."""
        return await self._act(incident, actor, version, Action.CLOSE, note=disposition, disposition=disposition)

    async def reopen(self, incident: str, actor: Actor, version: int | None, reason: str) -> Told:
        """It was not done with."""
        also = {"disposition": None, "duplicate_of": None, "handled_by": None}
        return await self._act(incident, actor, version, Action.REOPEN, note=reason, **also)

    async def note(
        self, incident: str, actor: Actor, text: str, place: Place | None = None, *, idempotency_key: str | None = None
    ) -> Told:
        """Something worth knowing; needs no version, it overwrites nothing."""
        async with at_the_desk(self._pool, actor, self._now()) as desk:
            found = await desk.lock(incident)
            if not await is_repeated(desk.connection, actor.user, idempotency_key, Action.NOTE, incident):
                await desk.act(found, Action.NOTE, note=text, place=place)
            return await _told(desk, incident)

    async def attach(self, incident: str, actor: Actor, what: str, place: Place | None = None) -> Told:
        """A file was added to it; what: in words."""
        return await self._act(incident, actor, None, Action.ATTACH, note=what, place=place)

    async def escalate(self, incident: str, actor: Actor, version: int | None, reason: str) -> Told:
        """The next higher level takes it up."""
        async with at_the_desk(self._pool, actor, self._now()) as desk:
            found = await desk.lock(incident, version)
            if await desk.store.parent_up_to_district(found.organisation) is None:
                raise Conflict("the highest level has it already")
            await desk.escalate(found, note=reason)
            return await _told(desk, incident)

    async def ask(
        self, incident: str, actor: Actor, version: int | None, what: Action, reason: str, until: datetime | None = None
    ) -> Told:
        """Ask for a suspension or, `until`, a deferral; somebody else approves."""
        async with at_the_desk(self._pool, actor, self._now()) as desk:
            found = await desk.lock(incident, version)
            if found.request is not None:
                raise Conflict(f"{found.request['by']} asked for something already: approve or refuse that first")
            if until is not None and until <= desk.now:
                raise BadRequest("until lies in the past")
            request = {"what": str(what), "by": actor.name, "reason": reason, "until": until and until.isoformat()}
            await desk.act(found, what, note=reason, request=request)
            return await _told(desk, incident)

    async def answer(
        self, incident: str, actor: Actor, version: int | None, approves: bool, reason: str | None
    ) -> Told:
        """Approve or refuse what was asked for; never by who asked. Raises Conflict, Forbidden."""
        async with at_the_desk(self._pool, actor, self._now()) as desk:
            found = await desk.lock(incident, version)
            request = found.request
            if request is None:
                raise Conflict("nothing was asked for")
            if request["by"] == actor.name:
                raise Forbidden("who asks does not approve: somebody else must")
            if not approves:
                await desk.act(found, Action.REFUSE, note=reason, request=None)
            elif request["what"] == Action.DEFER:
                until = datetime.fromisoformat(request["until"])
                await desk.act(found, Action.APPROVE, note=reason, request=None, due_at=until)
            else:
                await _end_assignments(desk, found, "the incident is suspended")
                await desk.act(found, Action.APPROVE, note=reason, request=None)
            return await _told(desk, incident)

    async def resume(self, incident: str, actor: Actor, version: int | None) -> Told:
        """The clock goes on."""
        return await self._act(incident, actor, version, Action.RESUME)

    async def _act(self, incident: str, actor: Actor, version: int | None, action: Action, **also: Any) -> Told:
        async with at_the_desk(self._pool, actor, self._now()) as desk:
            found = await desk.lock(incident, version)
            await desk.act(found, action, **also)
            return await _told(desk, incident)

    async def _fields(self, desk: Desk, report: Mapping[str, Any]) -> dict[str, Any]:
        kind = await _kind(desk, report["kind"])
        at = await self._organisation_at(desk.connection, report["latitude"], report["longitude"])
        organisation = at[0] if at is not None else desk.actor.organisation
        if organisation is None:
            raise BadRequest("no organisation's territory holds this place")
        limits = await desk.store.limits(kind.key)
        return {
            "state": State.REPORTED, "version": 1, "kind": kind.key,
            "priority": report.get("priority") or kind.priority, "organisation": organisation,
            "place_organisation": organisation, "latitude": report["latitude"], "longitude": report["longitude"],
            "address": report.get("address"), "description": report["description"], "source": report["source"],
            "reporter_user": desk.actor.user, "reporter_member": desk.actor.member, "contact": report.get("contact"),
            "drill": report.get("drill", False), "reported_at": desk.now, "clock": Clock.ACCEPT,
            "due_at": desk.now + limits.of(Clock.ACCEPT),
        }  # fmt: skip


async def _kind(desk: Desk, code: str) -> Any:
    kind = await KindStore(desk.connection).find(code)
    if kind is None or kind.retired:
        raise BadRequest(f"there is no kind {code!r}: GET /kinds lists them")
    return kind


async def _told(desk: Desk, incident: str) -> Told:
    told = await desk.store.told(incident, desk.actor)
    if told is None:  # reported outside of what the reporter sees and without a user to be his
        raise NotFound(f"there is no incident {incident!r} that you may see")
    return told


async def _end_assignments(desk: Desk, incident: Incident, reason: str) -> None:
    for member in await AssignmentStore(desk.connection).end_all(incident.key, desk.now, reason):
        desk.also_tell(member)
