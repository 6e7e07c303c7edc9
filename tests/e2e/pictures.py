"""Takes the pictures of the documents: `python -m tests.e2e.pictures` (needs chromium and the built page)."""

from __future__ import annotations

import asyncio
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.async_api import Page

from tests.e2e.demo import a_page, running_demo, sign_in, until
from tests.e2e.page_api import api

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"


async def take() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data:
        arguments = ("--members", "400", "--incidents", "240")
        async with running_demo(Path(data) / "data", *arguments) as demo, a_page() as page:
            await page.goto(demo.url)
            await page.get_by_test_id("sign-in-submit").wait_for()
            await page.screenshot(path=PICTURES / "sign-in.png")
            await sign_in(page, demo)
            await take_desk(page)
            await take_track(page)
            await take_tools(page)
            await take_talk(page, demo.url)
            at = (datetime.now(UTC) - timedelta(seconds=30)).isoformat(timespec="seconds").replace("+00:00", "Z")
            await page.goto(f"{demo.url}/time?at={at}")
            await page.wait_for_timeout(8_000)
            await page.screenshot(path=PICTURES / "time-machine.png")


async def take_desk(page: Page) -> None:
    """Map, incident and board, with members on their way."""
    await until(page, "Number(document.documentElement.dataset.incidents) > 7", 120)
    reported = (await api(page, "GET", "/incidents?open=true"))["items"]
    for incident in reported[3:]:
        await api(page, "POST", f"/incidents/{incident['id']}/accept", {})
    for one in (await api(page, "POST", "/assignments/proposals", {}))["items"][1:]:
        sent = {"members": [one["candidate"]["member"]]}
        await api(page, "POST", f"/incidents/{one['incident']}/dispatch", sent)
    await page.wait_for_timeout(60_000)
    await page.screenshot(path=PICTURES / "command-centre.png")
    await page.keyboard.press("b")
    await page.get_by_test_id("incident-row").first.wait_for()
    await page.screenshot(path=PICTURES / "board.png")
    await page.locator("[data-state=accepted]").first.click()
    await page.get_by_test_id("candidate").first.hover()
    await page.wait_for_timeout(3_000)
    await page.screenshot(path=PICTURES / "dispatch.png")
    await page.keyboard.press("Escape")


async def take_track(page: Page) -> None:
    """One member's last hour, and the light theme with buildings."""
    await page.get_by_test_id("organisation-row").nth(1).click()
    await page.get_by_role("tab", name="Members").click()
    await page.get_by_test_id("member-row").nth(3).click()
    await page.get_by_test_id("track-hour").click()
    await page.get_by_test_id("replay-slider").wait_for()
    await page.wait_for_timeout(4_000)
    await page.screenshot(path=PICTURES / "track.png")
    await page.get_by_label("Theme").click()
    await page.get_by_role("button", name="3D buildings").click()
    await page.wait_for_timeout(8_000)
    await page.screenshot(path=PICTURES / "light.png")
    await page.get_by_label("Theme").click()
    await page.get_by_role("button", name="3D buildings").click()


async def take_tools(page: Page) -> None:
    """A geofence that is being drawn."""
    await page.get_by_test_id("tool-fences").click()
    await page.get_by_test_id("draw-polygon").click()
    for x, y in ((500, 300), (640, 300), (680, 420)):
        await page.mouse.click(x, y)
        await page.wait_for_timeout(400)
    await page.mouse.dblclick(560, 460)
    await page.wait_for_timeout(4_000)
    await page.screenshot(path=PICTURES / "map-tools.png")
    await page.keyboard.press("Escape")


async def take_talk(page: Page, url: str) -> None:
    """An incident commanded on one screen with its channel, the intercom, and notices with their receipts."""
    incidents = (await api(page, "GET", "/incidents?open=true"))["items"]
    sent = next(one for one in incidents if one["assignments"])
    asked = {"name": f"{sent['id']} command", "organisation": "city", "incident": sent["id"]}
    channel = (await api(page, "POST", "/channels", asked))["id"]
    for text in ("Cordon off the crossing", "Who is nearest to the main valve?"):
        await api(page, "POST", f"/channels/{channel}/messages", {"text": text})
    for title, body in (("Ice on the roads", "Grit before seven"), ("Heating", "Look at the basements of your houses")):
        await api(page, "POST", "/notices", {"organisation": "city", "title": title, "body": body})
    for path, name in ((f"/event/{sent['id']}", "event"), (f"/talk/{channel}", "talk"), ("/notices", "notices")):
        await page.goto(f"{url}{path}")
        await page.wait_for_timeout(6_000)
        await page.screenshot(path=PICTURES / f"{name}.png")


if __name__ == "__main__":
    asyncio.run(take())
