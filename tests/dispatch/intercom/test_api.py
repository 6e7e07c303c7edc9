"""Notices and the intercom over HTTP, by everybody's role."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from dispatch.intercom import api as intercom_api
from dispatch.intercom.service import IntercomService
from dispatch.notices import api as notices_api
from dispatch.notices.service import NoticeService
from registry.api.route import Caller
from tests.dispatch.intercom.clips import wav
from tests.dispatch.world import World
from tests.gridwarden.web.house import Client, as_user, visiting


class Office:
    """The world's people at the API; a token is a name."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def ask(self, who: str, method: str, path: str, **options: Any) -> tuple[int, Any]:
        """(status, body): JSON read, other bytes as they came."""
        headers = as_user(who) | options.pop("headers", {})
        if "data" in options:
            options["data"] = io.BytesIO(options["data"])
        async with self._client.request(method, f"/api/v1{path}", headers=headers, **options) as answer:
            is_json = answer.content_type.endswith("json")
            return answer.status, await answer.json() if is_json else await answer.read()

    async def made(self, who: str, path: str, **options: Any) -> Any:
        """What was made."""
        status, body = await self.ask(who, "POST", path, **options)
        assert status == 201, body
        return body


@pytest.fixture
async def office(world: World, tmp_path: Path) -> AsyncIterator[Office]:
    async def authenticate(token: str) -> Caller | None:
        actor = world.actors.get(token)
        if actor is None:
            return None
        assert actor.user is not None
        assert actor.role is not None
        assert actor.organisation is not None
        return Caller(
            user=actor.user, name=actor.name, role=actor.role, organisation=actor.organisation, organisation_id="-",
            member=actor.member,
        )  # fmt: skip

    routes = [
        *notices_api.routes(NoticeService(world.pool, lambda: world.now)),
        *intercom_api.routes(IntercomService(world.pool, tmp_path, lambda _: None, lambda: world.now)),
    ]
    async with visiting(routes, authenticate=authenticate) as client:
        yield Office(client)


NOTICE = {"organisation": "one", "title": "Storm", "body": "stay in"}
CHANNEL = {"name": "Patrol", "organisation": "one"}
WAV = {"Content-Type": "audio/wav"}


async def test_a_notice_is_written_read_and_its_receipts_are_seen(office: Office) -> None:
    notice = await office.made("dora", "/notices", json=NOTICE)
    assert (await office.ask("anna", "POST", f"/notices/{notice['id']}/read"))[0] == 204
    assert (await office.ask("dan", "POST", f"/notices/{notice['id']}/read"))[0] == 404
    _, receipts = await office.ask("sue", "GET", f"/notices/{notice['id']}/receipts?limit=1")
    assert [one["member"] for one in receipts["items"]] == ["anna"]
    _, receipts = await office.ask("sue", "GET", f"/notices/{notice['id']}/receipts?limit=2&cursor={receipts['next']}")
    assert ([one["member"] for one in receipts["items"]], receipts["next"]) == (["bo"], None)
    _, page = await office.ask("anna", "GET", "/notices")
    assert [(one["title"], one["members"], one["read_at"] is not None) for one in page["items"]] == [
        ("Storm", None, True)
    ]


@pytest.mark.parametrize(
    ("who", "method", "path", "status"),
    [
        ("anna", "POST", "/notices", 403), ("otto", "POST", "/notices", 403), ("wes", "POST", "/notices", 404),
        ("dora", "POST", "/notices/N-1/read", 403), ("anna", "GET", "/notices/N-1/receipts", 403),
        ("dora", "GET", "/notices/N-1/receipts", 404), ("nobody", "GET", "/notices", 401),
    ],
)  # fmt: skip
async def test_who_may_not(office: Office, who: str, method: str, path: str, status: int) -> None:
    options = {"json": NOTICE} if path == "/notices" and method == "POST" else {}
    assert (await office.ask(who, method, path, **options))[0] == status


async def test_the_same_call_again_makes_one_thing(office: Office) -> None:
    for path, body in (("/notices", NOTICE), ("/channels", CHANNEL)):
        once = [await office.made("dora", path, json=body, headers={"Idempotency-Key": path}) for _ in range(2)]
        assert once[0] == once[1]
        assert len((await office.ask("dora", "GET", path))[1]["items"]) == 1


async def test_text_and_clips_go_round_on_a_channel(office: Office) -> None:
    channel = (await office.made("dora", "/channels", json=CHANNEL))["id"]
    await office.made("anna", f"/channels/{channel}/messages", json={"text": "here"})
    said = await office.made("bo", f"/channels/{channel}/clips?seconds=1", data=wav(1), headers=WAV)
    assert await office.ask("anna", "GET", f"/clips/{said['clip']['id']}") == (200, wav(1))
    assert (await office.ask("wes", "GET", f"/clips/{said['clip']['id']}"))[0] == 404
    _, page = await office.ask("dora", "GET", f"/channels/{channel}/messages?limit=1")
    assert page["items"] == [said]
    _, page = await office.ask("dora", "GET", f"/channels/{channel}/messages?limit=2&cursor={page['next']}")
    assert ([one["text"] for one in page["items"]], page["next"]) == (["here"], None)


@pytest.mark.parametrize(
    ("data", "media_type", "status"),
    [
        (b"hello", "audio/wav", 415), (wav(1), "image/png", 415), (bytes(1_100_000), "audio/wav", 413),
        (wav(61), "audio/wav", 400), (b"", "audio/wav", 415),
    ],
    ids=["no WAV", "a picture", "too large", "too long", "empty"],
)  # fmt: skip
async def test_what_is_no_clip_is_refused(office: Office, data: bytes, media_type: str, status: int) -> None:
    channel = (await office.made("dora", "/channels", json=CHANNEL))["id"]
    headers = {"Content-Type": media_type}
    answer = await office.ask("anna", "POST", f"/channels/{channel}/clips", data=data, headers=headers)
    assert answer[0] == status


async def test_a_roll_call_is_answered_by_members_and_seen_by_staff(office: Office) -> None:
    channel = (await office.made("dora", "/channels", json=CHANNEL | {"members": ["anna", "bo"]}))["id"]
    called = await office.made("dora", f"/channels/{channel}/roll-calls")
    path = f"/roll-calls/{called['id']}"
    place = {"latitude": 26.0, "longitude": 119.3}
    status, answer = await office.ask("bo", "POST", f"{path}/answer", json=place)
    assert (status, answer["member"], answer["latitude"]) == (200, "bo", 26.0)
    assert (await office.ask("bo", "POST", f"{path}/answer", json={"latitude": 26.0}))[0] == 400
    assert (await office.ask("dan", "POST", f"{path}/answer", json=place))[0] == 404
    assert (await office.ask("bo", "GET", path))[0] == 403
    assert (await office.ask("wes", "GET", path))[0] == 404
    _, seen = await office.ask("sue", "GET", path)
    assert [(one["member"], one["answered_at"] is None) for one in seen["answers"]] == [("anna", True), ("bo", False)]
