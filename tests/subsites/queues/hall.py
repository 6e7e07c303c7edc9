"""A hall in the street main: two services and three windows of the registry."""

from __future__ import annotations

from dataclasses import dataclass

from subsites.queues.service import TicketService
from subsites.queues.setup import HallService
from subsites.record.model import Told
from tests.dispatch.world import World
from tests.subsites.callers import caller

__all__ = ["ZONE", "Hall", "a_place", "found_hall"]

ZONE = "Asia/Shanghai"


@dataclass
class Hall:
    """What is tested, and ids of what stands there. desks: closed windows; the first two serve both services."""

    world: World
    setup: HallService
    tickets: TicketService
    residence: str
    pension: str
    desks: list[str]

    async def take(self, service: str | None = None) -> tuple[Told, str]:
        """A ticket by telephone."""
        return await self.tickets.take(service or self.residence, None, b"", None)

    async def open(self, *desks: int) -> None:
        """Windows by their number."""
        for desk in desks:
            await self.setup.open(self.desks[desk], caller(self.world, "dora"), None)

    async def call(self, desk: int = 0) -> Told:
        """Who is next at a window."""
        return await self.tickets.call(self.desks[desk], caller(self.world, "dora"))

    async def serve(self, desk: int = 0, *, minutes: float = 10) -> Told:
        """Call the next one and settle it."""
        dora, called = caller(self.world, "dora"), await self.call(desk)
        serving = await self.tickets.serve(called["id"], dora, called["version"])
        self.world.later(minutes=minutes)
        return await self.tickets.finish(serving["id"], dora, serving["version"])


async def a_place(world: World, name: str, *, kind: str = "service_window", organisation: str = "one") -> str:
    """A place of the registry; its id is its name."""
    async with world.pool.connection() as connection:
        await connection.execute(
            """INSERT INTO places (id, organisation, kind, name, latitude, longitude)
               SELECT %(name)s, key, %(kind)s, %(name)s, 26.005, 119.305
               FROM organisations WHERE id = %(organisation)s""",
            {"name": name, "kind": kind, "organisation": organisation},
        )
    return name


async def found_hall(world: World) -> Hall:
    """Everything above, stored."""
    setup = HallService(world.pool, lambda: world.now, ZONE)
    tickets = TicketService(world.pool, lambda: world.now, ZONE)
    dora = caller(world, "dora")
    services = [
        (await setup.add_service(
            {"organisation": "main", "letter": letter, "name_en": name, "name_zh": name, "expected_s": 600}, dora, None
        ))["id"]
        for letter, name in (("A", "residence"), ("B", "pension"))
    ]  # fmt: skip
    desks = [
        (await setup.add_window(
            {"organisation": "main", "place": await a_place(world, name), "services": served}, dora, None
        ))["id"]
        for name, served in (("W1", services), ("W2", services), ("W3", services[:1]))
    ]  # fmt: skip
    return Hall(world, setup, tickets, services[0], services[1], desks)
