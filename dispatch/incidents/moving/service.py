"""Open incidents go along when territories are redrawn, each with an entry in its log."""

from __future__ import annotations

from collections.abc import Callable

from psycopg import AsyncConnection

from dispatch.incidents.actor import actor_of
from dispatch.incidents.desk import Desk
from dispatch.incidents.model import Action
from dispatch.incidents.service import Now
from dispatch.incidents.store import IncidentStore
from registry.api.route import Caller

__all__ = ["IncidentMover"]


class IncidentMover:
    """now: aware UTC."""

    def __init__(self, now: Now) -> None:
        self._now = now

    async def move(
        self, connection: AsyncConnection, caller: Caller, gone: int, chosen: Callable[[float, float], int], note: str
    ) -> int:
        """Those not ended of `gone` (key), in the transaction of `connection`; how many moved.

        What was escalated stays with who is responsible above.
        """
        desk = Desk(connection, actor_of(caller), self._now())
        moved = 0
        for incident in await IncidentStore(connection).open_in(gone):
            found = await desk.lock(incident)
            to = chosen(found.latitude, found.longitude)
            if to == gone:
                continue
            responsible = to if found.organisation == gone else found.organisation
            place = to if found.place_organisation == gone else found.place_organisation
            await desk.act(found, Action.NOTE, note=note, organisation=responsible, place_organisation=place)
            moved += 1
        await desk.tell()
        return moved
