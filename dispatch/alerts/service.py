"""Raising alerts, and what people do about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from dispatch.alerts.model import MOVES, Alert, AlertAction, AlertKind, AlertState, Raising
from dispatch.alerts.store import AlertStore
from dispatch.incidents.actor import WORKER, Actor
from dispatch.incidents.service import IncidentService, Now
from dispatch.incidents.store import Told
from dispatch.outbox.model import Happening, Topic
from dispatch.outbox.store import put
from registry.api.problems import BadRequest, Conflict, NotFound

__all__ = ["SOS_KIND", "AlertService"]

SOS_KIND = "E9004"
"""The kind of incident that a member's SOS becomes."""


class AlertService:
    """One async function a command. now: aware UTC."""

    def __init__(self, pool: AsyncConnectionPool, incidents: IncidentService, now: Now) -> None:
        self._pool, self._incidents, self._now = pool, incidents, now

    async def raise_(self, raising: Raising, actor: Actor = WORKER, event: int | None = None) -> str | None:
        """Raise it and tell every level; None when it is open already, or was cleared since. Its id else."""
        async with self._pool.connection() as connection:
            store = AlertStore(connection)
            alert = await store.put(raising, self._now(), event)
            if alert is not None:
                await store.log(alert, "raise", actor.name, raising.text, self._now())
                await self._tell(connection, alert)
        return alert

    async def raise_for_member(
        self, member: int, actor: Actor, *, place: tuple[float, float] | None, drill: bool,
        nearest: Sequence[Mapping[str, Any]],
    ) -> Alert:  # fmt: skip
        """A member's SOS by hand, or a drill; the one that is open already where there is one."""
        async with self._pool.connection() as connection:
            found = await AlertStore(connection).place_of_member(member)
        if found is None:
            raise NotFound("there is no such member")
        organisation, member_id, name = found
        latitude, longitude = place or (None, None)
        text = f"drill: {name} asks for help" if drill else f"{name} asks for help"
        await self.raise_(
            Raising(
                kind=AlertKind.SOS, subject=member_id, organisation=organisation, text=text, member=member,
                latitude=latitude, longitude=longitude, drill=drill, nearest=tuple(nearest),
            ), actor,
        )  # fmt: skip
        async with self._pool.connection() as connection:
            store = AlertStore(connection)
            alert = await store.open_of(AlertKind.SOS, member_id)
            told = None if alert is None else await store.find(alert, None)
        assert told is not None
        return told

    async def act(self, alert: str, actor: Actor, action: AlertAction, note: str | None) -> Alert:
        """Acknowledge, assign or clear. Raises Conflict with who was first, NotFound."""
        return await self._move(alert, actor, action, note, None)

    async def cancel(self, member: str, actor: Actor, note: str) -> Alert:
        """The member himself says that the danger is over. Raises NotFound."""
        async with self._pool.connection() as connection:
            alert = await AlertStore(connection).open_of(AlertKind.SOS, member)
        if alert is None:
            raise NotFound("there is no open SOS of yours")
        return await self._move(alert, Actor(name=actor.name), AlertAction.CLEAR, note, None)

    async def clear_subject(self, kind: AlertKind, subject: str, note: str) -> None:
        """What raised it is over by itself."""
        async with self._pool.connection() as connection:
            alert = await AlertStore(connection).open_of(kind, subject)
        if alert is not None:
            await self._move(alert, WORKER, AlertAction.CLEAR, note, None)

    async def to_incident(self, alert: str, actor: Actor) -> Told:
        """Raise an incident out of it, once. Raises BadRequest (no place), Conflict, NotFound."""
        found = await self.find(alert, actor)
        if found.latitude is None or found.longitude is None:
            raise BadRequest("the alert has no place: report an incident by hand")
        if found.incident is not None:
            raise Conflict(f"it is {found.incident} already")
        report = {
            "kind": SOS_KIND, "latitude": found.latitude, "longitude": found.longitude, "description": found.text,
            "source": "device", "priority": 1, "drill": found.drill,
        }  # fmt: skip
        told = await self._incidents.report(report, actor, idempotency_key=f"alert {found.id}")
        if found.state != AlertState.ASSIGNED:
            await self._move(alert, actor, AlertAction.ASSIGN, told["id"], told["id"])
        return told

    async def find(self, alert: str, actor: Actor) -> Alert:
        """One of them. Raises NotFound."""
        async with self._pool.connection() as connection:
            found = await AlertStore(connection).find(alert, actor.organisation)
        if found is None:
            raise NotFound(f"there is no alert {alert!r} that you may see")
        return found

    async def log(self, alert: str, actor: Actor) -> Sequence[Mapping[str, Any]]:
        """Its trail, the oldest first. Raises NotFound."""
        await self.find(alert, actor)
        async with self._pool.connection() as connection:
            return await AlertStore(connection).entries(alert)

    async def page(
        self, actor: Actor, *, before: int, limit: int, states: Sequence[str] | None, kind: str | None
    ) -> list[Alert]:
        """The newest first."""
        async with self._pool.connection() as connection:
            return await AlertStore(connection).page(
                actor.organisation, before=before, limit=limit, states=states, kind=kind
            )

    async def _move(
        self, alert: str, actor: Actor, action: AlertAction, note: str | None, incident: str | None
    ) -> Alert:
        async with self._pool.connection() as connection:
            store = AlertStore(connection)
            found = await store.locked(alert, actor.organisation)
            if found is None:
                raise NotFound(f"there is no alert {alert!r} that you may see")
            state = MOVES.get((AlertState(found.state), action))
            if state is None:
                last = (await store.entries(alert))[-1]
                raise Conflict(f"{alert} is {found.state}: {last['actor']} did that at {last['at']:%H:%M:%S} UTC")
            await store.move(alert, state, self._now(), incident)
            await store.log(alert, action, actor.name, note, self._now())
            await self._tell(connection, alert)
            moved = await store.find(alert, None)
        assert moved is not None
        return moved

    async def _tell(self, connection: AsyncConnection, alert: str) -> None:
        """Everybody whose subtree holds the organisation: every level from the grid to the city."""
        store = AlertStore(connection)
        told = await store.find(alert, None)
        assert told is not None
        organisation = await store.organisation_key(told.organisation)
        body = {name: value for name, value in asdict(told).items() if name != "key"}
        await put(connection, Happening(topic=Topic.ALERT, organisations=(organisation,), body=body))
