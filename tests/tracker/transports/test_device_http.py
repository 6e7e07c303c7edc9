"""Devices over HTTP, over real sockets."""

from __future__ import annotations

import asyncio
import base64
import gzip
import json
import shutil
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from tests.served import serving
from tests.tracker.intake.registry_of import a_device
from tests.tracker.protocols.vectors import VECTORS, lines_of
from tests.tracker.transports.device_fakes import NOW, HeldIntake, a_reception, off_the_earth
from tracker.intake.errors import Overloaded, StoreUnavailable
from tracker.transports.device_http import device_routes
from tracker.transports.reception import Reception

FIX = {"time": "2026-11-24T01:02:03Z", "latitude": 26.0801, "longitude": 119.2965}
BEARER = {"Authorization": "Bearer token-1"}


class Site:
    """A served reception, and a client of it."""

    def __init__(self, address: str, client: aiohttp.ClientSession, reception: Reception, intake: HeldIntake) -> None:
        self.address, self.client, self.reception, self.intake = address, client, reception, intake

    async def ask(self, method: str, path: str, **how: Any) -> tuple[int, str, dict[str, str]]:
        async with self.client.request(method, path, **how) as response:
            return response.status, await response.text(), dict(response.headers)

    async def post_fixes(self, value: object, headers: dict[str, str] | None = None) -> tuple[int, Any]:
        status, text, _ = await self.ask("POST", "/api/v1/fixes", json=value, headers=headers or BEARER)
        return status, json.loads(text)


def site_with(**how: float) -> pytest.MarkDecorator:
    """Mark a test with the limits and rates of its site."""
    return pytest.mark.parametrize("limits", [how], ids=[""])


@pytest.fixture
def limits() -> dict[str, float]:
    return {}


@pytest.fixture
async def site(limits: dict[str, float]) -> AsyncIterator[Site]:
    reception, intake = a_reception(**limits)
    application = web.Application()
    application.add_routes(device_routes(reception))
    async with serving(application) as address, aiohttp.ClientSession(address) as client:
        yield Site(address, client, reception, intake)


def basic(user: str, password: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}


async def test_fixes_are_taken_and_each_refusal_is_named_at_its_index(site: Site) -> None:
    site.intake.judge = off_the_earth
    status, answer = await site.post_fixes([FIX, FIX | {"latitude": 91}, {"time": "now"}, FIX | {"speed": 2.5}])
    assert status == 200
    assert answer == {
        "accepted": 2,
        "rejected": [
            {"index": 1, "reason": "latitude, longitude, speed or course out of range"},
            {"index": 2, "reason": "missing: latitude, longitude"},
        ],
    }
    assert site.intake.places == [(1, 26.0801, 119.2965), (1, 91.0, 119.2965), (1, 26.0801, 119.2965)]
    assert site.intake.batches[0].received_at.tolist() == [NOW] * 3


async def test_one_object_is_one_fix(site: Site) -> None:
    assert await site.post_fixes(FIX) == (200, {"accepted": 1, "rejected": []})


async def test_an_empty_array_is_a_sign_of_life(site: Site) -> None:
    assert await site.post_fixes([]) == (200, {"accepted": 0, "rejected": []})
    assert site.intake.sightings == [(1, False, NOW)]


async def test_200_is_not_said_before_the_fixes_are_durable(site: Site) -> None:
    site.intake.open.clear()
    asked = asyncio.create_task(site.post_fixes(FIX))
    await site.intake.has(1)
    assert not asked.done()
    site.intake.open.set()
    assert await asked == (200, {"accepted": 1, "rejected": []})


@pytest.mark.parametrize("headers", [{"Authorization": "Bearer wrong"}, {"Authorization": "Basic x"}, {"X": "none"}])
async def test_a_wrong_or_missing_token_is_401_as_a_problem(site: Site, headers: dict[str, str]) -> None:
    status, text, answered = await site.ask("POST", "/api/v1/fixes", json=FIX, headers=headers)
    assert status == 401
    assert answered["Content-Type"] == "application/problem+json"
    assert answered["WWW-Authenticate"].startswith("Bearer ")
    assert json.loads(text)["status"] == 401
    assert not site.intake.batches


