"""What raises alerts by itself: flags that rise, borders that are crossed, members who fall silent; each once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from dispatch.alerts.model import Action
from dispatch.alerts.watch import EmergencyLine
from registry.api.problems import NotFound
from tests.dispatch.alerts.house import PLACE, Handhelds
from tests.dispatch.world import NOON
from tests.tracker.live.builders import SECOND, heard, rows_of


async def test_a_flag_that_rises_raises_one_alert_however_often_it_is_repeated(handhelds: Handhelds) -> None:
    keys = await handhelds.give("anna")
    for _ in range(3):
        handhelds.fix(keys["anna"], sos=True)
        await handhelds.watch.round()
        handhelds.world.later(seconds=5)
    [alert] = await handhelds.all()
    assert (alert["kind"], alert["source"], alert["member"], alert["device"]) == ("sos", "device", "anna", "phone-anna")
    assert alert["happened_at"] == NOON


async def test_a_flag_that_falls_leaves_the_alert_open(handhelds: Handhelds) -> None:
    keys = await handhelds.give("anna")
    for sos in (True, False, True, False):
        handhelds.fix(keys["anna"], sos=sos)
        await handhelds.watch.round()
        handhelds.world.later(seconds=5)
    [alert] = await handhelds.all()
    assert alert["state"] == "raised"
    assert await handhelds.log(alert["id"]) == [Action.RAISE]


async def test_one_cleared_while_the_flag_is_up_is_raised_again_only_when_it_fell_and_rose(
    handhelds: Handhelds,
) -> None:
    keys = await handhelds.give("anna")

    async def fix(*, sos: bool) -> int:
        handhelds.world.later(seconds=5)
        handhelds.fix(keys["anna"], sos=sos)
        await handhelds.watch.round()
        await handhelds.another_watch().round()
        return len(await handhelds.all())

    assert await fix(sos=True) == 1
    [alert] = await handhelds.all()
    await handhelds.alerts.clear(alert["id"], handhelds.world["dora"], None)
    assert await fix(sos=True) == 1
    assert await fix(sos=False) == 1
    assert await fix(sos=True) == 2


async def test_the_line_and_many_looks_at_once_raise_one(handhelds: Handhelds) -> None:
    keys = await handhelds.give("anna", "bo")
    handhelds.fix(keys["anna"], sos=True)
    handhelds.fix(keys["bo"], sos=True)
    watches = [handhelds.another_watch() for _ in range(4)]
    await asyncio.gather(
        *(watch.flags() for watch in watches),
        *(watch.signal(handhelds.signal(keys[name])) for watch in watches for name in keys),
    )
    assert sorted(one["member"] for one in await handhelds.all()) == ["anna", "bo"]
    assert len(await handhelds.told()) == 2


async def test_what_a_slow_process_still_believes_turns_no_flag(handhelds: Handhelds) -> None:
    keys = await handhelds.give("anna")
    anna = keys["anna"]
    assert await handhelds.watch.signal(handhelds.signal(anna, age_s=10))
    assert not await handhelds.watch.signal(handhelds.signal(anna, up=False, age_s=20))
    [alert] = await handhelds.all()
    await handhelds.alerts.clear(alert["id"], handhelds.world["dora"], None)
    assert not await handhelds.watch.signal(handhelds.signal(anna))
    assert not await handhelds.watch.signal(handhelds.signal(anna, up=False))
    assert not await handhelds.watch.signal(handhelds.signal(anna, age_s=5)), "it is down since a newer fix"
    assert len(await handhelds.all()) == 1


async def test_a_rise_that_follows_a_fall_only_the_intake_saw_is_a_new_one(handhelds: Handhelds) -> None:
    """The device hopped between processes: one heard the first rise, the other the fall and the second rise."""
    keys = await handhelds.give("anna")
    anna = keys["anna"]
    assert await handhelds.watch.signal(handhelds.signal(anna, age_s=30))
    [alert] = await handhelds.all()
    await handhelds.alerts.clear(alert["id"], handhelds.world["dora"], None)
    assert not await handhelds.watch.signal(handhelds.signal(anna, up=False, age_s=20))
    assert await handhelds.watch.signal(handhelds.signal(anna, age_s=10))


async def test_a_call_of_the_day_before_yesterday_is_history(handhelds: Handhelds) -> None:
    keys = await handhelds.give("anna")
    assert not await handhelds.watch.signal(handhelds.signal(keys["anna"], age_s=48 * 3600))
    assert await handhelds.all() == []


async def test_a_device_that_nobody_carries_calls_for_its_organisation(handhelds: Handhelds) -> None:
    async with handhelds.world.pool.connection() as connection:
        cursor = await connection.execute(
            """INSERT INTO devices (id, organisation) SELECT 'button', key FROM organisations WHERE id = 'two'
               RETURNING key"""
        )
        row = await cursor.fetchone()
    assert row is not None
    assert await handhelds.watch.signal(handhelds.signal(row[0]))
    [alert] = await handhelds.all()
    assert (alert["device"], alert["member"], alert["organisation"]) == ("button", None, "two")


async def test_the_line_tries_again_what_failed(handhelds: Handhelds) -> None:
    keys = await handhelds.give("anna")
    line = EmergencyLine(handhelds.watch)
    await handhelds.world.pool.close()
    line.hear([handhelds.signal(keys["anna"])])
    with pytest.raises(Exception, match="closed"):
        await line.work()
    with pytest.raises(Exception, match="closed"):
        await line.work()
    line.skip()
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(line.work(), 0.01)


async def crossing(handhelds: Handhelds, device: int, kind: str, *, late: timedelta = timedelta(0)) -> None:
    """A crossing of the fence is on record, as the history writes it."""
    async with handhelds.world.pool.connection() as connection:
        await connection.execute(
            """INSERT INTO geofence_events (geofence, device, member, kind, fix_time, decided_at, latitude, longitude)
               SELECT g.key, d.key, d.member, %s, %s, %s, 26.005, 119.305
               FROM geofences g, devices d WHERE g.id = 'fence' AND d.key = %s""",
            (kind, handhelds.world.now - late, handhelds.world.now, device),
        )


async def fence(handhelds: Handhelds, alert: str, of: str = "east") -> None:
    async with handhelds.world.pool.connection() as connection:
        await connection.execute(
            """INSERT INTO geofences (id, organisation, name, kind, geometry, radius_m, alert)
               SELECT 'fence', key, 'Depot', 'circle', '{"type": "Point", "coordinates": [119.3, 26]}', 50, %s
               FROM organisations WHERE id = %s""",
            (alert, of),
        )


@pytest.mark.parametrize(
    ("asks", "raised"), [("none", []), ("enter", ["enter"]), ("exit", ["exit"]), ("both", ["enter", "exit"])]
)
async def test_a_crossing_raises_what_its_geofence_asks_for(handhelds: Handhelds, asks: str, raised: list[str]) -> None:
    keys = await handhelds.give("anna")
    await fence(handhelds, asks)
    for kind in ("enter", "exit"):
        await crossing(handhelds, keys["anna"], kind)
    watches = [handhelds.another_watch() for _ in range(3)]
    await asyncio.gather(*(watch.crossings() for watch in watches))
    found = await handhelds.all()
    assert [one["reason"] for one in found] == raised
    assert {(one["kind"], one["geofence"], one["geofence_name"], one["member"]) for one in found} <= {
        ("geofence", "fence", "Depot", "anna")
    }


async def test_whose_geofence_it_is_sees_no_member_of_another_district(handhelds: Handhelds) -> None:
    keys = await handhelds.give("anna")
    await fence(handhelds, "enter", of="west")
    await crossing(handhelds, keys["anna"], "enter")
    await handhelds.watch.round()
    [alert] = await handhelds.all()
    assert alert["organisation"] == "one"
    with pytest.raises(NotFound):
        await handhelds.alerts.find(alert["id"], handhelds.world["wes"])


async def test_who_goes_in_and_out_has_one_open_alert(handhelds: Handhelds) -> None:
    keys = await handhelds.give("anna")
    await fence(handhelds, "enter")
    for _ in range(3):
        await crossing(handhelds, keys["anna"], "enter")
        await handhelds.watch.round()
        handhelds.world.later(minutes=1)
    [alert] = await handhelds.all()
    await handhelds.alerts.clear(alert["id"], handhelds.world["dora"], None)
    assert await handhelds.watch.round() == 0, "what came while it was open is not raised afterwards"
    await crossing(handhelds, keys["anna"], "enter")
    assert await handhelds.watch.round() == 1


async def test_a_crossing_that_comes_in_hours_late_is_history(handhelds: Handhelds) -> None:
    keys = await handhelds.give("anna")
    await fence(handhelds, "both")
    await crossing(handhelds, keys["anna"], "enter", late=timedelta(hours=3))
    assert await handhelds.watch.round() == 0


async def test_a_member_on_duty_who_falls_silent_is_told_once_until_heard(handhelds: Handhelds) -> None:
    keys = await handhelds.give("anna")
    handhelds.fix(keys["anna"])
    assert await handhelds.watch.round() == 0
    handhelds.world.later(minutes=11)
    handhelds.live.look()
    watches = [handhelds.watch, *(handhelds.another_watch() for _ in range(3))]
    await asyncio.gather(*(watch.round() for watch in watches))
    [alert] = await handhelds.all()
    assert (alert["kind"], alert["reason"], alert["member"], alert["nearest"]) == ("silence", "no link", "anna", [])
    assert (alert["latitude"], alert["longitude"]) == PLACE
    handhelds.fix(keys["anna"])
    await asyncio.gather(*(watch.round() for watch in watches))
    [alert] = await handhelds.all()
    assert (alert["state"], alert["cleared_by"]) == ("cleared", "gridwarden")
    assert await handhelds.log(alert["id"]) == [Action.RAISE, Action.END]
    assert {body["state"] for _, _, body in await handhelds.told()} == {"raised", "cleared"}


async def test_silence_that_a_person_cleared_is_not_raised_again(handhelds: Handhelds) -> None:
    keys = await handhelds.give("anna")
    handhelds.fix(keys["anna"])
    handhelds.world.later(minutes=11)
    handhelds.live.look()
    await handhelds.watch.round()
    [alert] = await handhelds.all()
    await handhelds.alerts.clear(alert["id"], handhelds.world["dora"], "on leave")
    await handhelds.watch.round()
    await handhelds.another_watch().round()
    assert len(await handhelds.all()) == 1


async def test_the_reason_of_silence_is_told(handhelds: Handhelds) -> None:
    keys = await handhelds.give("anna", "bo", "cui")
    handhelds.fix(keys["anna"], battery=0.02)
    handhelds.fix(keys["bo"])
    handhelds.fix(keys["cui"])
    handhelds.world.later(minutes=11)
    handhelds.live.take(rows_of(heard(keys["bo"], handhelds.now_us - SECOND)))
    handhelds.live.look()
    await handhelds.watch.round()
    assert sorted((one["member"], one["kind"], one["reason"]) for one in await handhelds.all()) == [
        ("anna", "battery", "battery empty"), ("bo", "silence", "no fix"), ("cui", "silence", "no link"),
    ]  # fmt: skip


async def test_nobody_is_silent_off_duty_or_before_the_grace_is_over(handhelds: Handhelds) -> None:
    keys = await handhelds.give("anna", "bo")
    for name in keys:
        handhelds.fix(keys[name])
    off = handhelds.live.table.devices[keys["bo"]]
    handhelds.live.describe([replace(off, on_duty=False)])
    handhelds.world.later(minutes=11)
    handhelds.live.look()
    patient = handhelds.another_watch(grace=timedelta(minutes=10))
    assert await patient.round() == 0
    handhelds.world.later(minutes=10)
    assert await patient.round() == 1
    assert [one["member"] for one in await handhelds.all()] == ["anna"]
    assert patient.open_by_kind == {"silence": 1}


async def test_who_is_heard_by_another_process_only_is_not_silent(handhelds: Handhelds) -> None:
    keys = await handhelds.give("anna", "bo")
    for name in keys:
        handhelds.fix(keys[name])
    handhelds.world.later(minutes=11)
    handhelds.live.look()
    async with handhelds.world.pool.connection() as connection:
        await connection.execute(
            """INSERT INTO last_known (device, fix_time, received_at, latitude, longitude, cell, moving, emergency)
               VALUES (%s, %s, %s, 26, 119.3, 0, false, false), (%s, %s, %s, 26, 119.3, 0, false, false)""",
            (keys["anna"], handhelds.world.now, handhelds.world.now, keys["bo"], NOON, NOON),
        )
    await handhelds.watch.round()
    assert [one["member"] for one in await handhelds.all()] == ["bo"]


async def test_a_handheld_in_a_drawer_is_not_silence(handhelds: Handhelds) -> None:
    keys = await handhelds.give("anna")
    handhelds.fix(keys["anna"])
    handhelds.world.later(hours=13)
    handhelds.live.look()
    assert await handhelds.watch.round() == 0
