"""What raises alerts: rising emergency flags, silence, crossings of geofences that ask for it."""

from __future__ import annotations

import pytest

from dispatch.alerts.service import AlertService
from dispatch.alerts.watcher import AlertWatcher
from tests.dispatch.recommend.test_service import Crowd
from tests.dispatch.world import World
from tests.tracker.live.builders import a_row, rows_of


class Watched(Crowd):
    """A crowd whose alerts are looked for."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.alerts = AlertService(world.pool, world.incidents, lambda: world.now)
        self.watcher = AlertWatcher(world.pool, self.live, self.alerts, lambda: world.now)

    async def fix(self, member: str, *, emergency: bool) -> None:
        key = next(key for key, one in self.table.devices.items() if one.member_id == member)
        at = int(self.world.now.timestamp() * 1e6)
        self.live.take(rows_of(a_row(key, fix_time=at, latitude=26.005, longitude=119.305, emergency=emergency)))

    async def open(self) -> list[tuple[str, str]]:
        found = await self.alerts.page(
            self.world["dora"], before=0, limit=50, states=["raised", "acknowledged", "assigned"], kind=None
        )
        return [(one.kind, one.text) for one in found]


@pytest.fixture
async def watched(world: World) -> Watched:
    watched = Watched(world)
    for member, north in (("anna", 26.005), ("bo", 26.0052), ("cui", 26.006)):
        await watched.put(member, north, 119.305)
    for one in watched.table.devices.values():
        assert one.member_id is not None
    return watched


async def test_an_sos_is_raised_once_with_who_could_help(watched: Watched, world: World) -> None:
    subject = next(iter(watched.table.devices.values())).member_id
    assert subject is not None
    for _ in range(3):
        world.later(seconds=5)
        await watched.fix(subject, emergency=True)
        await watched.watcher.round()
    [one] = await watched.alerts.page(world["dora"], before=0, limit=10, states=None, kind=None)
    assert (one.kind, one.subject) == ("sos", subject)
    assert len(one.nearest) == 2
    assert one.nearest[0]["metres"] <= one.nearest[1]["metres"]


async def test_a_second_process_raises_no_second(watched: Watched, world: World) -> None:
    subject = next(iter(watched.table.devices.values())).member_id
    assert subject is not None
    await watched.fix(subject, emergency=False)
    world.later(seconds=5)
    await watched.fix(subject, emergency=True)
    other = AlertWatcher(world.pool, watched.live, watched.alerts, lambda: world.now)
    await watched.watcher.round()
    await other.round()
    assert len(await watched.open()) == 1


async def test_members_on_duty_who_go_silent_are_told_and_cleared_when_they_are_heard_of(
    watched: Watched, world: World
) -> None:
    await watched.watcher.round()
    world.later(minutes=15)
    watched.live.look()
    await watched.watcher.round()
    assert {kind for kind, _ in await watched.open()} == {"silence"}
    assert len(await watched.open()) == 3
    subject = next(iter(watched.table.devices.values())).member_id
    assert subject is not None
    await watched.fix(subject, emergency=False)
    watched.live.look()
    await watched.watcher.round()
    assert len(await watched.open()) == 2


async def test_who_was_silent_when_it_began_is_no_news(watched: Watched, world: World) -> None:
    world.later(minutes=15)
    watched.live.look()
    await watched.watcher.round()
    assert await watched.open() == []


@pytest.mark.parametrize(("alert", "raised"), [("none", 0), ("enter", 1), ("exit", 0), ("both", 1)])
async def test_a_crossing_alerts_where_the_geofence_asks_for_it(
    watched: Watched, world: World, alert: str, raised: int
) -> None:
    async with world.pool.connection() as connection:
        await connection.execute(
            """INSERT INTO devices (key, id, member) SELECT 900, 'phone', key FROM members WHERE id = 'anna'"""
        )
        await connection.execute(
            """INSERT INTO geofences (key, id, organisation, name, kind, geometry, radius_m, alert)
               SELECT 1, 'g', key, 'the depot', 'circle', '{}', 10, %s FROM organisations WHERE id = 'one'""",
            (alert,),
        )
        await connection.execute(
            """INSERT INTO geofence_events (geofence, device, member, kind, fix_time, decided_at, latitude, longitude)
               SELECT 1, 900, key, 'enter', %s, %s, 26.0, 119.3 FROM members WHERE id = 'anna'""",
            (world.now, world.now),
        )
    await watched.watcher.round()
    await watched.watcher.round()
    assert await watched.open() == [("geofence", "Anna entered the depot")] * raised
