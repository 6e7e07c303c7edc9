"""What no handheld confirms goes to the gateway: once, signed, and as long as it is needed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import orjson
import pytest

from dispatch.incidents.model import Action
from dispatch.phones.model import MOST_ATTEMPTS, signature
from dispatch.phones.service import PhoneService
from dispatch.phones.store import PhoneStore
from gridwarden.compose.posting import poster
from tests.dispatch.phones.gateway import Gateway, gateway
from tests.dispatch.world import World

SECRET = "a secret of sixteen"


class Phones:
    """The service, and the gateway that it tells."""

    def __init__(self, world: World, there: Gateway, service: PhoneService) -> None:
        self.world, self.gateway, self.service = world, there, service

    async def round(self, **later: float) -> int:
        """Let time pass and look; how many posts came."""
        self.world.later(**later)
        await self.service.round()
        return len(self.gateway.told)

    async def offered(self, *members: str) -> list[dict[str, Any]]:
        told = await self.world.dispatched(*members, answer_within=self.world.now - self.world.now.replace(hour=6))
        assignments: list[dict[str, Any]] = told["assignments"]
        return assignments


@pytest.fixture
async def phones(world: World) -> AsyncIterator[Phones]:
    async with gateway() as there, poster() as post:
        yield Phones(world, there, PhoneService(world.pool, lambda: world.now, post, url=there.url, secret=SECRET))


async def test_an_offer_that_nobody_confirmed_is_told_once_and_signed(phones: Phones) -> None:
    (assignment,) = await phones.offered("anna")
    assert await phones.round(seconds=9) == 0
    assert await phones.round(seconds=1) == 1
    assert await phones.round(hours=2) == 1
    (headers, body), = phones.gateway.told  # fmt: skip
    said = orjson.loads(body)
    assert (said["assignment"], said["member"], said["incident"]["kind_zh"]) == (assignment["id"], "anna", "井盖")
    assert headers["Idempotency-Key"] == assignment["id"]
    at = phones.world.now.replace(hour=12, minute=0, second=10)
    assert headers["Gridwarden-Signature"] == signature(SECRET, at, body)


async def test_what_a_handheld_confirmed_or_was_answered_is_not_told(phones: Phones) -> None:
    first, second = await phones.offered("anna", "bo")
    anna = phones.world["anna"].member
    assert anna is not None
    await phones.world.assignments.delivered(first["id"], anna)
    await phones.world.step(second["id"], "bo", Action.ACKNOWLEDGE)
    assert await phones.round(seconds=60) == 0


async def test_a_gateway_that_fails_is_asked_again_until_it_is_told(phones: Phones) -> None:
    await phones.offered("anna")
    phones.gateway.status = 503
    assert await phones.round(seconds=10) == 1
    assert await phones.round(seconds=1) == 1
    phones.gateway.status = 200
    assert await phones.round(seconds=15) == 2
    assert await phones.round(hours=1) == 2
    assert phones.service.outcomes == {"failed": 1, "told": 1}


async def test_a_redirect_is_not_followed_and_what_never_succeeds_is_given_up(phones: Phones) -> None:
    await phones.offered("anna")
    phones.gateway.status = 302
    for attempt in range(1, MOST_ATTEMPTS + 1):
        assert await phones.round(minutes=10) == attempt
    assert await phones.round(hours=1) == MOST_ATTEMPTS
    assert phones.service.outcomes == {"failed": MOST_ATTEMPTS - 1, "given_up": 1}


async def test_what_was_answered_between_two_tries_is_not_told_again(phones: Phones) -> None:
    (assignment,) = await phones.offered("anna")
    phones.gateway.status = 500
    assert await phones.round(seconds=10) == 1
    await phones.world.step(assignment["id"], "anna", Action.ACKNOWLEDGE)
    assert await phones.round(hours=1) == 1
    assert phones.service.outcomes == {"failed": 1, "needless": 1}


async def test_a_gateway_that_is_not_there_is_asked_again(world: World) -> None:
    async with poster() as post:
        service = PhoneService(world.pool, lambda: world.now, post, url="http://127.0.0.1:1/", secret=SECRET)
        phones = Phones(world, Gateway(), service)
        await phones.offered("anna")
        await phones.round(seconds=10)
        assert service.outcomes == {"failed": 1}


async def test_many_workers_tell_each_once(phones: Phones) -> None:
    await phones.offered("anna", "bo", "cui")
    phones.world.later(seconds=10)
    await asyncio.gather(*(phones.service.round() for _ in range(6)))
    keys = [headers["Idempotency-Key"] for headers, _ in phones.gateway.told]
    assert len(keys) == len(set(keys)) == 3


async def test_a_worker_killed_before_it_told_leaves_it_to_the_next_try(phones: Phones) -> None:
    await phones.offered("anna")
    phones.world.later(seconds=10)
    async with phones.world.pool.connection() as connection:
        store = PhoneStore(connection)
        assert await store.collect(phones.world.now, phones.world.now) == 1
        assert await store.claim(phones.world.now) is not None
    assert await phones.round() == 0
    assert await phones.round(seconds=15) == 1
