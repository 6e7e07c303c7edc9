"""Commands on alerts: raise, acknowledge, assign, make an incident of, clear. Each is one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from dispatch.alerts.model import Action, Alert, AlertKind, IllegalMove, Source, moved
from dispatch.alerts.nearest import helpers, place_of_member
from dispatch.alerts.store import AlertStore, NewAlert, Told
from dispatch.incidents.actor import WORKER, Actor
from dispatch.incidents.desk import Desk, Place, at_the_desk
from dispatch.incidents.service import IncidentService
from dispatch.incidents.store import Told as IncidentTold
from dispatch.outbox.model import Happening, Topic
from dispatch.outbox.store import put
from registry.api.problems import BadRequest, Conflict, Forbidden, NotFound
from registry.idempotency.queries import claim, keep
from tracker.live.service import LiveService

__all__ = ["HELPERS", "AlertService"]

HELPERS = 5
"""Nearest members that are proposed, and told, when somebody is in danger."""
_SOS_KIND = "E9004"
_TRIES = 3


class AlertService:
    """One async function a command. now: aware UTC."""

    def __init__(
        self, pool: AsyncConnectionPool, live: LiveService, incidents: IncidentService, now: Callable[[], datetime]
    ) -> None:
        self._pool, self._live, self._incidents, self._now = pool, live, incidents, now

    async def raise_on(self, connection: AsyncConnection, new: NewAlert, by: Actor = WORKER) -> Told | None:
        """Raise it in the caller's transaction; None where it is raised already. An SOS goes to the nearest, too."""
        store = AlertStore(connection)
        if new.kind is AlertKind.SOS:
            new = await self._with_helpers(store, new)
        alert = await store.add(new, self._now())
        if alert is None:
            return None
        place = None if new.latitude is None or new.longitude is None else (new.latitude, new.longitude)
        await store.log(alert, Action.RAISE, by, self._now(), note=new.reason, place=place)
        return await _tell(connection, alert)

    async def call_for_help(self, actor: Actor, place: Place | None, *, idempotency_key: str | None = None) -> Told:
        """A member's own SOS; the one that is open already where there is one. Raises Forbidden.

        The same call again, whose answer was lost, raises no second one after the first was cleared.
        """
        member = _handheld_of(actor)
        return await self._raise_or_find(member, place, actor, Source.MEMBER, idempotency_key)

    async def own(self, actor: Actor) -> Told:
        """The member's own open SOS. Raises NotFound."""
        member = _handheld_of(actor)
        async with self._pool.connection() as connection:
            store = AlertStore(connection)
            found = await store.open_of(AlertKind.SOS, (await store.name_of(member))[0], drill=False)
            told = None if found is None else await store.told(found, None)
        if told is None:
            raise NotFound("there is no SOS of yours that is open")
        return told

    async def cancel(self, actor: Actor, note: str | None) -> Told:
        """The member takes the own SOS back; it stays on record. Raises NotFound."""
        mine = await self.own(actor)
        return await self._act(mine["id"], replace(actor, organisation=None), Action.CANCEL, note)

    async def drill(self, member: str, actor: Actor) -> Told:
        """An exercise: as if the member had called for help, marked as what it is. Raises NotFound."""
        async with self._pool.connection() as connection:
            found = await AlertStore(connection).member(member, actor.organisation)
        if found is None:
            raise NotFound(f"there is no member {member!r} that you may see")
        return await self._raise_or_find(found, None, actor, Source.DRILL)

    async def find(self, alert: str, actor: Actor) -> tuple[Told, Sequence[Mapping[str, Any]]]:
        """The alert and its log. Raises NotFound."""
        async with self._pool.connection() as connection:
            store = AlertStore(connection)
            told = await store.told(alert, actor.organisation)
            if told is None:
                raise _not_there(alert)
            return told, await store.entries(told["key"])

    async def page(self, actor: Actor, *, before: int, limit: int, filters: Mapping[str, Any]) -> list[Told]:
        """The newest first."""
        async with self._pool.connection() as connection:
            return await AlertStore(connection).page(actor.organisation, before=before, limit=limit, filters=filters)

    async def acknowledge(self, alert: str, actor: Actor, note: str | None) -> Told:
        """Somebody has seen it. Raises Conflict where another was first."""
        return await self._act(alert, actor, Action.ACKNOWLEDGE, note)

    async def assign(self, alert: str, actor: Actor, note: str | None, members: Sequence[str] = ()) -> Told:
        """Somebody sees to it: these members are told to. Raises Conflict, NotFound."""
        return await self._act(alert, actor, Action.ASSIGN, note, members)

    async def clear(self, alert: str, actor: Actor, note: str | None) -> Told:
        """It is over."""
        return await self._act(alert, actor, Action.CLEAR, note)

    async def end(self, alert: str, why: str) -> Told | None:
        """The program found that it is over; None where somebody cleared it meanwhile."""
        try:
            return await self._act(alert, WORKER, Action.END, why)
        except Conflict:
            return None

    async def make_incident(self, alert: str, actor: Actor, report: Mapping[str, Any]) -> IncidentTold:
        """Report an incident out of it: kind, description, priority, latitude, longitude where said. Raises Conflict.

        The alert and its incident are one transaction, so that no alert has two.
        """
        async with at_the_desk(self._pool, actor, self._now()) as desk:
            store = AlertStore(desk.connection)
            found = await _locked(store, alert, actor)
            told = await store.told(alert, None)
            assert told is not None
            if found.incident is not None:
                raise Conflict(f"{told['incident']} was made out of it already")
            reported = await self._incidents.report_at(desk, _report(told, report))
            after = await self._move(store, desk, found, reported["key"])
            await _tell(desk.connection, after)
            return reported

    async def _move(self, store: AlertStore, desk: Desk, found: Alert, incident: int) -> Alert:
        after = await _moved(store, found, Action.INCIDENT, desk.actor, desk.now)
        after = replace(after, incident=incident)
        await store.save(after)
        await store.log(after, Action.INCIDENT, desk.actor, desk.now)
        return after

    async def _act(
        self, alert: str, actor: Actor, action: Action, note: str | None, members: Sequence[str] = ()
    ) -> Told:
        async with self._pool.connection() as connection:
            store = AlertStore(connection)
            found = await _locked(store, alert, actor)
            after = await _moved(store, found, action, actor, self._now())
            if members:
                after = replace(after, assigned=[await _member(store, one, actor) for one in members])
            await store.save(after)
            await store.log(after, action, actor, self._now(), note=note)
            return await _tell(connection, after)

    async def _raise_or_find(
        self, member: int, place: Place | None, actor: Actor, source: Source, key: str | None = None
    ) -> Told:
        """A new SOS of the member, or the one that is open. Another may end it in between: then once more."""
        place = place or place_of_member(self._live, member)
        latitude, longitude = place or (None, None)
        drill = source is Source.DRILL
        async with self._pool.connection() as connection:
            subject, name = await AlertStore(connection).name_of(member)
        new = NewAlert(
            kind=AlertKind.SOS, subject=subject, cause=f"{source} {uuid4()}", source=source, member=member,
            text=f"{'drill: ' * drill}{name} asks for help", drill=drill, latitude=latitude, longitude=longitude,
            happened_at=self._now(),
        )  # fmt: skip
        for _ in range(_TRIES):
            async with self._pool.connection() as connection:
                told = await _earlier(connection, actor, key)
                if told is None:
                    told = await self.raise_on(connection, new, actor) or await _open_one(connection, new)
                if told is not None:
                    await keep(connection, actor.user, key, told["id"])
                    return told
        raise Conflict("it is raised and cleared again and again: try once more")

    async def _with_helpers(self, store: AlertStore, new: NewAlert) -> NewAlert:
        in_danger = () if new.member is None else (new.member,)
        if new.latitude is None or new.longitude is None:
            return replace(new, told=in_danger)
        of = await store.organisation_of(member=new.member, device=new.device)
        found = helpers(
            self._live, new.latitude, new.longitude, HELPERS, organisations=await store.district_of(of), but=new.member
        )
        told = (*in_danger, *(one.member for one in found))
        return replace(new, nearest=[one.told for one in found], told=told)