async def test_what_is_not_json_is_400_and_leaves_the_connection_usable(site: Site) -> None:
    async with aiohttp.ClientSession(site.address, connector=aiohttp.TCPConnector(limit=1)) as client:
        async with client.post("/api/v1/fixes", data=b"{nonsense", headers=BEARER) as response:
            assert response.status == 400
            assert "not JSON" in (await response.json(content_type="application/problem+json"))["detail"]
        async with client.post("/api/v1/fixes", json=FIX, headers=BEARER) as response:
            assert response.status == 200
    assert site.reception.refused["json", "Bad request"] == 1


@site_with(body_bytes=1_000)
@pytest.mark.parametrize("packed", [False, True])
async def test_a_body_beyond_the_limit_is_413_packed_or_not(site: Site, packed: bool) -> None:
    body = json.dumps([FIX] * 200).encode()
    headers = BEARER | ({"Content-Encoding": "gzip"} if packed else {})
    data = gzip.compress(body) if packed else body
    status, _, _ = await site.ask("POST", "/api/v1/fixes", data=data, headers=headers)
    assert status == 413
    assert len(gzip.compress(body)) < 1_000


@site_with(body_bytes=1_000)
async def test_a_body_of_untold_length_is_cut_off_too(site: Site) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(100):
            yield b" " * 100

    status, _, _ = await site.ask("POST", "/api/v1/fixes", data=endless(), headers=BEARER)
    assert status == 413


async def test_more_fixes_than_the_limit_are_413(site: Site) -> None:
    status, answer = await site.post_fixes([0] * 10_001)
    assert (status, answer["title"]) == (413, "Too large")


async def test_a_packed_body_is_read(site: Site) -> None:
    headers = BEARER | {"Content-Encoding": "gzip"}
    data = gzip.compress(json.dumps([FIX] * 10).encode())
    status, text, _ = await site.ask("POST", "/api/v1/fixes", data=data, headers=headers)
    assert (status, json.loads(text)["accepted"]) == (200, 10)


