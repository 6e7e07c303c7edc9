"""Social management: the loop of incidents, seen by theme. Which kinds belong to a theme is the city's data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from psycopg_pool import AsyncConnectionPool

from registry.api.problems import BadRequest, Conflict, Forbidden, NotFound
from registry.api.route import Caller
from registry.organisations.model import ROOT_KEY
from subsites.record.model import Told
from subsites.themes.store import ThemeStore, period_of

__all__ = ["ThemeService"]

_PERIOD = timedelta(days=29)
_LONGEST = timedelta(days=366)


class ThemeService:
    """One async function a command. now: aware UTC; zone: IANA, of the days."""

    def __init__(self, pool: AsyncConnectionPool, now: Callable[[], datetime], zone: str) -> None:
        self._pool, self._now, self._zone = pool, now, zone

    async def all(self, caller: Caller, asked: Mapping[str, Any]) -> tuple[list[Told], int]:
        """Every theme with its counts, and the incidents of none. asked: organisation, begins, ends."""
        period = self._period(caller, asked)
        async with self._pool.connection() as connection:
            store = ThemeStore(connection)
            return await store.all(period), await store.without(period)

    async def figures(self, theme: str, caller: Caller, asked: Mapping[str, Any]) -> Told:
        """One with its kinds, hot grids and open incidents. Raises BadRequest, NotFound."""
        period = self._period(caller, asked) | {"theme": theme}
        async with self._pool.connection() as connection:
            store = ThemeStore(connection)
            found = next((one for one in await store.all(period) if one["code"] == theme), None)
            if found is None:
                raise NotFound(f"there is no theme {theme!r}")
            return found | {
                "by_kind": await store.by_kind(period), "grids": await store.grids(period),
                "incidents": await store.open(period),
            }  # fmt: skip

    async def change(self, theme: str, caller: Caller, said: Mapping[str, Any]) -> Told:
        """Names, and what belongs to it. Raises BadRequest, Conflict, Forbidden, NotFound."""
        if caller.organisation != ROOT_KEY:
            raise Forbidden("themes are the whole city's: ask an administrator of the city")
        async with self._pool.connection() as connection:
            store = ThemeStore(connection)
            found = await store.find(theme, lock=True)
            if found is None:
                raise NotFound(f"there is no theme {theme!r}")
            if found["version"] != said["version"]:
                raise Conflict(f"{theme} is at version {found['version']}, you saw {said['version']}: read it again")
            if unknown := await store.unknown(said["classes"], said["kinds"]):
                raise BadRequest(f"the catalogue has no {', '.join(unknown)}")
            await store.change(theme, said)
            changed = await store.find(theme)
        assert changed is not None
        return changed

    def _period(self, caller: Caller, asked: Mapping[str, Any]) -> dict[str, Any]:
        now = self._now()
        ends = asked["ends"] or now.astimezone(ZoneInfo(self._zone)).date()
        begins: date = asked["begins"] or ends - _PERIOD
        if not begins <= ends <= begins + _LONGEST:
            raise BadRequest("from must not lie behind to, nor more than a year before it")
        return period_of(caller.organisation, asked["organisation"], begins, ends, self._zone, now)
