"""The routes of alerts as people of every role meet them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from dispatch.alerts import api
from registry.api.route import Caller
from tests.dispatch.alerts.house import PLACE, Handhelds
from tests.gridwarden.web.house import Client, as_user, visiting


@pytest.fixture
async def client(handhelds: Handhelds) -> AsyncIterator[Client]:
    """Whoever is in the world is signed in by name."""

    async def caller(token: str) -> Caller | None:
        actor = handhelds.world.actors.get(token)
        if actor is None or actor.role is None or actor.user is None or actor.organisation is None:
            return None
        return Caller(
            user=actor.user, name=actor.name, role=actor.role, organisation=actor.organisation, organisation_id="",
            member=actor.member,
        )  # fmt: skip

    async with visiting(api.routes(handhelds.alerts), authenticate=caller) as visitor:
        yield visitor


async def ask(client: Client, who: str, method: str, path: str, body: Any = None) -> tuple[int, Any]:
    response = await client.request(method, f"/api/v1{path}", headers=as_user(who), json=body)
    return response.status, await response.json()


async def a_call(client: Client, who: str = "anna") -> str:
    status, told = await ask(client, who, "POST", "/sos", {"latitude": PLACE[0], "longitude": PLACE[1]})
    assert status == 201, told
    alert: str = told["id"]
    return alert


async def test_a_member_calls_looks_and_takes_it_back(client: Client) -> None:
    assert (await ask(client, "anna", "GET", "/sos"))[0] == 404
    alert = await a_call(client)
    status, told = await ask(client, "anna", "GET", "/sos")
    assert (status, told["id"], told["state"], told["source"]) == (200, alert, "raised", "member")
    assert (await ask(client, "bo", "GET", "/sos"))[0] == 404, "bo did not call"
    assert (await ask(client, "anna", "POST", "/sos/cancel", {"note": "by mistake"}))[1]["state"] == "cleared"
    assert (await ask(client, "anna", "POST", "/sos/cancel", {}))[0] == 404


@pytest.mark.parametrize("body", [{"latitude": 26.0}, {"latitude": 91, "longitude": 0}, {"where": "here"}, []])
async def test_a_call_that_is_not_understood_is_refused(client: Client, body: Any) -> None:
    assert (await ask(client, "anna", "POST", "/sos", body))[0] == 400


async def test_members_see_no_list_and_staff_cannot_call(client: Client) -> None:
    alert = await a_call(client)
    for method, path in (
        ("GET", "/alerts"), ("GET", f"/alerts/{alert}"), ("GET", f"/alerts/{alert}/log"),
        ("POST", f"/alerts/{alert}/acknowledge"), ("POST", f"/alerts/{alert}/clear"), ("POST", "/alerts/drill"),
    ):  # fmt: skip
        assert (await ask(client, "anna", method, path, {}))[0] == 403, path
    for method, path in (("POST", "/sos"), ("GET", "/sos"), ("POST", "/sos/cancel")):
        assert (await ask(client, "dora", method, path, {}))[0] == 403, path
    assert (await ask(client, "otto", "POST", f"/alerts/{alert}/clear", {}))[0] == 403, "an officer looks on"


async def test_another_district_gets_404_everywhere(client: Client) -> None:
    alert = await a_call(client)
    assert (await ask(client, "wes", "GET", "/alerts"))[1]["items"] == []
    for method, path in (
        ("GET", ""), ("GET", "/log"), ("POST", "/acknowledge"), ("POST", "/assign"), ("POST", "/clear"),
        ("POST", "/incident"),
    ):  # fmt: skip
        assert (await ask(client, "wes", method, f"/alerts/{alert}{path}", {}))[0] == 404, path
    assert (await ask(client, "wes", "POST", "/alerts/drill", {"member": "anna"}))[0] == 404
    assert (await ask(client, "dora", "GET", f"/alerts/{alert}"))[1]["state"] == "raised"


async def test_the_second_is_told_who_was_first(client: Client) -> None:
    alert = await a_call(client)
    assert (await ask(client, "dora", "POST", f"/alerts/{alert}/acknowledge", {}))[0] == 200
    status, problem = await ask(client, "dirk", "POST", f"/alerts/{alert}/acknowledge", {})
    assert (status, problem["detail"]) == (409, "dora acknowledged it at 12:00:00 UTC; it is acknowledged")
    assert [one["actor"] for one in problem["errors"]] == ["dora"]


async def test_the_list_comes_by_pages_and_by_states(client: Client) -> None:
    alerts = [await a_call(client, who) for who in ("anna", "bo")]
    drill = (await ask(client, "dora", "POST", "/alerts/drill", {"member": "cui"}))[1]["id"]
    await ask(client, "dora", "POST", f"/alerts/{alerts[0]}/clear", {})
    seen, cursor = [], ""
    for _ in range(3):
        page = (await ask(client, "dora", "GET", f"/alerts?limit=1{cursor}"))[1]
        seen += [one["id"] for one in page["items"]]
        cursor = f"&cursor={page['next']}"
    assert seen == [drill, *alerts[::-1]]
    for query, expected in (
        ("state=raised,acknowledged,assigned", [drill, alerts[1]]), ("state=cleared", [alerts[0]]),
        ("drill=true", [drill]), ("drill=false&state=raised", [alerts[1]]), ("organisation=two", [drill]),
        ("kind=silence", []),
    ):  # fmt: skip
        assert [one["id"] for one in (await ask(client, "dora", "GET", f"/alerts?{query}"))[1]["items"]] == expected
    assert (await ask(client, "dora", "GET", "/alerts?state=lost"))[0] == 400


async def test_one_alert_is_told_with_its_log_and_its_incident(client: Client) -> None:
    alert = await a_call(client)
    status, incident = await ask(client, "dora", "POST", f"/alerts/{alert}/incident", {"description": "cries"})
    assert (status, incident["kind"], incident["description"]) == (201, "E9004", "cries")
    told = (await ask(client, "sue", "GET", f"/alerts/{alert}"))[1]
    assert told["incident"] == incident["id"]
    assert [(one["action"], one["state"], one["version"]) for one in told["log"]] == [
        ("raise", "raised", 1), ("incident", "assigned", 2),
    ]  # fmt: skip
    assert (await ask(client, "dora", "GET", f"/alerts/{alert}/log"))[1]["items"] == told["log"]
    assert (await ask(client, "dirk", "POST", f"/alerts/{alert}/incident", {}))[0] == 409
