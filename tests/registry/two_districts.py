"""Builders: a city with two districts, so that each test can ask from one what belongs to the other."""

from __future__ import annotations

from typing import Any

from psycopg_pool import AsyncConnectionPool

from registry.devices.service import DeviceService, NewDevice
from registry.members.model import MemberDraft
from registry.members.service import MemberService
from registry.organisations.model import ROOT, ROOT_KEY, Level, OrganisationDraft
from registry.organisations.service import OrganisationService

__all__ = ["NORTH", "SOUTH", "found_two_districts", "square"]

NORTH, SOUTH = 2, 3
"""Keys of the districts of `found_two_districts`."""


def square(west: float, south: float, side: float = 0.01) -> dict[str, Any]:
    """A GeoJSON square, degrees."""
    east, north = west + side, south + side
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


async def found_two_districts(pool: AsyncConnectionPool) -> None:
    """Districts north and south below the city, each with a grid, a member on it and a device: anna's phone-n, bo's."""
    organisations, members, devices = OrganisationService(pool), MemberService(pool), DeviceService(pool)
    places = (("north", "anna", 119.30), ("south", "bo", 119.40))
    for district, _, west in places:
        draft = OrganisationDraft(
            id=district, parent=ROOT, level=Level.DISTRICT, name=district.title(), territory=square(west, 26.0, 0.05)
        )
        await organisations.add(draft, caller=ROOT_KEY)
    for district, member, west in places:
        grid = OrganisationDraft(
            id=f"{district}-1",
            parent=district,
            level=Level.GRID,
            name=f"Grid of {district}",
            territory=square(west, 26),
        )
        await organisations.add(grid, caller=ROOT_KEY)
        await members.add(MemberDraft(id=member, name=member.title(), organisation=grid.id), caller=ROOT_KEY)
        await devices.add(NewDevice(device=f"phone-{district[0]}", member=member, token=f"token-of-{member}"))
