from __future__ import annotations

import asyncio
from typing import Any

import pytest
from psycopg_pool import AsyncConnectionPool

from registry.api.problems import BadRequest, Conflict, NotFound
from registry.devices.model import hash_token
from registry.devices.queries import find_device, find_device_by_token_hash, record_unknown
from registry.devices.service import DeviceService, NewDevice
from tests.registry.two_districts import NORTH, SOUTH


async def knock(pool: AsyncConnectionPool, device: str) -> None:
    async with pool.connection() as connection:
        await record_unknown(connection, device, protocol="nmea", address="127.0.0.1")


async def holder_of(pool: AsyncConnectionPool, token: str) -> str | None:
    async with pool.connection() as connection:
        found = await find_device_by_token_hash(connection, hash_token(token))
    return None if found is None else found.id


async def test_a_device_of_a_member_belongs_where_the_member_does(city: AsyncConnectionPool) -> None:
    service = DeviceService(city)
    await service.add(NewDevice(device="new", member="anna"), caller=NORTH)
    assert (await service.device("new")).organisation == "north-1"
    async with city.connection() as connection:
        stored = await find_device(connection, "new")
    assert stored is not None
    assert (stored.member_id, stored.member_name, stored.on_duty) == ("anna", "Anna", True)


async def test_a_device_without_a_member_belongs_to_the_callers_organisation(city: AsyncConnectionPool) -> None:
    service = DeviceService(city)
    await service.add(NewDevice(device="spare"), caller=NORTH)
    assert (await service.device("spare")).organisation == "north"


async def test_a_made_token_is_random_and_kept_as_a_hash(city: AsyncConnectionPool) -> None:
    service = DeviceService(city)
    first, second = [await service.add(NewDevice(device=name)) for name in ("a", "b")]
    assert first != second
    assert await holder_of(city, first) == "a"
    async with city.connection() as connection:
        dump = await (await connection.execute("SELECT devices::text FROM devices")).fetchall()
    assert first not in str(dump)


async def test_a_rotated_token_ends_the_old_one(city: AsyncConnectionPool) -> None:
    token = await DeviceService(city).rotate_token("phone-n", caller=NORTH)
    assert await holder_of(city, token) == "phone-n"
    assert await holder_of(city, "token-of-anna") is None


async def test_a_token_of_another_device_is_refused(city: AsyncConnectionPool) -> None:
    with pytest.raises(Conflict, match="another device"):
        await DeviceService(city).add(NewDevice(device="new", token="token-of-bo"), caller=NORTH)
    with pytest.raises(Conflict, match="another device"):
        await DeviceService(city).rotate_token("phone-n", "token-of-bo")


async def test_tying_a_device_moves_it_and_untying_leaves_it_there(city: AsyncConnectionPool) -> None:
    service = DeviceService(city)
    tied = await service.change("phone-n", {"member": "bo"})
    assert (tied.member, tied.organisation) == ("bo", "south-1")
    untied = await service.change("phone-n", {"member": None})
    assert (untied.member, untied.organisation) == (None, "south-1")
    moved = await service.change("phone-n", {"organisation": "north"})
    assert moved.organisation == "north"


async def test_a_carried_device_cannot_be_moved_away_from_its_member(city: AsyncConnectionPool) -> None:
    with pytest.raises(BadRequest, match="leave the organisation out"):
        await DeviceService(city).change("phone-n", {"organisation": "south"})


async def test_what_is_not_named_stays(city: AsyncConnectionPool) -> None:
    changed = await DeviceService(city).change("phone-n", {"stale_after_s": 30.0, "retired": True})
    assert (changed.member, changed.has_token, changed.stale_after_s, changed.retired) == ("anna", True, 30.0, True)
    assert await holder_of(city, "token-of-anna") == "phone-n"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"text": "PHONE"}, ["phone-n", "phone-s"]), ({"text": "ann"}, ["phone-n"]), ({"text": "%"}, []),
        ({"member": "bo"}, ["phone-s"]), ({"retired": True}, []), ({"retired": False, "text": "-s"}, ["phone-s"]),
    ],
)  # fmt: skip
async def test_devices_are_found_by_text_carrier_and_whether_they_are_retired(
    city: AsyncConnectionPool, asked: dict[str, Any], found: list[str]
) -> None:
    assert [row.device for row in await DeviceService(city).devices(**asked)] == found


async def test_devices_of_another_district_are_out_of_reach(city: AsyncConnectionPool) -> None:
    service = DeviceService(city)
    assert [row.device for row in await service.devices(caller=NORTH)] == ["phone-n"]
    for attempt in (
        service.device("phone-s", caller=NORTH),
        service.change("phone-s", {"retired": True}, caller=NORTH),
        service.rotate_token("phone-s", caller=NORTH),
        service.change("phone-n", {"member": "bo"}, caller=NORTH),
        service.add(NewDevice(device="new", member="bo"), caller=NORTH),
        service.add(NewDevice(device="new", organisation="south"), caller=NORTH),
    ):
        with pytest.raises(NotFound):
            await attempt
    with pytest.raises(Conflict):
        await service.add(NewDevice(device="phone-s"), caller=NORTH)
    assert not (await service.device("phone-s", caller=SOUTH)).retired


@pytest.mark.parametrize(
    "name", ["", "a,b", "a*1f", "$PGID", "line\nbreak", "nul\x00", "not UTF-8 \udcff", " blank", "x" * 129]
)
async def test_an_id_that_a_protocol_could_not_carry_is_refused(city: AsyncConnectionPool, name: str) -> None:
    with pytest.raises(BadRequest, match="device's id"):
        await DeviceService(city).add(NewDevice(device=name))


@pytest.mark.parametrize("token", ["short", "with blank inside", "x" * 129, "schlüssel"])
async def test_a_token_that_a_header_could_not_carry_is_refused(city: AsyncConnectionPool, token: str) -> None:
    with pytest.raises(BadRequest, match="token"):
        await DeviceService(city).add(NewDevice(device="new", token=token))


async def test_adopting_takes_a_stranger_off_the_list(city: AsyncConnectionPool) -> None:
    service = DeviceService(city)
    await knock(city, "stranger")
    await service.add(NewDevice(device="stranger", member="anna"), knocked=True)
    assert await service.unknown() == []
    assert (await service.device("stranger")).member == "anna"


async def test_who_never_knocked_cannot_be_adopted(city: AsyncConnectionPool) -> None:
    with pytest.raises(NotFound, match="knocked"):
        await DeviceService(city).add(NewDevice(device="nobody"), knocked=True)


async def test_two_who_add_the_same_device_at_once_get_one_device(city: AsyncConnectionPool) -> None:
    service = DeviceService(city)
    said = await asyncio.gather(*(service.add(NewDevice(device="same")) for _ in range(4)), return_exceptions=True)
    assert sum(isinstance(one, str) for one in said) == 1
    assert sum(isinstance(one, Conflict) for one in said) == 3
