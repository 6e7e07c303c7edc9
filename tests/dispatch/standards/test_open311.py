"""Open311 as a city's application meets it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest

from dispatch.standards.open311 import api
from dispatch.standards.open311.model import Allowance, address_of, xml_of
from dispatch.standards.open311.service import Open311Service
from gridwarden.web.openapi import openapi_of
from tests.clock import Clock
from tests.dispatch.world import KIND, World
from tests.gridwarden.web.house import Client, visiting

REPORT = {"service_code": KIND, "lat": "26.005", "long": "119.305", "description": "a cover is missing"}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def client(world: World, clock: Clock) -> AsyncIterator[Client]:
    service = Open311Service(world.pool, world.incidents, lambda: world.now, clock)
    async with visiting(api.routes(service)) as visitor:
        yield visitor


async def report(client: Client, kind: str = "json", **form: str) -> tuple[int, Any]:
    response = await client.post(f"/open311/v2/requests.{kind}", data=REPORT | form)
    return response.status, (await response.json() if kind == "json" else fromstring(await response.text()))


async def get(client: Client, path: str) -> Any:
    response = await client.get(f"/open311/{path}")
    assert response.status == 200, await response.text()
    return await response.json()


async def test_a_report_becomes_an_incident_of_the_grid_that_holds_the_place(client: Client, world: World) -> None:
    status, [made] = await report(
        client, first_name="Ann", last_name="Lee", email="ann@example.org", media_url="https://example.org/1.jpg",
        address_string="1 High Street", **{"attribute[depth]": "deep"},
    )  # fmt: skip
    assert status == 201
    told = await world.incidents.find(made["service_request_id"], world["dora"])
    assert (told["organisation"], told["source"], told["state"], told["kind"]) == ("one", "citizen", "reported", KIND)
    assert told["description"] == "a cover is missing\nhttps://example.org/1.jpg"
    assert (told["contact"], told["address"]) == ("Ann Lee, ann@example.org", "1 High Street")
    assert await world.log(told["id"]) == ["report"]


async def test_the_public_reads_how_it_goes_and_never_who_reported(client: Client, world: World) -> None:
    _, [made] = await report(client, first_name="Ann", email="ann@example.org")
    await world.report()
    path = f"v2/requests/{made['service_request_id']}.json"
    [request] = await get(client, path)
    assert request == {
        "service_request_id": made["service_request_id"], "status": "open", "status_notes": None,
        "service_name": "cover", "service_code": KIND, "description": "a cover is missing",
        "agency_responsible": "One", "requested_datetime": "2026-11-24T12:00:00Z",
        "updated_datetime": "2026-11-24T12:00:00Z", "expected_datetime": "2026-11-24T12:05:00Z", "address": None,
        "lat": 26.005, "long": 119.305,
    }  # fmt: skip
    assert await get(client, "v2/requests.json") == [request], "others' reports are not the public's"
    world.later(minutes=1)
    await world.incidents.reject(made["service_request_id"], world["dora"], None, "it is there")
    [request] = await get(client, path)
    assert (request["status"], request["status_notes"]) == ("closed", "it is there")
    assert (request["updated_datetime"], request["expected_datetime"]) == ("2026-11-24T12:01:00Z", None)


async def test_requests_are_found_by_state_code_time_and_id(client: Client, world: World) -> None:
    ids = [(await report(client))[1][0]["service_request_id"] for _ in range(3)]
    await world.incidents.reject(ids[0], world["dora"], None, "no")

    async def found(query: str) -> list[str]:
        return [one["service_request_id"] for one in await get(client, f"v2/requests.json?{query}")]

    assert await found("") == ids[::-1]
    assert await found("status=open") == ids[:0:-1]
    assert await found("status=closed&jurisdiction_id=city.example") == ids[:1]
    assert await found("status=open,closed") == ids[::-1]
    assert await found(f"service_request_id={ids[0]},{ids[2]}") == [ids[2], ids[0]]
    assert await found("service_code=none,other") == []
    assert await found("start_date=2026-11-24T12:00:01Z") == []
    assert await found("end_date=2026-11-24T12:00:00Z") == ids[::-1]
    world.later(days=91)
    assert await found("") == []


async def test_the_same_in_xml(client: Client) -> None:
    status, made = await report(client, "xml", description="a < b & \x07")
    assert status == 201
    number = made.findtext("request/service_request_id")
    response = await client.get(f"/open311/v2/requests/{number}.xml")
    assert response.headers["Content-Type"] == "text/xml; charset=utf-8"
    root = fromstring(await response.text())
    assert (root.tag, root.findtext("request/description")) == ("service_requests", "a < b & \ufffd")
    services = fromstring(await (await client.get("/open311/v2/services.xml")).text())
    assert KIND in [one.text for one in services.iterfind("service/service_code")]
    definition = fromstring(await (await client.get(f"/open311/v2/services/{KIND}.xml")).text())
    assert definition.findtext("service_code") == KIND
    discovery = fromstring(await (await client.get("/open311/discovery.xml")).text())
    assert [one.text for one in discovery.iterfind("endpoints/endpoint/formats/format")] == [
        "application/json",
        "text/xml",
    ]


@pytest.mark.parametrize(
    ("form", "status", "says"),
    [({"service_code": "none"}, 404, "service_code"), ({"lat": "91"}, 400, "lat"), ({"lat": "nan"}, 400, "lat"),
     ({"lat": "50"}, 400, "territory"), ({"media_url": "javascript:1"}, 400, "media_url"),
     ({"description": "x" * 3_001}, 400, "description"), ({"description": "\x00"}, 400, "NUL")],
)  # fmt: skip
async def test_a_report_that_cannot_be_taken_is_refused_in_the_words_of_the_standard(
    client: Client, form: dict[str, str], status: int, says: str
) -> None:
    answered, [error] = await report(client, **form)
    assert (answered, error["code"]) == (status, status)
    assert says in error["description"]
    answered, errors = await report(client, "xml", **form)
    assert (answered, errors.tag, errors.findtext("error/code")) == (status, "errors", str(status))


async def test_what_is_no_form_is_refused(client: Client) -> None:
    assert (await client.post("/open311/v2/requests.json", json=REPORT)).status == 415
    assert (await client.post("/open311/v2/requests.json")).status == 415
    response = await client.post(
        "/open311/v2/requests.json", data=b"lat=%ff", headers={"Content-Type": "application/x-www-form-urlencoded"}
    )
    assert response.status == 400
    assert (await client.get("/open311/v2/requests/I-999.json")).status == 404
    assert (await client.get("/open311/v2/nothing")).status == 404
    assert (await client.delete("/open311/v2/requests.json")).status == 405


async def test_an_address_that_reports_without_end_waits(client: Client, clock: Clock) -> None:
    assert [(await report(client))[0] for _ in range(31)] == [201] * 30 + [429]
    clock.now_s += 6
    assert (await report(client))[0] == 201


async def test_with_keys_only_who_has_one_reports_and_everybody_reads(world: World, clock: Clock) -> None:
    service = Open311Service(world.pool, world.incidents, lambda: world.now, clock, keys=("k" * 16, "l" * 16))
    async with visiting(api.routes(service)) as client:
        assert (await report(client))[0] == 403
        assert (await report(client, api_key="wrong"))[0] == 403
        assert (await report(client, api_key="schlüssel"))[0] == 403
        assert (await report(client, api_key="l" * 16))[0] == 201
        assert len(await get(client, "v2/requests.json")) == 1


def test_the_document_has_the_answers_of_the_standard(world: World, clock: Clock) -> None:
    service = Open311Service(world.pool, world.incidents, lambda: world.now, clock)
    operation = openapi_of(api.routes(service), "1")["paths"]["/open311/v2/requests.json"]["post"]
    assert list(operation["requestBody"]["content"]) == ["application/x-www-form-urlencoded"]
    assert list(operation["responses"]["429"]["content"]) == ["application/json"]
    assert operation["security"] == []


@pytest.mark.parametrize(
    ("peer", "address"),
    [("192.0.2.1:80", "192.0.2.1"), ("2001:db8:1:2:3:4:5:6:80", "2001:db8:1:2"), ("", "")],
)  # fmt: skip
def test_the_limit_counts_addresses(peer: str, address: str) -> None:
    assert address_of(peer) == address


def test_an_allowance_remembers_so_many_addresses() -> None:
    allowance = Allowance(per_s=1, burst=1, most=2)
    assert allowance.wait_s("a", 0) == 0
    assert allowance.wait_s("a", 0.5) == 0.5
    assert [allowance.wait_s(name, 0.5) for name in "bc"] == [0, 0]
    assert allowance.wait_s("a", 0.5) == 0, "forgotten meanwhile"


def test_xml_holds_whatever_is_said() -> None:
    assert b"<a>true</a><b />" in xml_of("r", "i", [{"a": True, "b": None}])
    assert xml_of("r", "i", []).endswith(b"<r />")
