"""Takes the appraisal's pictures of the documents: `python -m tests.e2e.appraisal_pictures` (needs the built page)."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from playwright.async_api import Page, async_playwright

from tests.e2e.demo import CHROMIUM, FLAGS, Demo, a_page, running_demo, sign_in
from tests.e2e.page_api import api

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
SIZE = {"width": 1366, "height": 768}


async def _explained(page: Page, demo: Demo, level: str) -> str:
    """The best of that level, explained; its id."""
    path = "/appraisal/periods"
    period = (await api(page, "GET", path))["items"][0]["period"]
    table = await api(page, "GET", f"/appraisal/ranking?level={level}&period={period}")
    subject: str = table["items"][0]["id"]
    await page.goto(f"{demo.url}/appraisal?level={level}&period={period}&subject={subject}")
    line = page.get_by_test_id("line-on_time").locator("summary")
    await line.wait_for()
    await line.click()
    return subject


async def _phone(page: Page, demo: Demo, member: str, folder: Path) -> None:
    link = (await api(page, "POST", f"/members/{member}/enrolment", {}))["link"]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = await browser.new_context(
            viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True, device_scale_factor=1.5,
            base_url=demo.url, color_scheme="dark",
        )  # fmt: skip
        phone = await context.new_page()
        await phone.goto(link.removeprefix(demo.url))
        await phone.get_by_test_id("use-code").click()
        await phone.locator("[data-testid=link][data-link=live]").wait_for()
        await phone.goto("/handheld/score")
        await phone.get_by_test_id("my-score").wait_for()
        await phone.wait_for_timeout(1_500)
        await phone.screenshot(path=folder / "handheld-score.png")
        await phone.goto("/handheld/diary")
        await phone.get_by_test_id("diary-entry").first.wait_for()
        await phone.screenshot(path=folder / "handheld-diary.png")
        await phone.get_by_test_id("diary-write").click()
        await phone.wait_for_timeout(2_500)
        await phone.screenshot(path=folder / "handheld-diary-new.png", full_page=True)
        await browser.close()


async def take(folder: Path = PICTURES) -> None:
    with tempfile.TemporaryDirectory() as data:
        arguments = ("--members", "60", "--history", "84")
        async with running_demo(Path(data) / "data", *arguments) as demo, a_page() as page:
            await page.set_viewport_size(SIZE)  # type: ignore[arg-type]
            await sign_in(page, demo)
            for _ in range(60):
                if len((await api(page, "GET", "/appraisal/periods"))["items"]) > 2:
                    break
                await page.wait_for_timeout(1_000)
            member = await _explained(page, demo, "member")
            await page.wait_for_timeout(1_000)
            await page.screenshot(path=folder / "appraisal.png")
            await page.goto(f"{demo.url}/appraisal/diary")
            await page.get_by_test_id("diary-entry").first.wait_for()
            await page.screenshot(path=folder / "appraisal-diary.png")
            await _phone(page, demo, member, folder)


if __name__ == "__main__":
    asyncio.run(take(Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES))
