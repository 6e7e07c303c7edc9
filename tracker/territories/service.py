"""Whether territories fit together: asked of what is stored, at an import and whenever somebody wants to know."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from typing import Any

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from registry.api.problems import NotFound
from registry.organisations.model import ROOT_KEY
from registry.organisations.queries import visible_organisations
from tracker.geo.coverage import Fault, FaultKind, faults_of
from tracker.territories.store import Territory, TerritoryStore

__all__ = ["MOST_WARNINGS", "TerritoryService", "told", "warnings_near"]

MOST_WARNINGS = 100


class TerritoryService:
    """Questions about territories; one is answered at a time, for it takes a core."""

    def __init__(self, pool: AsyncConnectionPool) -> None:
        self._pool = pool
        self._one = asyncio.Semaphore(1)

    async def faults(self, *, caller: int, organisation: str | None = None) -> list[Fault]:
        """Below an organisation (id; None: the caller's own), the largest first. Raises NotFound."""
        async with self._pool.connection() as connection:
            organisations = await visible_organisations(connection, caller, organisation)
            if not organisations:
                raise NotFound(f"there is no organisation {organisation!r} that you may see")
            territories = await TerritoryStore(connection).among(organisations)
        async with self._one:
            return await asyncio.to_thread(_faults, territories, None)


async def warnings_near(connection: AsyncConnection, organisations: Collection[str]) -> list[str]:
    """In words, the largest first, of the families in which one of these ids is parent or child; MOST_WARNINGS."""
    everybody = await visible_organisations(connection, ROOT_KEY)
    territories = await TerritoryStore(connection).among(everybody)
    faults = await asyncio.to_thread(_faults, territories, organisations)
    warnings = [told(fault) for fault in faults[:MOST_WARNINGS]]
    if len(faults) > MOST_WARNINGS:
        warnings.append(f"{len(faults) - MOST_WARNINGS} more: GET /api/v1/territories/faults lists what is stored")
    return warnings


def told(fault: Fault) -> str:
    """In words."""
    what, place = f"{fault.square_metres:,.0f} m²", f"at {fault.latitude:.6f}, {fault.longitude:.6f}"
    match fault.kind:
        case FaultKind.OVERLAP:
            return f"{fault.organisation!r} and {fault.other!r} overlap by {what} {place}"
        case FaultKind.GAP:
            return f"nothing below {fault.organisation!r} covers {what} of it {place}"
        case FaultKind.OUTSIDE:
            return f"{what} of {fault.organisation!r} are outside of {fault.other!r} {place}"
        case FaultKind.INVALID:
            return f"the border of {fault.organisation!r} crosses itself {place}"


def _faults(territories: Sequence[Territory], near: Collection[str] | None) -> list[Fault]:
    """near: only of the families in which one of these ids is parent or child."""
    own = {one.organisation: one.territory for one in territories}
    families: dict[str, dict[str, dict[str, Any]]] = {}
    for one in territories:
        if one.parent is not None:
            families.setdefault(one.parent, {})[one.organisation] = one.territory
    found = [
        fault
        for parent, children in families.items()
        if near is None or parent in near or not children.keys().isdisjoint(near)
        for fault in faults_of(parent, own.get(parent), children)
    ]
    return sorted(found, key=lambda fault: -fault.square_metres)
