"""What happens is delivered at least once, signed, with retries, and by one of many processes."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from typing import Any

import orjson
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from dispatch.webhooks.model import MOST_ATTEMPTS
from dispatch.webhooks.sender import open_sender
from dispatch.webhooks.service import WebhookService
from registry.api.problems import BadRequest, NotFound
from tests.dispatch.world import World


class Killed(Exception):
    """The process is no more."""


class Receiver:
    """Another system."""

    def __init__(self) -> None:
        self.status = 200
        self.heard: list[tuple[dict[str, str], bytes]] = []

    async def post(self, _: str, body: bytes, headers: dict[str, str]) -> tuple[bool, str]:
        self.heard.append((headers, body))
        return self.status == 200, str(self.status)

    @property
    def states(self) -> list[str]:
        return [orjson.loads(body)["body"]["state"] for _, body in self.heard]


@pytest.fixture
def hooks(world: World) -> WebhookService:
    return WebhookService(world.pool, lambda: world.now, private=True)


async def a_hook(world: World, hooks: WebhookService, by: str = "dora", organisation: str = "main") -> tuple[str, str]:
    made, secret = await hooks.add(world[by], organisation=organisation, url="http://127.0.0.1/", topics=["incident"])
    return made.id, secret


async def test_what_happens_is_delivered_once_and_signed(world: World, hooks: WebhookService) -> None:
    await world.report()
    _, secret = await a_hook(world, hooks)
    receiver = Receiver()
    told = await world.report()
    await world.incidents.accept(told["id"], world["dora"], None)
    for _ in range(3):
        await hooks.round(receiver.post)
    assert receiver.states == ["reported", "accepted"], "not what was before it was made"
    headers, body = receiver.heard[0]
    at, digest = (part.partition("=")[2] for part in headers["X-Gridwarden-Signature"].split(","))
    assert hmac.new(secret.encode(), at.encode() + b"." + body, hashlib.sha256).hexdigest() == digest
    assert headers["X-Gridwarden-Event"] == str(orjson.loads(body)["event"])


async def test_other_districts_and_topics_are_not_told(world: World, hooks: WebhookService) -> None:
    await a_hook(world, hooks, by="wes", organisation="west")
    receiver = Receiver()
    await world.report()
    assert await hooks.round(receiver.post) == 0
    assert receiver.heard == []


async def test_what_is_not_taken_is_tried_again_later_and_then_given_up(world: World, hooks: WebhookService) -> None:
    hook, _ = await a_hook(world, hooks)
    receiver = Receiver()
    receiver.status = 500
    await world.report()
    await hooks.round(receiver.post)
    await hooks.round(receiver.post)
    assert len(receiver.heard) == 1
    for _ in range(MOST_ATTEMPTS + 2):
        world.later(hours=1, seconds=1)
        await hooks.round(receiver.post)
    assert len(receiver.heard) == MOST_ATTEMPTS
    [one] = await hooks.deliveries(hook, world["dora"], 10)
    assert (one.attempts, one.answer, one.taken, one.ended_at is not None) == (MOST_ATTEMPTS, "500", False, True)
    assert len({headers["X-Gridwarden-Event"] for headers, _ in receiver.heard}) == 1


async def test_of_many_processes_one_delivers(world: World, hooks: WebhookService) -> None:
    await a_hook(world, hooks)
    receiver = Receiver()
    for _ in range(10):
        await world.report()
    await asyncio.gather(*[hooks.round(receiver.post) for _ in range(4)])
    await hooks.round(receiver.post)
    assert len(receiver.heard) == 10


async def test_a_process_that_dies_leaves_its_deliveries_to_the_next(world: World, hooks: WebhookService) -> None:
    await a_hook(world, hooks)
    await world.report()

    async def dies(*_: Any) -> tuple[bool, str]:
        raise Killed

    with pytest.raises(Killed):
        await hooks.round(dies)
    receiver = Receiver()
    await hooks.round(receiver.post)
    assert receiver.heard == []
    world.later(seconds=61)
    await hooks.round(receiver.post)
    assert len(receiver.heard) == 1


async def test_only_ones_own_are_seen_and_removed(world: World, hooks: WebhookService) -> None:
    hook, _ = await a_hook(world, hooks)
    assert [one.id for one in await hooks.all(world["dora"])] == [hook]
    assert await hooks.all(world["wes"]) == []
    for refused in (hooks.remove(hook, world["wes"]), hooks.deliveries(hook, world["wes"], 1)):
        with pytest.raises(NotFound):
            await refused
    with pytest.raises(NotFound):
        await a_hook(world, hooks, by="wes")
    await hooks.remove(hook, world["dora"])
    assert await hooks.all(world["dora"]) == []


async def test_private_addresses_are_refused_unless_allowed(world: World) -> None:
    with pytest.raises(BadRequest, match="private"):
        await a_hook(world, WebhookService(world.pool, lambda: world.now))


async def test_the_sender_posts_and_follows_no_redirect_and_resolves_nothing_private() -> None:
    async def hook(request: web.Request) -> web.Response:
        assert await request.read() == b"{}"
        if request.path == "/elsewhere":
            raise web.HTTPFound("/")
        return web.Response(status=200)

    app = web.Application()
    app.router.add_post("/{path:.*}", hook)
    async with TestServer(app, host="127.0.0.1") as server, open_sender(private=True) as sender:
        assert await sender.post(str(server.make_url("/")), b"{}", {}) == (True, "200")
        assert await sender.post(str(server.make_url("/elsewhere")), b"{}", {}) == (False, "302")
        async with open_sender(private=False) as careful:
            taken, why = await careful.post(f"http://localhost:{server.port}/", b"{}", {})
            assert not taken
            assert "private network" in why
