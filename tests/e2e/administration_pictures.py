"""Takes the pictures of docs/administration.md: `python -m tests.e2e.administration_pictures`."""

from __future__ import annotations

import asyncio
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from playwright.async_api import Page

from tests.e2e.demo import Demo, a_page, running_demo, until
from tests.e2e.pictures import PICTURES

SHIFTS = (("Early", 6), ("Late", 14), ("Night", 22))
BAD = "id,name,organisation\nm-901,Li Na,city\nm-902,,city\nm-903,Wang Wei,nowhere\nm-901,Twin,city\n"


async def take() -> None:
    with tempfile.TemporaryDirectory() as data:
        async with running_demo(Path(data) / "data", "--members", "300") as demo, a_page() as page:
            await _enter(page, demo)
            await _shifts(page, demo)
            await _organisation(page, demo)
            await _device(page, demo)
            await _import(page, demo, Path(data))
            await _job(page, demo, Path(data))
            await page.get_by_label("Theme").click()
            await page.get_by_label("中文").click()
            await _shown(page, demo, "kinds/C0101", "kinds")
            await _shown(page, demo, "roles/dispatcher", "roles")


async def _enter(page: Page, demo: Demo) -> None:
    body = {"name": demo.user, "password": demo.password}
    assert (await page.request.post(f"{demo.url}/api/v1/session", data=body)).ok


async def _shown(page: Page, demo: Demo, path: str, name: str) -> None:
    """Go there, and take it when nothing is being fetched."""
    await page.goto(f"{demo.url}/admin/{path}")
    await page.locator(".ui-section").wait_for()
    await _picture(page, name)


async def _picture(page: Page, name: str) -> None:
    await until(page, "!document.querySelector('.ui-sections [aria-busy=true], .ui-sections .mantine-Loader-root')")
    await page.wait_for_timeout(3_000)  # a small map draws itself
    await page.screenshot(path=PICTURES / f"administration-{name}.png")


async def _shifts(page: Page, demo: Demo) -> None:
    districts = await _items(page, demo, "/organisations?territory=false&level=district")
    members = await _items(page, demo, "/members?limit=60")
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    monday = today - timedelta(days=today.weekday())
    for number, district in enumerate(districts):
        for day in range(7):
            for name, hour in SHIFTS:
                start = monday + timedelta(days=day, hours=hour)
                body = {
                    "organisation": district["id"], "name": name, "starts_at": start.isoformat(),
                    "ends_at": (start + timedelta(hours=8, minutes=30)).isoformat(),
                    "members": [one["id"] for one in members[number * 12 : number * 12 + 5]],
                }  # fmt: skip
                assert (await page.request.post(f"{demo.url}/api/v1/shifts", data=body)).ok
    await _shown(page, demo, "shifts/S-1", "shifts")


async def _organisation(page: Page, demo: Demo) -> None:
    grid = (await _items(page, demo, "/organisations?territory=false&level=grid"))[0]
    await _shown(page, demo, f"organisations/{grid['id']}", "organisations")


async def _device(page: Page, demo: Demo) -> None:
    await page.goto(f"{demo.url}/admin/devices?new=1")
    await page.get_by_test_id("field-device").fill("phone-of-li-na")
    await page.get_by_test_id("form-send").click()
    await page.get_by_test_id("qr").wait_for()
    await _picture(page, "devices")


async def _import(page: Page, demo: Demo, folder: Path) -> None:
    file = folder / "members.csv"
    file.write_text(BAD, encoding="utf-8")
    await page.goto(f"{demo.url}/admin/imports/members")
    await page.locator("input[type=file]").set_input_files(file)
    await page.get_by_test_id("import-check").click()
    await page.get_by_test_id("import-report").wait_for()
    await _picture(page, "imports")


async def _job(page: Page, demo: Demo, folder: Path) -> None:
    file = folder / "members-2026.csv"
    rows = [
        f"n-{n},{'' if n % 97 == 50 else f'Name {n}'},{'nowhere' if n % 131 == 7 else 'city'}" for n in range(40_000)
    ]
    file.write_text("\n".join(["id,name,organisation", *rows]), encoding="utf-8")
    await page.goto(f"{demo.url}/admin/imports/members")
    await page.locator("input[type=file]").set_input_files(file)
    await page.get_by_test_id("import-job").click()
    await page.get_by_test_id("jobLeft").wait_for()
    await page.wait_for_timeout(8_000)  # a third of it or so
    await page.screenshot(path=PICTURES / "administration-job.png")
    await page.get_by_test_id("job-cancel").click()
    await page.get_by_test_id("job-cancel").click()
    await page.locator("[data-testid=job] [data-state=cancelled]").wait_for()


async def _items(page: Page, demo: Demo, path: str) -> list[dict[str, Any]]:
    answer = await page.request.get(f"{demo.url}/api/v1{path}")
    found: list[dict[str, Any]] = (await answer.json())["items"]
    return found


if __name__ == "__main__":
    asyncio.run(take())