async def test_a_body_that_is_not_what_its_encoding_says_is_400(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    headers = BEARER | {"Content-Encoding": "gzip"}
    for _ in range(2):
        status, _, _ = await site.ask("POST", "/api/v1/fixes", data=b"not gzip at all", headers=headers)
        assert status == 400
    assert (await site.post_fixes(FIX))[0] == 200
    assert not caplog.records


@site_with(body_timeout_s=0.05)
async def test_a_body_that_never_ends_is_400_in_time(site: Site) -> None:
    begun = asyncio.Event()

    async def stuck() -> AsyncIterator[bytes]:
        yield b"["
        await begun.wait()

    status, text, _ = await site.ask("POST", "/api/v1/fixes", data=stuck(), headers=BEARER)
    begun.set()
    assert (status, "in time" in text) == (400, True)


@site_with(fixes_per_s=2.0, burst=10.0)
async def test_too_fast_is_429_with_when_to_come_back(site: Site) -> None:
    assert (await site.post_fixes([FIX] * 10))[0] == 200
    status, text, headers = await site.ask("POST", "/api/v1/fixes", json=[FIX] * 5, headers=BEARER)
    assert (status, headers["Retry-After"]) == (429, "3")
    assert "rate" in json.loads(text)["detail"]
    assert len(site.intake.places) == 10


@pytest.mark.parametrize(("fault", "later"), [(Overloaded(), "1"), (StoreUnavailable(), "5")])
async def test_what_cannot_be_stored_now_is_503_with_when_to_come_back(
    site: Site, fault: Exception, later: str
) -> None:
    site.intake.fault = fault
    status, _, headers = await site.ask("POST", "/api/v1/fixes", json=FIX, headers=BEARER)
    assert (status, headers["Retry-After"]) == (503, later)


@pytest.mark.parametrize("vector", lines_of("osmand/traccar.jsonl"), ids=lambda vector: str(vector["id"]))
async def test_an_osmand_message_gives_its_position_and_an_empty_200(site: Site, vector: dict[str, Any]) -> None:
    message, theirs = vector["message"], vector["decoded_by_traccar"]
    for name in theirs["device_ids_in_message"]:
        await _register(site, name)
    status, text, _ = await site.ask(
        message["method"],
        f"/ingest/osmand{message['path'].lstrip('/')}",
        data=message["body"],
        headers=message["headers"],
    )
    if not theirs["device_ids_in_message"]:
        assert (status, "no device" in text) == (400, True)
        return
    assert (status, text) == (200, "")
    expected = [(9, at["lat"], at["lon"]) for at in theirs["positions"] if "lat" in at]
    assert site.intake.places == expected
    assert site.intake.sightings == ([] if expected else [(9, True, NOW)])


async def _register(site: Site, device_id: str) -> None:
    """Register a device of that id, key 9."""
    site.reception.directory.learn([a_device(9, device_id)])  # type: ignore[attr-defined]  # the real Directory


@pytest.mark.parametrize(
    ("query", "status"),
    [("id=open", 200), ("id=app", 200), ("id=strict", 401), ("id=strict&token=token-1", 401), ("id=open&token=x", 401),
     ("id=strict&token=token-2", 200), ("deviceid=token-2", 200), ("id=stranger", 400), ("x=1", 400)],
)  # fmt: skip
async def test_an_osmand_device_is_known_by_its_id_and_by_its_token_where_one_is_required(
    site: Site, query: str, status: int
) -> None:
    assert (await site.ask("GET", f"/ingest/osmand?{query}&lat=1&lon=2"))[0] == status


async def test_the_osmand_app_is_read_in_its_own_units(site: Site) -> None:
    await site.ask("GET", "/ingest/osmand?id=app&lat=1&lon=2&speed=10&hdop=6")
    batch = site.intake.batches[0]
    assert (batch.speed[0], batch.accuracy[0]) == (10, 6)


async def test_traccar_client_9_is_told_404_when_nobody_knows_it(site: Site) -> None:
    body = {"device_id": "stranger", "location": {}}
    assert (await site.ask("POST", "/ingest/osmand", json=body))[0] == 404


@pytest.mark.parametrize("path", ["/ingest/osmand?id=open", "/ingest/gpslogger?id=open", "/ingest/opengts?dev=open"])
async def test_without_a_place_a_device_is_seen_and_nothing_is_stored(site: Site, path: str) -> None:
    assert (await site.ask("GET", path))[:2] == (200, "")
    assert site.intake.sightings == [(1, False, NOW)]
    assert not site.intake.batches


@site_with(fixes_per_s=1.0, burst=1.0)
async def test_a_phone_that_is_too_fast_is_429_and_owntracks_503_because_a_4xx_deletes_its_fix(site: Site) -> None:
    assert (await site.ask("GET", "/ingest/osmand?id=open&lat=1&lon=2"))[0] == 200
    assert (await site.ask("GET", "/ingest/osmand?id=open&lat=1&lon=2"))[0] == 429
    message = {"_type": "location", "lat": 1, "lon": 2, "tst": 1_764_000_000}
    status, _, headers = await site.ask("POST", "/pub", json=message, headers=basic("open", "token-1"))
    assert (status, headers["Retry-After"]) == (503, "1")


@pytest.mark.parametrize("vector", lines_of("owntracks/traccar.jsonl"), ids=lambda vector: str(vector["id"]))
async def test_an_owntracks_message_gives_its_position_and_an_empty_array(site: Site, vector: dict[str, Any]) -> None:
    (theirs,) = vector["decoded_by_traccar"]["positions"]
    status, text, _ = await site.ask("POST", "/pub", data=vector["message"]["body"], headers=basic("open", "token-1"))
    assert (status, text) == (200, "[]")
    assert site.intake.places == [(1, theirs["lat"], theirs["lon"])]


@pytest.mark.parametrize("name", ["transition", "lwt", "w", "status", "steps", "card-volvo", "cmd-dump", "array-empty"])
async def test_owntracks_messages_of_other_kinds_are_taken(site: Site, name: str) -> None:
    body = (VECTORS / "owntracks" / "json_schema" / f"{name}.json").read_bytes()
    status, text, _ = await site.ask("POST", "/pub", data=body, headers=basic("open", "token-1"))
    assert (status, text) == (200, "[]")
    assert site.intake.sightings == [(1, False, NOW)]


async def test_an_empty_owntracks_body_is_200(site: Site) -> None:
    assert (await site.ask("POST", "/pub", headers=basic("open", "token-1")))[:2] == (200, "[]")


@pytest.mark.parametrize("message", [{"_type": "encrypted"}, {"_type": "location", "lon": 2, "tst": 1_764_000_000}])
async def test_an_owntracks_message_without_use_is_answered_or_it_would_come_forever_and_counted(
    site: Site, message: dict[str, Any]
) -> None:
    status, text, _ = await site.ask("POST", "/pub", json=message, headers=basic("open", "token-1"))
    assert (status, text) == (200, "[]")
    assert site.reception.refused["owntracks", "Bad fix"] == 1
    assert site.intake.sightings == [(1, False, NOW)]


async def test_what_is_no_owntracks_message_is_400(site: Site) -> None:
    status, text, _ = await site.ask("POST", "/pub", json={"lat": 1, "lon": 2}, headers=basic("open", "token-1"))
    assert (status, "_type" in text) == (400, True)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (basic("open", "token-1"), 200),
        (basic("jane", "token-1") | {"X-Limit-U": "jane", "X-Limit-D": "open"}, 200),
        (basic("open", "token-2"), 401),
        (basic("open", "wrong"), 401),
        (basic("jane", "token-1") | {"X-Limit-D": "strict"}, 401),
        (BEARER, 401),
        ({"X-Limit-D": "open"}, 401),
    ],
)
async def test_owntracks_needs_the_device_and_its_token(site: Site, headers: dict[str, str], status: int) -> None:
    message = {"_type": "location", "lat": 1, "lon": 2, "tst": 1_764_000_000}
    got, _, answered = await site.ask("POST", "/pub", json=message, headers=headers)
    assert got == status
    assert answered.get("WWW-Authenticate", "").startswith("Basic " if status == 401 else "")


