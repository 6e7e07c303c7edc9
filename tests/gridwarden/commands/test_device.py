from __future__ import annotations

import pytest
from psycopg_pool import AsyncConnectionPool

from gridwarden.commands.device import add_parser, run
from registry.devices.model import hash_token
from registry.devices.queries import find_device, find_device_by_token_hash, record_unknown
from tests.gridwarden.commands.running import CommandLine, json_lines


@pytest.fixture
def device(
    city: AsyncConnectionPool, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> CommandLine:
    return CommandLine(add_parser, run, city, capsys, monkeypatch)


async def test_an_added_device_is_told_with_its_token_in_one_line(
    device: CommandLine, city: AsyncConnectionPool
) -> None:
    arguments = ("--member", "anna", "--require-token", "--dialect", "osmand")
    assert await device("device", "add", "new", *arguments) == 0
    (said,) = json_lines(device.output)
    assert said.keys() == {"device", "token"}
    async with city.connection() as connection:
        found = await find_device_by_token_hash(connection, hash_token(said["token"]))
    assert found is not None
    assert (found.id, found.member_id, found.require_token, found.dialect) == ("new", "anna", True, "osmand")


async def test_a_token_of_ones_own_is_taken(device: CommandLine) -> None:
    assert await device("device", "add", "new", "--token", "my-own-token") == 0
    assert json_lines(device.output) == [{"device": "new", "token": "my-own-token"}]


async def test_devices_are_listed_one_json_object_a_line(device: CommandLine) -> None:
    assert await device("device", "list") == 0
    rows = json_lines(device.output)
    assert [(row["device"], row["member"], row["organisation"]) for row in rows] == [
        ("phone-n", "anna", "north-1"),
        ("phone-s", "bo", "south-1"),
    ]
    assert "token-of-anna" not in device.output


async def test_a_stranger_is_listed_and_adopted(device: CommandLine, city: AsyncConnectionPool) -> None:
    async with city.connection() as connection:
        await record_unknown(connection, "stranger", protocol="nmea", address="192.0.2.1")
    assert await device("device", "list", "--unknown") == 0
    assert [row["device"] for row in json_lines(device.output)] == ["stranger"]
    assert await device("device", "adopt", "stranger", "--member", "bo") == 0
    assert json_lines(device.output)[0]["device"] == "stranger"
    assert await device("device", "list", "--unknown") == 0
    assert device.output == ""


async def test_another_token_replaces_the_first(device: CommandLine, city: AsyncConnectionPool) -> None:
    assert await device("device", "token", "phone-n") == 0
    (said,) = json_lines(device.output)
    async with city.connection() as connection:
        assert await find_device_by_token_hash(connection, hash_token(said["token"])) is not None
        assert await find_device_by_token_hash(connection, hash_token("token-of-anna")) is None


async def test_a_retired_device_stays_on_record(device: CommandLine, city: AsyncConnectionPool) -> None:
    assert await device("device", "retire", "phone-n") == 0
    assert json_lines(device.output)[0]["retired"] is True
    async with city.connection() as connection:
        found = await find_device(connection, "phone-n")
    assert found is not None
    assert found.retired


@pytest.mark.parametrize(
    ("arguments", "status", "reason"),
    [
        (("add", "new", "--member", "nobody"), 1, "no member 'nobody': import or add the member first"),
        (("add", "new", "--organisation", "nowhere"), 1, "no organisation 'nowhere'"),
        (("add", "phone-n"), 1, "there is a device 'phone-n' already"),
        (("add", "a,b"), 2, "a device's id has"),
        (("add", "new", "--token", "short"), 2, "a token has 8 to 128"),
        (("adopt", "nobody"), 1, "add it instead"),
        (("token", "nobody"), 1, "no device 'nobody'"),
        (("retire", "nobody"), 1, "no device 'nobody'"),
    ],
)
async def test_a_refusal_is_a_sentence_on_stderr(
    device: CommandLine, arguments: tuple[str, ...], status: int, reason: str
) -> None:
    assert await device("device", *arguments) == status
    assert device.output == ""
    assert device.errors.startswith("gridwarden: ")
    assert reason in device.errors


async def test_a_dialect_that_does_not_exist_is_misuse(device: CommandLine) -> None:
    assert device.misused("device", "add", "new", "--dialect", "klingon") == 2
