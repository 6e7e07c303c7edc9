"""Members of the world with handhelds, alerts over them, and everything that is told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from dispatch.alerts.model import Action
from dispatch.alerts.service import AlertService
from dispatch.alerts.watch import AlertWatch
from tests.dispatch.world import World
from tests.tracker.live.builders import SECOND, a_device, a_row, rows_of
from tracker.live.service import LiveService
from tracker.live.table import LiveTable
from tracker.model.emergency import Signal

__all__ = ["Handhelds"]

PLACE = (26.005, 119.305)


class Handhelds:
    """Live positions of the world's members; `alerts` and `watch` look at them, with the world's clock."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.live = LiveService(
            LiveTable(stale_after_s=60.0, silent_after_s=600.0), now=lambda: self.now_us, clock=lambda: 0.0
        )
        self.alerts = AlertService(world.pool, self.live, world.incidents, lambda: world.now)
        self.watch = self.another_watch()
        self.members: dict[str, int] = {}

    @property
    def now_us(self) -> int:
        """Microseconds."""
        return int(self.world.now.timestamp()) * SECOND

    def another_watch(self, grace: timedelta = timedelta(0)) -> AlertWatch:
        """As another process has one."""
        return AlertWatch(self.world.pool, self.alerts, self.live, lambda: self.world.now, grace=grace)

    async def give(self, *members: str) -> dict[str, int]:
        """A device for each, told to the registry and the live table; their keys."""
        keys = {}
        async with self.world.pool.connection() as connection:
            for member in members:
                cursor = await connection.execute(
                    """INSERT INTO devices (id, organisation, member)
                       SELECT 'phone-' || id, organisation, key FROM members WHERE id = %s
                       RETURNING key, organisation, member, (SELECT name FROM members WHERE key = devices.member)""",
                    (member,),
                )
                row = await cursor.fetchone()
                assert row is not None
                device, organisation, key, name = row
                keys[member], self.members[member] = device, key
                self.live.describe(
                    [a_device(device, member=key, member_id=member, member_name=name, organisation=organisation)]
                )
        return keys

    def fix(self, device: int, *, sos: bool = False, at: tuple[float, float] = PLACE, **columns: Any) -> None:
        """The device's newest fix is of now."""
        fields = {"fix_time": self.now_us, "latitude": at[0], "longitude": at[1], "emergency": int(sos)} | columns
        self.live.take(rows_of(a_row(device, **fields)))
        self.live.look()

    def signal(self, device: int, *, up: bool = True, age_s: int = 0) -> Signal:
        """What the intake tells of a fix."""
        return Signal(
            device=device, up=up, fix_time=self.now_us - age_s * SECOND, latitude=PLACE[0], longitude=PLACE[1]
        )

    async def all(self, **filters: Any) -> list[dict[str, Any]]:
        """Every alert that dora sees, the oldest first."""
        wanted = dict.fromkeys(("states", "kind", "organisation", "member", "drill")) | filters
        return (await self.alerts.page(self.world["dora"], before=0, limit=100, filters=wanted))[::-1]

    async def log(self, alert: str) -> list[Action]:
        """The actions on record."""
        return [Action(entry["action"]) for entry in (await self.alerts.find(alert, self.world["dora"]))[1]]

    async def told(self) -> list[tuple[list[int], list[int], dict[str, Any]]]:
        """(organisations, members, body) of each happening about alerts."""
        async with self.world.pool.connection() as connection:
            cursor = await connection.execute(
                "SELECT organisations, members, body FROM outbox WHERE topic = 'alert' ORDER BY key"
            )
            return await cursor.fetchall()

    async def key_of(self, *organisations: str) -> list[int]:
        """Their keys, in order."""
        async with self.world.pool.connection() as connection:
            cursor = await connection.execute(
                "SELECT key FROM organisations WHERE id = ANY(%s) ORDER BY key", (list(organisations),)
            )
            return [key for (key,) in await cursor.fetchall()]
