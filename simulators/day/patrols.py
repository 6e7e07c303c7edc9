"""The roster of a street, and where its last shift walked: who was on duty, and who left his post.

Two teams take turns of twelve hours, from yesterday on for a week. Some of the team of yesterday's day walked for three
hours, a fix a minute, that their handhelds send late, as after a time without a network; two of them were elsewhere.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

from simulators.city.city import City, Member
from simulators.day.past import first_street, written
from simulators.day.people import Person
from simulators.encoders.json_fixes import fix_object
from simulators.fleet.fleet import Fleet
from simulators.fleet.reports import Sample
from simulators.fleet.scenario import Scenario

__all__ = ["Walker", "make_rosters", "patrol", "teams_of"]

_TURN = timedelta(hours=12)
_BEGINS_H = 8
_TURNS = 14
_PATROL = timedelta(hours=3)
_MOST = 16
"""Who of yesterday's team sent where he was."""
_ASTRAY = 2
_PERIOD_S = 60
_AT_ONCE = 100
_AFOOT = Scenario(bicycles=0.0, vehicles=0.0, no_fix=0.0, link_losses=0.0, duplicates=0.0)

Walker = tuple[Member, list[Sample]]
"""A member, and the fixes of his patrol in order."""


async def make_rosters(base: str, user: tuple[str, str], seed: int, members: int, now: datetime) -> None:
    """Once: a server that has shifts already is left as it is, and so is one that goes away meanwhile.

    base: http://host:port; user: name and password of one of the whole city; members: of the city; now: aware, in the
    zone by whose clock the teams change.
    """
    city, street = await asyncio.to_thread(City.load, seed), (await first_street(seed)).id
    teams = teams_of(city, street, members)
    first = (now - timedelta(days=1)).replace(hour=_BEGINS_H, minute=0, second=0, microsecond=0)

    async def write(person: Person) -> None:
        if (await person.get("/shifts", limit=1))["items"]:
            return
        for turn in range(_TURNS):
            await _shift(person, street, teams[turn % 2], first + turn * _TURN)
        for member, walked in await asyncio.to_thread(patrol, city, teams[0], first + timedelta(hours=1)):
            await _send(person, member, walked)

    await written(base, [user], write)


def teams_of(city: City, street: str, members: int) -> tuple[list[Member], list[Member]]:
    """Those of the street's grids, every other one in the same team."""
    found = [one for one in city.members(members) if city.grids[one.grid].id.startswith(street)]
    return found[::2], found[1::2]


def patrol(city: City, team: Sequence[Member], begins: datetime) -> list[Walker]:
    """What some of the team's handhelds had to send of three hours; the first two were in a grid far from theirs."""
    walkers = team[:_MOST]
    far = len(city.grids) - 1
    grids = [far if row < _ASTRAY else one.grid for row, one in enumerate(walkers)]
    if not grids:
        return []
    start_ms = int(begins.timestamp() * 1_000)
    fleet = Fleet(city, grids, _AFOOT, rate=1 / _PERIOD_S, seed=city.seed, start_ms=start_ms)
    walked: list[list[Sample]] = [[] for _ in walkers]
    while fleet.due_ms < start_ms + _PATROL / timedelta(milliseconds=1):
        for row, sample in fleet.turn().samples():
            walked[row].append(sample)
    return list(zip(walkers, walked, strict=True))


async def _shift(person: Person, street: str, team: Sequence[Member], starts_at: datetime) -> None:
    name = "Day (synthetic)" if starts_at.hour == _BEGINS_H else "Night (synthetic)"
    await person.post("/shifts", {
        "organisation": street, "name": name, "starts_at": starts_at.isoformat(),
        "ends_at": (starts_at + _TURN).isoformat(), "members": [one.id for one in team],
    })  # fmt: skip


async def _send(person: Person, member: Member, walked: Sequence[Sample]) -> None:
    handheld = Person(person.session, person.base, member.token)
    for first in range(0, len(walked), _AT_ONCE):
        await handheld.post_list("/fixes", [fix_object(one) for one in walked[first : first + _AT_ONCE]])
