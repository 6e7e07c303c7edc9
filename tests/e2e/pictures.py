"""Takes the pictures of the documents: `python -m tests.e2e.pictures` (needs chromium and the built page)."""

from __future__ import annotations

import asyncio
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.async_api import Page

from tests.e2e.demo import a_page, running_demo, sign_in

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"


async def take() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data:
        async with running_demo(Path(data) / "data", "--members", "600") as demo, a_page() as page:
            await page.goto(demo.url)
            await page.get_by_test_id("sign-in-submit").wait_for()
            await page.screenshot(path=PICTURES / "sign-in.png")
            await sign_in(page, demo)
            await page.get_by_test_id("organisation-row").nth(1).click()
            await page.wait_for_timeout(9_000)
            await page.screenshot(path=PICTURES / "command-centre.png")
            await page.get_by_role("tab", name="Members").click()
            await page.get_by_test_id("member-row").nth(3).click()
            await page.wait_for_timeout(25_000)
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
            await _tools(page)
            at = (datetime.now(UTC) - timedelta(seconds=30)).isoformat(timespec="seconds").replace("+00:00", "Z")
            await page.goto(f"{demo.url}/time?at={at}")
            await page.wait_for_timeout(8_000)
            await page.screenshot(path=PICTURES / "time-machine.png")


async def _tools(page: Page) -> None:
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


if __name__ == "__main__":
    asyncio.run(take())
