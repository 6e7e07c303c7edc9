"""A small world to dispatch in: district east > street main > grids one and two; members, users, a clock of ours."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from psycopg_pool import AsyncConnectionPool

from dispatch.assignments.model import Offer, Sent
from dispatch.assignments.service import AssignmentService
from dispatch.incidents.actor import Actor
from dispatch.incidents.model import Action
from dispatch.incidents.service import IncidentService
from dispatch.incidents.store import Told
from registry.api.route import Role
from registry.members.model import MemberDraft
from registry.members.service import MemberService
from registry.organisations.model import ROOT, ROOT_KEY, Level, OrganisationDraft
from registry.organisations.queries import organisation_at
from registry.organisations.service import OrganisationService
from tests.registry.two_districts import square

__all__ = ["KIND", "NOON", "World", "found_world"]

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
KIND = "T0101"
"""A kind that must be accepted in 5 minutes, reached in 20, handled in 2 hours and verified in 1."""

_PLACE = {"latitude": 26.005, "longitude": 119.305}
"""In grid one."""
_TREE = (
    ("east", ROOT, Level.DISTRICT, square(119.30, 26.0, 0.05)),
    ("main", "east", Level.STREET, square(119.30, 26.0, 0.03)),
    ("one", "main", Level.GRID, square(119.30, 26.0)),
    ("two", "main", Level.GRID, square(119.31, 26.0)),
    ("fire", "east", Level.DEPARTMENT, None),
    ("west", ROOT, Level.DISTRICT, square(119.50, 26.0, 0.05)),
    ("far", "west", Level.GRID, square(119.50, 26.0)),
)
_MEMBERS = (("anna", "one"), ("bo", "one"), ("cui", "two"), ("dan", "far"))
_USERS = (
    ("dora", Role.DISPATCHER, "east"), ("dirk", Role.DISPATCHER, "east"), ("sue", Role.SUPERVISOR, "east"),
    ("otto", Role.OFFICER, "fire"), ("wes", Role.DISPATCHER, "west"), ("anna", Role.MEMBER, "one"),
    ("bo", Role.MEMBER, "one"), ("dan", Role.MEMBER, "far"),
)  # fmt: skip


class World:
    """Its services and its people. `now` moves only when a test moves it."""

    def __init__(self, pool: AsyncConnectionPool) -> None:
        self.pool = pool
        self.now = NOON
        self.incidents = IncidentService(pool, organisation_at, lambda: self.now)
        self.assignments = AssignmentService(pool, lambda: self.now)
        self.actors: dict[str, Actor] = {}

    def __getitem__(self, name: str) -> Actor:
        """The actor of that name."""
        return self.actors[name]

    def later(self, **parts: float) -> None:
        """Let time pass."""
        self.now += timedelta(**parts)

    async def report(self, by: str = "dora", **fields: Any) -> Told:
        """A report in grid one."""
        report = {"kind": KIND, "description": "a cover is missing", "source": "dispatcher"} | _PLACE | fields
        return await self.incidents.report(report, self[by])

    async def accepted(self, by: str = "dora") -> Told:
        """An accepted incident."""
        told = await self.report(by)
        return await self.incidents.accept(told["id"], self[by], None)

    async def dispatched(self, *members: str, by: str = "dora", **offer: Any) -> Told:
        """An incident to which these members were sent."""
        told = await self.accepted(by)
        return await self.send(told["id"], *members, by=by, **offer)

    async def send(self, incident: str, *members: str, by: str = "dora", **offer: Any) -> Told:
        """Send members to it."""
        sent = Offer(members=[Sent(member=member) for member in members], **offer)
        return await self.assignments.dispatch(incident, self[by], None, sent)

    async def handling(self, *members: str) -> Told:
        """An incident that these members acknowledged."""
        told = await self.dispatched(*members)
        for one in told["assignments"]:
            told = await self.step(one["id"], one["member"], Action.ACKNOWLEDGE)
        return told

    async def fed_back(self, member: str = "anna") -> Told:
        """An incident that waits for verification."""
        told = await self.handling(member)
        return await self.assignments.feedback(told["id"], self[member], None, "put a new one in")

    async def step(self, assignment: str, by: str, action: Action, reason: str | None = None) -> Told:
        """A step of an assignment."""
        return await self.assignments.step(assignment, self[by], action, reason=reason)

    async def log(self, incident: str) -> list[str]:
        """The actions on record."""
        return [entry["action"] for entry in await self.incidents.log(incident, self["dora"])]


async def found_world(pool: AsyncConnectionPool) -> World:
    """Everything above, stored."""
    world = World(pool)
    organisations, members = OrganisationService(pool), MemberService(pool)
    for organisation, parent, level, territory in _TREE:
        draft = OrganisationDraft(
            id=organisation, parent=parent, level=level, name=organisation.title(), territory=territory
        )
        await organisations.add(draft, caller=ROOT_KEY)
    for member, grid in _MEMBERS:
        await members.add(MemberDraft(id=member, name=member.title(), organisation=grid), caller=ROOT_KEY)
    async with pool.connection() as connection:
        await connection.execute(
            """INSERT INTO incident_kinds (code, category, class, name_en, name_zh, priority, accept_s, arrive_s,
                                           handle_s, verify_s)
               VALUES (%s, 'component', 'test', 'cover', '井盖', 3, 300, 1200, 7200, 3600)""",
            (KIND,),
        )
        for name, role, organisation in _USERS:
            cursor = await connection.execute(
                """INSERT INTO users (name, password_hash, role, organisation)
                   SELECT %s, '-', %s, key FROM organisations WHERE id = %s
                   RETURNING key, organisation, (SELECT key FROM members WHERE id = users.name)""",
                (name, role, organisation),
            )
            row = await cursor.fetchone()
            assert row is not None
            actor = Actor(name=name, role=role, user=row[0], organisation=row[1])
            world.actors[name] = replace(actor, member=row[2]) if role is Role.MEMBER else actor
    return world
