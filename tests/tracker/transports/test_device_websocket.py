"""The device websocket over real sockets."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.server import serve

from tests.tracker.transports.device_fakes import NOW, HeldIntake, a_reception, off_the_earth
from tracker.intake.errors import StoreUnavailable
from tracker.transports.device_websocket import serve_device
from tracker.transports.reception import Reception

FIX = {"time": "2026-11-24T01:02:03Z", "latitude": 26.0801, "longitude": 119.2965}
BEARER = {"Authorization": "Bearer token-1"}


@asynccontextmanager
async def serving(**limits: float) -> AsyncIterator[tuple[str, Reception, HeldIntake]]:
    """The address of a served reception."""
    reception, intake = a_reception(**limits)
    handler = partial(serve_device, reception=reception)
    async with serve(handler, "127.0.0.1", 0, max_size=reception.limits.body_bytes) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        yield f"ws://127.0.0.1:{port}/device", reception, intake


@asynccontextmanager
async def signed_in(**limits: float) -> AsyncIterator[tuple[ClientConnection, Reception, HeldIntake]]:
    async with serving(**limits) as (address, reception, intake), connect(address, additional_headers=BEARER) as device:
        yield device, reception, intake


async def heard(device: ClientConnection) -> Any:
    async with asyncio.timeout(5):
        return json.loads(await device.recv())


async def ask(device: ClientConnection, message: object) -> Any:
    await device.send(json.dumps(message))
    return await heard(device)


async def close_code(device: ClientConnection) -> int | None:
    async with asyncio.timeout(5):
        await device.wait_closed()
    return device.close_code


async def test_fixes_are_acknowledged_one_by_one_as_an_array_and_with_an_id() -> None:
    async with signed_in() as (device, _, intake):
        intake.judge = off_the_earth
        assert await ask(device, FIX) == {"type": "ack", "accepted": 1, "rejected": []}
        assert await ask(device, FIX | {"id": 7}) == {"type": "ack", "id": 7, "accepted": 1, "rejected": []}
        answer = await ask(device, {"type": "fixes", "id": "a", "fixes": [FIX, {}, FIX | {"latitude": 91}]})
        assert (answer["id"], answer["accepted"]) == ("a", 1)
        assert [one["index"] for one in answer["rejected"]] == [1, 2]
        assert not intake.batches[1].extras


async def test_nothing_is_acknowledged_before_it_is_durable_and_answers_keep_their_order() -> None:
    async with signed_in() as (device, _, intake):
        intake.open.clear()
        for number in range(3):
            await device.send(json.dumps(FIX | {"id": number}))
        await device.send("nonsense")
        await intake.has(3)
        intake.open.set()
        assert [(await heard(device)).get("id") for _ in range(4)] == [0, 1, 2, None]


async def test_a_bad_message_gets_a_problem_and_leaves_the_connection_usable() -> None:
    async with signed_in() as (device, reception, _):
        for message in ("{", '{"type": "dance"}', '{"type": "sign-in", "token": "token-1"}', "3"):
            await device.send(message)
            assert (await heard(device))["type"] == "problem"
        assert (await ask(device, FIX))["accepted"] == 1
        assert reception.refused["websocket", "Bad request"] == 4


async def test_an_empty_array_is_a_sign_of_life() -> None:
    async with signed_in() as (device, _, intake):
        assert (await ask(device, []))["accepted"] == 0
        assert intake.sightings == [(1, False, NOW)]


async def test_a_large_message_is_taken_too() -> None:
    async with signed_in() as (device, _, intake):
        answer = await ask(device, [FIX | {"event": "x" * 60}] * 1_000)
        assert answer["accepted"] == 1_000
        assert len(intake.places) == 1_000


async def test_the_first_message_may_sign_in() -> None:
    async with serving() as (address, _, _), connect(address) as device:
        assert await ask(device, {"type": "sign-in", "token": "token-2"}) == {"type": "welcome", "device": "strict"}
        assert (await ask(device, FIX))["accepted"] == 1


@pytest.mark.parametrize("first", [{"type": "sign-in", "token": "wrong"}, FIX, "nonsense"])
async def test_a_stranger_is_told_why_and_sent_away(first: object) -> None:
    async with serving() as (address, _, intake), connect(address) as device:
        assert (await ask(device, first))["type"] == "problem"
        assert await close_code(device) == 1008
        assert not intake.batches


@pytest.mark.parametrize("header", ["Bearer wrong", "Basic x"])
async def test_a_wrong_header_is_sent_away_without_a_second_chance(header: str) -> None:
    async with serving() as (address, _, _), connect(address, additional_headers={"Authorization": header}) as device:
        assert (await heard(device))["type"] == "problem"
        assert await close_code(device) == 1008


async def test_one_who_never_signs_in_is_sent_away() -> None:
    async with serving(sign_in_timeout_s=0.05) as (address, _, _), connect(address) as device:
        assert (await heard(device))["type"] == "problem"
        assert await close_code(device) == 1008


async def test_an_idle_device_is_sent_away() -> None:
    async with signed_in(idle_timeout_s=0.05) as (device, _, _):
        assert await close_code(device) == 1001


async def test_a_message_beyond_the_limit_ends_the_connection() -> None:
    async with signed_in(body_bytes=1_000) as (device, _, _):
        await device.send("x" * 2_000)
        assert await close_code(device) == 1009


async def test_too_fast_is_a_problem_that_says_when_to_come_back() -> None:
    async with signed_in(fixes_per_s=2.0, burst=10.0) as (device, _, _):
        assert (await ask(device, [FIX] * 10))["accepted"] == 10
        answer = await ask(device, {"type": "fixes", "id": 2, "fixes": [FIX] * 4})
        assert (answer["type"], answer["id"], answer["retry_after_s"]) == ("problem", 2, 2.0)


async def test_what_cannot_be_stored_now_is_a_problem_and_not_an_acknowledgement() -> None:
    async with signed_in() as (device, _, intake):
        intake.fault = StoreUnavailable()
        assert (await ask(device, FIX))["retry_after_s"] == 5.0
        intake.fault = None
        assert (await ask(device, FIX))["type"] == "ack"


async def test_reading_waits_while_too_much_is_not_yet_durable() -> None:
    async with signed_in(messages_in_flight=2) as (device, _, intake):
        intake.open.clear()
        for _ in range(50):
            await device.send(json.dumps(FIX))
        await intake.has(4)
        for _ in range(100):  # turns of the loop that both ends share
            await asyncio.sleep(0)
        assert len(intake.batches) == 4, "two in the queue, one being answered, one waiting for room"
        intake.open.set()
        assert [(await heard(device))["accepted"] for _ in range(50)] == [1] * 50


async def test_fixes_of_a_device_that_left_before_its_answer_are_taken_all_the_same() -> None:
    async with serving() as (address, _, intake):
        async with connect(address, additional_headers=BEARER) as device:
            intake.open.clear()
            await device.send(json.dumps(FIX))
            await intake.has(1)
        intake.open.set()
    assert len(intake.places) == 1
