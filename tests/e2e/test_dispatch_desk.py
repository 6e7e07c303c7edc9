"""A dispatcher's story in a real browser: a report is taken, somebody is sent, it is verified; an SOS is seen to."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page

from tests.e2e.demo import Demo, a_page, demo_fixture, sign_in, until
from tests.e2e.page_api import api

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240), pytest.mark.asyncio(loop_scope="module")]


demo = demo_fixture("--members", "120", scope="module")


async def take_report(page: Page, words: str) -> str:
    """By the form: a click on the map, a kind, a description. The incident's id."""
    await page.keyboard.press("n")
    await page.get_by_test_id("new-incident-form").wait_for()
    await page.locator(".map canvas").click(position={"x": 500, "y": 420})
    await page.get_by_test_id("place").get_by_text("Placed").wait_for()
    await page.get_by_test_id("kind").click()
    await page.get_by_role("option").first.click()
    await page.get_by_test_id("description").fill(words)
    await page.get_by_test_id("report").click()
    await page.get_by_test_id("incident-panel").wait_for()
    return await page.get_by_test_id("incident-id").inner_text()


async def in_state(page: Page, state: str) -> None:
    await page.locator(f"[data-testid=incident-panel][data-state={state}]").wait_for()


async def test_a_report_is_taken_sent_verified_and_closed(demo: Demo) -> None:
    async with a_page() as page:
        await sign_in(page, demo)
        incident = await take_report(page, "a lid is missing")
        assert page.url.endswith(f"/desk/{incident}")
        await page.get_by_test_id("deed-accept").click()
        await in_state(page, "accepted")
        first = page.get_by_test_id("candidate").first
        member = await first.get_attribute("data-member")
        await first.get_by_test_id("send").click()
        await in_state(page, "dispatched")
        told = await api(page, "GET", f"/incidents/{incident}")
        assert [one["member"] for one in told["assignments"]] == [member]
        assignment = told["assignments"][0]["id"]
        await api(page, "POST", f"/assignments/{assignment}/acknowledge", {})
        await in_state(page, "handling")  # the page hears it
        await api(page, "POST", f"/incidents/{incident}/feedback", {"note": "there is a new lid"})
        await in_state(page, "feedback")
        await page.get_by_test_id("timeline").get_by_text("there is a new lid").wait_for()


async def test_an_address_puts_the_report_on_the_map(demo: Demo) -> None:
    async with a_page() as page:
        await sign_in(page, demo)
        await page.keyboard.press("n")
        await page.get_by_test_id("address").fill("51.15, 71.43")
        await page.get_by_role("option").first.click()
        await page.get_by_test_id("place").get_by_text("51.15000, 71.43000").wait_for()


async def test_the_handler_does_not_verify_what_he_reported_done(demo: Demo) -> None:
    async with a_page() as page:
        await sign_in(page, demo)
        made = await api(page, "POST", "/incidents", await a_report(page))
        incident = made["id"]
        await api(page, "POST", f"/incidents/{incident}/accept", {})
        await page.goto(f"{demo.url}/desk/{incident}")
        await page.get_by_test_id("candidate").first.wait_for()
        await page.keyboard.press("1")
        await in_state(page, "dispatched")
        told = await api(page, "GET", f"/incidents/{incident}")
        await api(page, "POST", f"/assignments/{told['assignments'][0]['id']}/acknowledge", {})
        await api(page, "POST", f"/incidents/{incident}/feedback", {"note": "done"})
        await page.get_by_test_id("deed-verify").click()
        await page.get_by_test_id("deed-words").fill("looks good")
        await page.get_by_test_id("deed-do").click()
        await page.get_by_text("somebody else must").wait_for()  # the server's own words
        assert (await api(page, "GET", f"/incidents/{incident}"))["state"] == "feedback"


async def test_two_at_one_incident_the_second_is_told_what_changed(demo: Demo) -> None:
    async with a_page() as page:
        await sign_in(page, demo)
        made = await api(page, "POST", "/incidents", await a_report(page))
        await page.goto(f"{demo.url}/desk/{made['id']}")
        await page.get_by_test_id("deed-reject").click()
        await page.get_by_test_id("deed-words").fill("not ours")
        await api(page, "POST", f"/incidents/{made['id']}/accept", {})
        await in_state(page, "accepted")
        await page.get_by_test_id("candidates").wait_for()


async def test_an_sos_is_on_the_screen_seen_and_made_an_incident(demo: Demo) -> None:
    async with a_page() as page:
        await sign_in(page, demo)
        member = (await api(page, "GET", "/positions?limit=1"))["items"][0]["member"]
        alert = await api(page, "POST", "/alerts/drill", {"member": member})
        card = page.locator(f"[data-alert='{alert['id']}']")
        await card.wait_for()
        await page.keyboard.press("x")
        await page.locator(f"[data-alert='{alert['id']}'][data-state=acknowledged]").wait_for()
        await card.get_by_test_id("alert-incident").click()
        await page.get_by_test_id("incident-panel").wait_for()
        await card.get_by_test_id("alert-clear").click()
        await card.wait_for(state="detached")


async def test_keys_the_palette_and_the_board(demo: Demo) -> None:
    async with a_page() as page:
        await sign_in(page, demo)
        made = await api(page, "POST", "/incidents", await a_report(page))
        await page.keyboard.press("b")
        lane = page.get_by_test_id("lane-reported")
        await lane.locator(f"[data-incident={made['id']}]").wait_for()
        await api(page, "POST", f"/incidents/{made['id']}/accept", {})
        await page.get_by_test_id("lane-accepted").locator(f"[data-incident={made['id']}]").wait_for()
        await page.keyboard.press("Control+k")
        await page.get_by_test_id("palette-input").fill(made["id"])
        await page.keyboard.press("Enter")
        await until(page, f"location.pathname === '/desk/{made['id']}'")
        await page.keyboard.press("Escape")
        await until(page, "location.pathname === '/'")


async def a_report(page: Page) -> dict[str, Any]:
    """Where somebody is, so that somebody is near."""
    place = (await api(page, "GET", "/positions?limit=1"))["items"][0]
    kind = (await api(page, "GET", "/kinds"))["items"][0]["code"]
    return {"kind": kind, "latitude": place["latitude"], "longitude": place["longitude"], "description": "a test"}
