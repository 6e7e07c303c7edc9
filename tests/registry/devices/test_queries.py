from __future__ import annotations

import pytest
from psycopg_pool import AsyncConnectionPool

from registry.devices import queries
from registry.devices.queries import changed_devices, find_device, record_unknown
from registry.devices.service import DeviceService, NewDevice
from registry.members.service import MemberService


async def changed(pool: AsyncConnectionPool, since: int | None) -> tuple[list[str], int]:
    async with pool.connection() as connection:
        devices, later = await changed_devices(connection, since)
    return sorted(device.id for device in devices), later


async def test_the_first_look_tells_of_all(city: AsyncConnectionPool) -> None:
    assert (await changed(city, None))[0] == ["phone-n", "phone-s"]


async def test_a_later_look_tells_of_what_changed(city: AsyncConnectionPool) -> None:
    _, since = await changed(city, None)
    assert (await changed(city, since))[0] == []
    await DeviceService(city).add(NewDevice(device="new"))
    await MemberService(city).change("bo", {"on_duty": False}, caller=1)
    told, since = await changed(city, since)
    assert told == ["new", "phone-s"]
    assert (await changed(city, since))[0] == []


async def test_a_transaction_that_was_open_at_one_look_is_told_at_the_next(city: AsyncConnectionPool) -> None:
    async with city.connection() as slow:
        await slow.execute("UPDATE devices SET retired = true WHERE id = 'phone-n'")
        told, since = await changed(city, None)
        assert told == ["phone-n", "phone-s"]
        await DeviceService(city).add(NewDevice(device="quick"))
        told, since = await changed(city, since)
        assert told == ["quick"]
    assert "phone-n" in (await changed(city, since))[0]


async def test_a_device_can_be_asked_for_by_an_id_that_is_not_there(city: AsyncConnectionPool) -> None:
    async with city.connection() as connection:
        assert await find_device(connection, "nobody") is None


async def test_a_stranger_that_knocks_again_is_counted(city: AsyncConnectionPool) -> None:
    async with city.connection() as connection:
        await record_unknown(connection, "x", protocol="nmea", address="192.0.2.1")
        await record_unknown(connection, "x", protocol="osmand", address="192.0.2.2")
    (row,) = await DeviceService(city).unknown()
    assert (row.attempts, row.protocol, row.address) == (2, "osmand", "192.0.2.2")


async def test_the_record_of_strangers_is_bounded(city: AsyncConnectionPool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "MOST_UNKNOWN", 3)
    for number in range(5):
        async with city.connection() as connection:
            await record_unknown(connection, f"x{number}", protocol="nmea", address="192.0.2.1")
    assert [row.device for row in await DeviceService(city).unknown()] == ["x4", "x3", "x2"]
