"""The time machine in a real browser: members, incidents and alerts at a past moment, as the API says; played; left."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.async_api import Page

from tests.e2e.axe import serious
from tests.e2e.demo import Demo, a_page, demo_fixture, sign_in, until
from tests.e2e.page_api import api

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

MEMBERS = 60


demo = demo_fixture("--members", str(MEMBERS))


async def report(page: Page) -> Any:
    (first, *_) = (await api(page, "GET", "/positions?limit=5"))["items"]
    place = {"latitude": first["latitude"], "longitude": first["longitude"]}
    return await api(page, "POST", "/incidents", {"kind": "E0406", "description": "the underpass is flooded"} | place)


async def some_history(page: Page) -> tuple[datetime, Any]:
    """A moment of which something is known, and an incident that was reported just before it."""
    await until(page, f"Number(document.documentElement.dataset.online) > {MEMBERS * 0.8}")
    incident = await report(page)
    at = datetime.now(UTC) + timedelta(seconds=1)
    frames = int(await page.evaluate("document.documentElement.dataset.frames"))
    await until(page, f"Number(document.documentElement.dataset.frames) > {frames + 40}", 60)
    await api(page, "POST", f"/incidents/{incident['id']}/reject", {"reason": "it has drained"})
    return at.replace(microsecond=0), incident


async def test_the_past_is_shown_as_it_was_played_and_left(demo: Demo) -> None:
    async with a_page() as page:
        await sign_in(page, demo)
        at, incident = await some_history(page)
        moment = at.isoformat().replace("+00:00", "Z")
        everybody = {one["member"]: one for one in (await api(page, "GET", f"/replay?at={moment}"))["items"]}
        assert len(everybody) > MEMBERS * 0.5

        await page.goto(f"{demo.url}/time?at={moment}&pace=10")
        await page.get_by_test_id("past-banner").wait_for()
        await until(page, f"Number(document.documentElement.dataset.members) === {len(everybody)}")
        await until(page, "document.documentElement.dataset.incidents === '1'")
        assert await page.get_by_test_id("time-open").inner_text() == "1"

        await page.get_by_role("tab", name="Members").click()
        await page.get_by_test_id("member-row").nth(2).click()
        panel = page.get_by_test_id("member-panel")
        name = await panel.get_by_role("heading").inner_text()
        (then,) = [one for one in everybody.values() if one["name"] == name]
        shown = await page.get_by_test_id("member-place").inner_text()
        assert shown == f"{then['latitude']:.5f}, {then['longitude']:.5f}"

        before = int(await page.get_by_test_id("past-time").get_attribute("data-at") or 0)
        await page.keyboard.press("ArrowRight")
        await until(page, f"Number(document.querySelector('[data-testid=past-time]').dataset.at) === {before + 10_000}")
        await page.keyboard.press("Shift+ArrowLeft")
        await until(
            page, f"Number(document.querySelector('[data-testid=past-time]').dataset.at) === {before - 290_000}"
        )
        await until(page, "document.documentElement.dataset.members === '0'")

        await page.goto(f"{demo.url}/time?at={moment}&pace=10")
        await until(page, f"Number(document.documentElement.dataset.members) === {len(everybody)}")
        await page.keyboard.press("Space")
        await until(page, f"Number(document.querySelector('[data-testid=past-time]').dataset.at) > {before + 15_000}")
        await until(page, "document.documentElement.dataset.incidents === '0'")
        await page.get_by_test_id("back-to-now").click()
        await page.get_by_test_id("past-banner").wait_for(state="detached")
        await page.get_by_test_id("link-state").get_by_text("Live").wait_for()
        await until(page, f"Number(document.documentElement.dataset.online) > {MEMBERS * 0.8}")
        assert (await api(page, "GET", f"/incidents/{incident['id']}"))["state"] == "rejected"


async def test_the_slider_takes_everything_along(demo: Demo) -> None:
    async with a_page() as page:
        await sign_in(page, demo)
        at, _ = await some_history(page)
        await page.get_by_test_id("page-time").click()
        await page.get_by_test_id("past-banner").wait_for()
        before = (at - timedelta(minutes=30)).isoformat().replace("+00:00", "Z")
        await page.goto(f"{demo.url}/time?at={before}")
        await until(page, "document.documentElement.dataset.members === '0'")
        slider = page.get_by_test_id("time-slider")
        await slider.fill(str(int(at.timestamp() * 1000)))
        await until(page, f"Number(document.documentElement.dataset.members) > {MEMBERS * 0.5}")
        await until(page, f"location.search.includes({at.strftime('%H%%3A%M%%3A%S')!r})")


@pytest.mark.parametrize(("language", "theme"), [("en", "dark"), ("zh", "light")])
async def test_everybody_can_use_it(demo: Demo, language: str, theme: str) -> None:
    async with a_page() as page:
        await sign_in(page, demo)
        await page.evaluate(f"localStorage.setItem('gridwarden.language', '{language}')")
        await page.evaluate(f"localStorage.setItem('gridwarden.theme', '{theme}')")
        moment = (datetime.now(UTC) - timedelta(seconds=5)).isoformat(timespec="seconds").replace("+00:00", "Z")
        await page.goto(f"{demo.url}/time?at={moment}")
        await page.get_by_test_id("past-banner").wait_for()
        assert await serious(page) == []
