"""A hall is set up: its services, and the windows of the registry where they are served."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from psycopg_pool import AsyncConnectionPool

from registry.api.problems import Conflict, NotFound
from registry.api.route import Caller
from subsites.queues.halls import Picture, picture_of
from subsites.queues.store import SERVICE, WINDOW, QueueStore
from subsites.record.desk import Desk, Subject, at_the_desk
from subsites.record.model import Told, actor_of

__all__ = ["HallService"]


class HallService:
    """One async function a command. now: aware UTC; zone: IANA, of the days."""

    def __init__(self, pool: AsyncConnectionPool, now: Callable[[], datetime], zone: str) -> None:
        self._pool, self._now, self._zone = pool, now, ZoneInfo(zone)

    async def halls(self, caller: Caller | None) -> list[Told]:
        """Those that a caller may see; None: all of them."""
        async with self._pool.connection() as connection:
            return await QueueStore(connection).halls(None if caller is None else caller.organisation)

    async def hall(self, hall: str) -> tuple[Told, Picture]:
        """One as it is now, which anybody may see. Raises NotFound."""
        async with self._pool.connection() as connection:
            store = QueueStore(connection)
            found = await store.hall(hall)
            if found is None:
                raise NotFound(f"there are no windows with queues at {hall!r}")
            return found, await picture_of(store, found["key"], self._now().astimezone(self._zone).date())

    async def services(self, caller: Caller, **page: Any) -> list[Told]:
        """The newest first. page: before (a key), limit, filters."""
        return await self._page(SERVICE, caller, **page)

    async def windows(self, caller: Caller, **page: Any) -> list[Told]:
        """The newest first. page: before (a key), limit, filters."""
        return await self._page(WINDOW, caller, **page)

    async def add_service(self, sent: Mapping[str, Any], caller: Caller, key: str | None) -> Told:
        """A new one, with a letter that no other of the hall has. Raises Conflict, NotFound."""
        async with at_the_desk(self._pool, actor_of(caller), self._now()) as desk:
            hall = await desk.organisation(sent["organisation"])
            fields = dict(sent) | {"organisation": hall, "taking": True, "created_at": desk.now}
            return await desk.add_once(
                SERVICE, key, fields, check=lambda: _letter_must_be_free(desk, hall, sent["letter"])
            )

    async def change_service(self, service: str, caller: Caller, version: int, changes: Mapping[str, Any]) -> Told:
        """Names, the expected time, or whether tickets are given out. Raises Conflict, NotFound."""
        async with at_the_desk(self._pool, actor_of(caller), self._now()) as desk:
            row = await desk.find(SERVICE, service, version=version, lock=True)
            return await desk.change(SERVICE, row, "edit", changes)

    async def add_window(self, sent: Mapping[str, Any], caller: Caller, key: str | None) -> Told:
        """A window of the registry begins to serve, closed at first. Raises Conflict, NotFound."""
        async with at_the_desk(self._pool, actor_of(caller), self._now()) as desk:
            hall = await desk.organisation(sent["organisation"])
            place = await desk.key_of("places", sent["place"], "service window")
            fields = {
                "organisation": hall, "place": place, "state": "closed", "created_at": desk.now,
                "services": await _keys(desk, hall, sent["services"]),
            }  # fmt: skip
            return await desk.add_once(WINDOW, key, fields, check=lambda: _place_must_be_free(desk, place))

    async def change_window(self, window: str, caller: Caller, version: int, services: Sequence[str]) -> Told:
        """What is served there (ids). Raises Conflict, NotFound."""
        async with at_the_desk(self._pool, actor_of(caller), self._now()) as desk:
            row = await desk.find(WINDOW, window, version=version, lock=True)
            return await desk.change(
                WINDOW, row, "edit", {"services": await _keys(desk, row["hall"], services)}
            )  # fmt: skip

    async def open(self, window: str, caller: Caller, version: int | None) -> Told:
        """Somebody sits there from now on."""
        return await self._turn(window, caller, version, "open", {"state": "open", "operator": caller.name})

    async def close(self, window: str, caller: Caller, version: int | None) -> Told:
        """Nobody sits there. Raises Conflict while somebody is served there, NotFound."""
        return await self._turn(window, caller, version, "close", {"state": "closed", "operator": None})

    async def _page(self, subject: Subject, caller: Caller, **page: Any) -> list[Told]:
        async with self._pool.connection() as connection:
            return await QueueStore(connection).page(subject, caller.organisation, **page)

    async def _turn(
        self, window: str, caller: Caller, version: int | None, action: str, changes: Mapping[str, Any]
    ) -> Told:
        async with at_the_desk(self._pool, actor_of(caller), self._now()) as desk:
            row = await desk.find(WINDOW, window, version=version, lock=True)
            if row["state"] == changes["state"]:
                return row
            if row["ticket"] is not None:
                raise Conflict(f"{row['label']} is at this window: finish that first")
            return await desk.change(WINDOW, row, action, changes)


async def _letter_must_be_free(desk: Desk, hall: int, letter: str) -> None:
    await desk.connection.execute("SELECT pg_advisory_xact_lock(hashtext('letters'), %s)", (hall,))
    if any(one["letter"] == letter for one in await QueueStore(desk.connection).of_hall(SERVICE, hall)):
        raise Conflict(f"the letter {letter} is taken in this hall")


async def _place_must_be_free(desk: Desk, place: int) -> None:
    await desk.connection.execute("SELECT pg_advisory_xact_lock(hashtext('windows'), %s)", (place,))
    kind, is_taken = await QueueStore(desk.connection).place(place)
    if kind != "service_window":
        raise Conflict("this is no service window of the registry: choose a place of that kind")
    if is_taken:
        raise Conflict("this window has its queues already")


async def _keys(desk: Desk, hall: int, services: Sequence[str]) -> list[int]:
    """Of services (ids) of a hall. Raises NotFound."""
    known = {one["id"]: int(one["key"]) for one in await QueueStore(desk.connection).of_hall(SERVICE, hall)}
    for one in services:
        if one not in known:
            raise NotFound(f"there is no service {one!r} in this hall")
    return sorted({known[one] for one in services})
