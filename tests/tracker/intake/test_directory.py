"""Who may speak."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from registry.devices.model import Device
from tests.clock import Clock
from tests.tracker.intake.registry_of import RegistryOf, a_device
from tracker.intake.directory import Directory
from tracker.intake.errors import UnknownDevice, WrongToken


def directory_of(*devices: Device) -> tuple[Directory, RegistryOf, Clock]:
    registry, clock = RegistryOf(*devices), Clock(100.0)
    return Directory(registry, clock=clock), registry, clock


async def who(directory: Directory, device_id: str, token: str | None = None) -> int:
    device = await directory.identify(device_id, token, protocol="test", address="127.0.0.1")
    return device.key


async def test_a_device_added_a_moment_ago_may_speak() -> None:
    directory, registry, _ = directory_of(a_device(4, "new"))
    assert await who(directory, "new") == 4
    assert await who(directory, "new") == 4
    assert registry.asked == 1, "the second time it is known"


async def test_a_stranger_is_refused_and_noted_once_in_a_while() -> None:
    directory, registry, clock = directory_of()
    for _ in range(3):
        with pytest.raises(UnknownDevice, match="not registered"):
            await who(directory, "stranger")
    assert registry.unknown == ["stranger"]
    clock.now_s += 1
    with pytest.raises(UnknownDevice):
        await who(directory, "stranger")
    assert registry.unknown == ["stranger", "stranger"]


async def test_a_stranger_that_is_added_may_speak_at_once_when_the_registry_says_so() -> None:
    directory, _, _ = directory_of()
    with pytest.raises(UnknownDevice):
        await who(directory, "late")
    directory.learn([a_device(9, "late")])
    assert await who(directory, "late") == 9


@pytest.mark.parametrize("device_id", ["", "x" * 129])
async def test_an_id_that_cannot_be_one_is_not_even_looked_up(device_id: str) -> None:
    directory, registry, _ = directory_of()
    with pytest.raises(UnknownDevice):
        await who(directory, device_id)
    assert registry.asked == 0


async def test_a_token_is_checked_where_it_is_sent_and_where_it_is_required() -> None:
    directory, _, _ = directory_of(
        a_device(1, "open", token="secret-1"), a_device(2, "strict", token="secret-2", require_token=True)
    )
    assert await who(directory, "open") == 1
    assert await who(directory, "open", "secret-1") == 1
    assert await who(directory, "strict", "secret-2") == 2
    for device_id, token in [("open", "wrong"), ("strict", None), ("strict", "secret-1")]:
        with pytest.raises(WrongToken):
            await who(directory, device_id, token)


async def test_a_device_with_one_field_sends_its_token_as_its_id() -> None:
    directory, _, _ = directory_of(a_device(2, "strict", token="secret-2", require_token=True))
    assert await who(directory, "secret-2") == 2
    assert await who(directory, "secret-2") == 2


async def test_a_token_alone_names_its_device() -> None:
    directory, registry, clock = directory_of(a_device(3, "phone", token="secret"))
    assert (await directory.identify_token("secret")).key == 3
    with pytest.raises(WrongToken):
        await directory.identify_token("guess")
    asked = registry.asked
    with pytest.raises(WrongToken):
        await directory.identify_token("guess")
    assert registry.asked == asked, "a wrong token is not asked again at once"
    clock.now_s += 1
    registry.devices.append(a_device(5, "other", token="guess"))
    assert (await directory.identify_token("guess")).key == 5


async def test_many_at_once_wait_for_one_answer() -> None:
    directory, registry, _ = directory_of(a_device(3, "phone", token="secret"))
    devices = await asyncio.gather(*(directory.identify_token("secret") for _ in range(8)))
    assert {device.key for device in devices} == {3}
    assert registry.asked == 1
    assert await asyncio.gather(*(who(directory, "phone") for _ in range(3))) == [3, 3, 3]


async def test_a_retired_device_and_an_old_token_are_forgotten() -> None:
    phone = a_device(3, "phone", token="old")
    directory, registry, _ = directory_of(phone)
    assert await who(directory, "phone") == 3
    changed = a_device(3, "phone", token="new")
    registry.devices[:] = [changed]
    directory.learn([changed])
    with pytest.raises(WrongToken):
        await directory.identify_token("old")
    retired = replace(changed, retired=True)
    registry.devices[:] = [retired]
    directory.learn([retired])
    with pytest.raises(UnknownDevice):
        await who(directory, "phone")
    assert directory.by_key(3) is retired


async def test_what_strangers_make_it_remember_is_bounded() -> None:
    directory, _, _ = directory_of()
    for number in range(10_050):
        with pytest.raises(UnknownDevice):
            await who(directory, f"stranger-{number}")
    assert len(directory._strangers) == 10_000


async def test_listeners_hear_of_every_device_learnt() -> None:
    directory, _, _ = directory_of(a_device(1, "one"))
    heard: list[int] = []
    directory.on_change(lambda devices: heard.extend(device.key for device in devices))
    await who(directory, "one")
    directory.learn([a_device(2, "two")])
    assert heard == [1, 2]
