"""Records that seem to be one are proposed unasked: looked for every night, and soon after a file brought some in.

A look goes through the whole city, one element at a time, and is cut off when it takes too long; then the next night
tries again, or somebody who asks for a part of the city. Of any number of processes one takes each look.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from psycopg_pool import AsyncConnectionPool

from registry.duplicates.rules import RULES
from registry.duplicates.searches_store import TookTooLong, cut_off_after, take_look
from registry.duplicates.store import DuplicateStore
from registry.elements.model import Element
from registry.elements.types import TYPES
from registry.organisations.model import ROOT_KEY

__all__ = ["DuplicateRounds", "night_of"]

_log = logging.getLogger(__name__)

_BEGINS, _ENDS = 1, 5
"""Hours of the night, local time: few people wait for the database then."""
_LONGEST = timedelta(minutes=5)


def night_of(now: datetime, zone: ZoneInfo) -> datetime | None:
    """When the night began in which `now` lies; None by day."""
    local = now.astimezone(zone)
    return local.replace(hour=_BEGINS, minute=0, second=0, microsecond=0) if _BEGINS <= local.hour < _ENDS else None


class DuplicateRounds:
    """zone: the city's IANA time zone. longest: of one look."""

    def __init__(
        self, pool: AsyncConnectionPool, clock: Callable[[], datetime], zone: str, longest: timedelta = _LONGEST
    ) -> None:
        self._pool, self._clock, self._zone, self._longest = pool, clock, ZoneInfo(zone), longest

    async def round(self) -> list[Element]:
        """Look through what is due; those that were."""
        ruled = [element for element in TYPES if any(rule.element is element for rule in RULES)]
        return [element for element in ruled if await self._take(element) and await self._look(element)]

    async def _take(self, element: Element) -> bool:
        now = self._clock()
        async with self._pool.connection() as connection:
            return await take_look(connection, element, now=now, night=night_of(now, self._zone))

    async def _look(self, element: Element) -> bool:
        """Whether it was not cut off."""
        try:
            async with self._pool.connection() as connection, cut_off_after(connection, self._longest):
                found = await DuplicateStore(connection, TYPES[element]).search([ROOT_KEY])
        except TookTooLong:
            _log.warning("the look for duplicates took too long", extra={"element": element})
            return False
        _log.info("looked for duplicates", extra={"element": element, "open": found})
        return True