async def test_the_overland_batch_of_its_readme_gives_the_position_and_the_answer_it_needs(site: Site) -> None:
    readme = json.loads((VECTORS / "overland" / "readme_batch.json").read_text(encoding="utf-8"))
    body = readme["request"]["body"]
    status, text, _ = await site.ask("POST", "/ingest/overland", json=body, headers=BEARER)
    assert (status, json.loads(text)) == (200, readme["required_response_body"])
    assert site.intake.places == [(1, at["lat"], at["lon"]) for at in readme["expected"]]


async def test_bad_entries_of_an_overland_batch_are_counted_and_the_batch_is_not_sent_again(site: Site) -> None:
    status, text, _ = await site.ask("POST", "/ingest/overland", json={"locations": [3]}, headers=BEARER)
    assert (status, text) == (200, '{"result":"ok"}')
    assert site.reception.refused["overland", "Bad fix"] == 1


async def test_overland_needs_a_token(site: Site) -> None:
    assert (await site.ask("POST", "/ingest/overland", json={"locations": []}))[0] == 401


@pytest.mark.parametrize("vector", lines_of("gpslogger/custom_url.jsonl"), ids=lambda vector: str(vector["id"]))
@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_gpslogger_url_gives_its_position_and_a_200(site: Site, vector: dict[str, Any], method: str) -> None:
    query = vector["message"].partition("?")[2]
    form = {} if method == "GET" else {"data": query, "headers": {"Content-Type": "application/x-www-form-urlencoded"}}
    path = f"/ingest/gpslogger?id=open&{query}" if method == "GET" else "/ingest/gpslogger?id=open"
    assert (await site.ask(method, path, **form))[:2] == (200, "")
    assert [place[:2] for place in site.intake.places] == [(1, 12.193)]


@pytest.mark.parametrize("vector", lines_of("opengts/gpslogger.jsonl"), ids=lambda vector: str(vector["id"]))
async def test_an_opengts_sentence_gives_its_position_and_a_200(site: Site, vector: dict[str, Any]) -> None:
    sentence = vector["message"][vector["message"].index("$GPRMC") :]
    assert (await site.ask("GET", f"/ingest/opengts?dev=open&code=0xF020&gprmc={sentence}"))[:2] == (200, "")
    ((device, latitude, longitude),) = site.intake.places
    location = vector["device_location"]
    assert device == 1
    assert (latitude, longitude) == pytest.approx((location["lat"], location["lon"]), abs=1e-6)


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
async def test_curl_is_understood(site: Site) -> None:
    url = f"{site.address}/ingest/osmand"
    form = ["--data", "id=open&lat=1.5&lon=2.5&timestamp=1764000000", url]
    query = ["-G", "--data-urlencode", "id=open", "--data-urlencode", "location=1.5,2.5", url]
    for arguments in (form, query):
        curl = await asyncio.create_subprocess_exec("curl", "-sS", "-w", "%{http_code}", *arguments, stdout=-1)
        out, _ = await curl.communicate()
        assert out == b"200"
    assert site.intake.places == [(1, 1.5, 2.5)] * 2