async def _earlier(connection: AsyncConnection, actor: Actor, key: str | None) -> Told | None:
    """What the same call raised before."""
    earlier = await claim(connection, actor.user, key, "sos")
    return None if earlier is None else await AlertStore(connection).told(earlier, None)


async def _open_one(connection: AsyncConnection, new: NewAlert) -> Told | None:
    """The subject's own that is open already."""
    store = AlertStore(connection)
    found = await store.open_of(new.kind, new.subject, drill=new.drill)
    return None if found is None else await store.told(found, None)


def _handheld_of(actor: Actor) -> int:
    if actor.member is None:
        raise Forbidden("only a member with a handheld can call for help here: this user is joined to none")
    return actor.member


def _not_there(alert: str) -> NotFound:
    return NotFound(f"there is no alert {alert!r} that you may see")


def _report(told: Told, said: Mapping[str, Any]) -> dict[str, Any]:
    """The report of the incident: what was said goes before what the alert knows. Raises BadRequest."""
    report = {name: value for name, value in said.items() if value is not None}
    kind = report.get("kind") or (_SOS_KIND if told["kind"] == AlertKind.SOS else None)
    latitude, longitude = (report.get(name, told[name]) for name in ("latitude", "longitude"))
    if kind is None:
        raise BadRequest("say the kind of the incident: only an SOS has one of its own")
    if latitude is None or longitude is None:
        raise BadRequest("the alert has no place: say latitude and longitude")
    source = "member" if told["source"] == Source.MEMBER else "device"
    return {"description": told["text"], "source": source} | report | {
        "kind": kind, "latitude": latitude, "longitude": longitude, "drill": told["drill"],
    }  # fmt: skip


async def _locked(store: AlertStore, alert: str, actor: Actor) -> Alert:
    found = await store.locked(alert, actor)
    if found is None:
        raise _not_there(alert)
    return found


async def _member(store: AlertStore, member: str, actor: Actor) -> int:
    found = await store.member(member, actor.organisation)
    if found is None:
        raise NotFound(f"there is no member {member!r} that you may see")
    return found


async def _moved(store: AlertStore, alert: Alert, action: Action, actor: Actor, now: datetime) -> Alert:
    """After the action. Raises Conflict with who did what, so that nobody has to guess."""
    try:
        return moved(alert, action, actor.name, now)
    except IllegalMove as illegal:
        entries: list[dict[str, object]] = [
            {name: entry[name] for name in ("version", "action", "actor", "at", "note")}
            for entry in await store.entries(alert.key)
        ]
        raise Conflict(str(illegal), errors=entries[1:]) from illegal


async def _tell(connection: AsyncConnection, alert: Alert) -> Told:
    """All levels, and the handhelds that it concerns."""
    store = AlertStore(connection)
    told = await store.told(alert.id, None)
    assert told is not None
    await put(
        connection,
        Happening(
            topic=Topic.ALERT, organisations=await store.levels(alert.organisation),
            body={name: value for name, value in told.items() if name != "key"},
            members=tuple(sorted({*alert.told, *alert.assigned})),
        ),
    )  # fmt: skip
    return told
