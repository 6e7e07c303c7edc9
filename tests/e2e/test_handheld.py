"""The handheld on a phone-sized page of a real browser, against a real server: with a network and without one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Page

from tests.e2e.axe import serious
from tests.e2e.demo import skip_without_browser, until
from tests.e2e.town import HERE, Phone, Town, a_photograph, a_town

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300), pytest.mark.asyncio(loop_scope="module")]

KEPT_TILES = "caches.open('handheld-tiles').then((one) => one.keys()).then((keys) => keys.length)"
PAGES = (
    "",
    "/report",
    "/incident",
    "/emergency",
    "/registry",
    "/household",
    "/inspections",
    "/messages",
    "/me",
    "/tracking",
    "/unsent",
    "/sos",
)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """One for all tests; each has members of its own."""
    skip_without_browser()
    async with a_town(tmp_path_factory.mktemp("town")) as town:
        yield town


async def task_state(page: Page, state: str) -> None:
    """Wait until the server says that the task stands there."""
    await page.locator(f"[data-testid=task-state][data-state={state}]").wait_for()


async def nothing_waits(page: Page) -> None:
    await page.get_by_test_id("waiting").wait_for(state="detached")


async def without_network(phone: Phone) -> None:
    """From now on; once the page has put itself aside."""
    await phone.page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    await phone.context.set_offline(True)


async def test_a_code_makes_a_phone_the_members_and_its_positions_arrive(town: Town) -> None:
    member = town.member()
    async with town.phone(member) as phone:
        await phone.page.locator("[data-testid=gps][data-receiver=on]").wait_for()
        said = await town.until("/positions", lambda said: member in [one["member"] for one in said["items"]])
        first = next(one for one in said["items"] if one["member"] == member)
        assert first["latitude"] == pytest.approx(HERE["latitude"])
        await without_network(phone)
        await phone.tap("tab-me")
        waiting = phone.page.get_by_test_id("fixes-waiting")
        for step in range(1, 4):
            await phone.page.wait_for_timeout(1_200)  # a phone keeps one fix a second at most
            await phone.context.set_geolocation({"latitude": HERE["latitude"] + step / 1000, "longitude": 71.425})
            await waiting.get_by_text(str(step), exact=True).wait_for()
        await phone.context.set_offline(False)
        await waiting.get_by_text("0", exact=True).wait_for()
    assert len(await town.server.positions(f"handheld-{member}")) == 4


async def test_a_wrong_code_is_told_and_a_used_one_opens_nothing(town: Town) -> None:
    used = (await town.code(town.member()))["code"]
    async with town.phone(None) as phone:
        await phone.page.get_by_test_id("code").fill(used.lower().replace("-", " "))
        await phone.tap("use-code")
        await phone.page.get_by_test_id("tab-tasks").wait_for()
    async with town.phone(None) as phone:
        await phone.page.get_by_test_id("code").fill(used)
        await phone.tap("use-code")
        assert "used" in await phone.page.get_by_role("alert").inner_text()


async def test_a_task_handled_without_a_network_arrives_once_and_somebody_else_verifies(
    town: Town, tmp_path: Path
) -> None:
    member = town.member()
    async with town.phone(member) as phone:
        incident = (await town.dispatched(member))["id"]
        await phone.tap("task")
        await phone.tap("do-acknowledge")
        await task_state(phone.page, "acknowledged")
        await phone.page.locator("[data-testid=mini-map][data-drawn]").wait_for()
        way = phone.page.locator("[data-testid=way][data-basis=streets]")
        await way.get_by_text("452 m along streets").wait_for()
        await phone.context.set_geolocation({"latitude": 51.1274, "longitude": 71.4275})
        await phone.page.get_by_test_id("seems-there").wait_for()
        await without_network(phone)
        await way.get_by_text("no network").wait_for()
        await phone.tap("do-en-route")
        await phone.tap("do-arrive")
        await phone.page.get_by_test_id("done-note").fill("a new cover lies there")
        await phone.page.get_by_test_id("photo-input").set_input_files(a_photograph(tmp_path))
        await phone.page.get_by_test_id("photo").wait_for()
        await phone.tap("send-feedback")
        await phone.page.locator("[data-testid=task-state][data-expected=handled]").wait_for()
        await phone.page.reload()
        await phone.page.get_by_test_id("waiting").get_by_text("4").wait_for()
        assert (await town.admin.get(f"/incidents/{incident}"))["state"] == "handling"
        await phone.context.set_offline(False)
        await nothing_waits(phone.page)
        told = await town.until(f"/incidents/{incident}", lambda said: said["state"] == "feedback")
        assert told["assignments"][0]["state"] == "handled"
        actions = await town.actions(incident)
        for action in ("acknowledge", "en-route", "arrive", "attach", "feedback"):
            assert actions.count(action) == 1, actions
        (file,) = (await town.admin.get(f"/incidents/{incident}/files"))["items"]
        assert await town.picture(file["id"]) == (1600, 1067)
    await verified(town, incident)


async def verified(town: Town, incident: str) -> None:
    member = town.member()
    async with town.phone(member) as phone:
        await town.send(incident, member)
        await phone.tap("task")
        for step in ("acknowledge", "en-route", "arrive"):
            await phone.tap(f"do-{step}")
        await phone.page.get_by_test_id("done-note").fill("it holds")
        await phone.tap("passed")
        await town.until(f"/incidents/{incident}", lambda said: said["state"] == "verified")


async def test_what_the_server_refuses_is_told_in_its_words_and_discarded_by_the_member_alone(town: Town) -> None:
    member = town.member()
    async with town.phone(member) as phone:
        told = await town.dispatched(member)
        await phone.tap("task")
        await without_network(phone)
        await phone.tap("do-acknowledge")
        await phone.page.locator("[data-testid=task-state][data-expected=acknowledged]").wait_for()
        await town.admin.post(f"/assignments/{told['assignments'][0]['id']}/clear", {"reason": "not needed"})
        await phone.context.set_offline(False)
        await phone.page.locator("[data-testid=waiting][data-refused=true]").click()
        assert "cleared" in await phone.page.get_by_test_id("refusal").inner_text()
        await phone.tap("change")
        await phone.page.get_by_test_id("refusal").wait_for()
        await phone.tap("discard")
        await phone.page.get_by_test_id("unsent").wait_for(state="detached")


async def test_the_map_around_the_member_is_there_without_a_network(town: Town) -> None:
    member = town.member()
    async with town.phone(member) as phone:
        await town.dispatched(member)
        await phone.page.evaluate("navigator.serviceWorker.ready.then(() => null)")
        await until(phone.page, "navigator.serviceWorker.controller !== null")
        moved = {"latitude": HERE["latitude"] + 0.0002, "longitude": HERE["longitude"], "accuracy": 9}
        await phone.context.set_geolocation(moved)  # type: ignore[arg-type]  # a Geolocation
        async with asyncio.timeout(30):
            while await phone.page.evaluate(KEPT_TILES) <= 30:
                await phone.page.wait_for_timeout(200)
        await phone.context.set_offline(True)
        await phone.tap("task")
        await phone.page.locator("[data-testid=mini-map][data-basemap=drawn]").wait_for()


async def test_a_report_with_a_photograph_filled_in_without_a_network_arrives_once(town: Town, tmp_path: Path) -> None:
    member = town.member()
    async with town.phone(member) as phone:
        await phone.page.locator("[data-testid=gps][data-receiver=on]").wait_for()
        await phone.tap("tab-report")
        await phone.tap("function-reportIncident")
        await phone.page.locator("[data-testid=kind] option[value=C0101]").wait_for(state="attached")
        await without_network(phone)
        await phone.page.get_by_test_id("kind").select_option("C0101")
        await phone.page.get_by_test_id("description").fill("the cover rattles")
        await phone.page.get_by_test_id("photo-input").set_input_files(a_photograph(tmp_path))
        await phone.page.get_by_test_id("photo").wait_for()
        await phone.tap("send-report")
        await phone.page.get_by_test_id("waiting").get_by_text("2").wait_for()
        await phone.context.set_offline(False)
        await nothing_waits(phone.page)
        all_ = (await town.admin.get("/incidents"))["items"]
        (incident,) = [one for one in all_ if one["description"] == "the cover rattles"]
        assert (incident["source"], incident["reporter_member"]) == ("member", member)
        assert incident["latitude"] == pytest.approx(HERE["latitude"])
        assert len((await town.admin.get(f"/incidents/{incident['id']}/files"))["items"]) == 1
        await phone.page.get_by_test_id("report").get_by_text("the cover rattles").wait_for()


async def test_two_seconds_of_holding_call_for_help_and_less_does_not(town: Town) -> None:
    member = town.member()
    async with town.phone(member) as phone:
        await phone.hold("sos", 700)
        await phone.hold("sos", 2_300)
        await phone.page.locator("[data-testid=sos-state][data-state=raised]").wait_for()
        (alert,) = (await town.admin.get("/alerts", member=member))["items"]
        assert (alert["kind"], alert["state"]) == ("sos", "raised")
        await town.admin.post(f"/alerts/{alert['id']}/acknowledge", {})
        await phone.page.get_by_test_id("sos-state").get_by_text("root").wait_for()
        await phone.tap("cancel-sos")
        await phone.tap("cancel-sos-yes")
        await phone.page.get_by_test_id("sos-cleared").wait_for()
        assert (await town.admin.get(f"/alerts/{alert['id']}"))["state"] == "cleared"


async def test_notices_are_read_roll_calls_answered_and_channels_written_on(town: Town) -> None:
    member = town.member()
    async with town.phone(member) as phone:
        notice = await town.admin.post("/notices", {"organisation": "north", "title": "Drains", "body": "Look at them"})
        patrol = {"organisation": "north", "name": "Patrol", "members": [member]}
        channel = await town.admin.post("/channels", patrol)
        call = await town.admin.post(f"/channels/{channel['id']}/roll-calls", {})
        await phone.tap("tab-messages")
        mine = phone.page.get_by_test_id("notice").filter(has_text="Drains")
        await mine.get_by_test_id("read").click()
        await phone.tap("here")
        await town.until(f"/notices/{notice['id']}/receipts", lambda said: read_by(said) == [member])
        await town.until(f"/roll-calls/{call['id']}", lambda said: any(one["answered_at"] for one in said["answers"]))
        await phone.tap("channel")
        await phone.page.get_by_test_id("say").fill("at the bridge")
        await phone.tap("send")
        await phone.page.get_by_test_id("said").get_by_text("at the bridge").wait_for()
        await town.admin.post(f"/channels/{channel['id']}/messages", {"text": "thank you"})
        await phone.page.get_by_test_id("said").get_by_text("thank you").wait_for()


def read_by(receipts: Any) -> list[str]:
    return [one["member"] for one in receipts["items"] if one["read_at"] is not None]


@pytest.mark.parametrize(("theme", "language"), list(product(("dark", "light"), ("en", "zh"))))
async def test_every_page_can_be_used_by_everybody(town: Town, theme: str, language: str) -> None:
    async with town.phone(None, theme=theme, language=language) as phone:
        found = await serious(phone.page)
    member = town.member()
    async with town.phone(member, theme=theme, language=language) as phone:
        incident = await town.dispatched(member)
        await town.admin.post("/notices", {"organisation": "north", "title": "Rain", "body": "Look", "urgent": True})
        await phone.page.get_by_test_id("task").wait_for()
        task = f"/task/{incident['assignments'][0]['id']}"
        for path in (*PAGES, task):
            await phone.page.goto(f"/handheld{path}")
            await phone.page.locator("[data-testid=link][data-link=live]").wait_for()
            found += [f"{path}: {one}" for one in await serious(phone.page)]
    assert not found, "\n".join(found)
