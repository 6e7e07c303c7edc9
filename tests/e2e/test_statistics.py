"""The statistics in a real browser: a commander goes from the city to a grid and takes the figures along."""

from __future__ import annotations

import asyncio
import csv
from pathlib import Path

import pytest
from playwright.async_api import Page

from tests.e2e.axe import serious
from tests.e2e.demo import Demo, a_page, demo_fixture, sign_in, until
from tests.e2e.page_api import api

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

REPORTS = 3


demo = demo_fixture("--members", "60")


async def some_reports(page: Page) -> list[tuple[str, str]]:
    """Incidents at one place, summed; id and name from the city down to the grid where they are."""
    (first, *_) = (await api(page, "GET", "/positions?limit=1"))["items"]
    place = {"latitude": first["latitude"], "longitude": first["longitude"]}
    for number in range(REPORTS):
        await api(page, "POST", "/incidents", {"kind": "E0406", "description": f"basement {number}"} | place)
    async with asyncio.timeout(60):
        await page.evaluate(SUMMED, REPORTS)
    found = await api(page, "GET", "/statistics/summary")
    path = [found["organisation"]]
    while found["children"]:
        path.append(next(one for one in found["children"] if one["reported"] == REPORTS))
        found = await api(page, "GET", f"/statistics/summary?organisation={path[-1]['id']}")
    return [(one["id"], one["name"]) for one in path]


SUMMED = """async (wanted) => {
    for (;;) {
        const said = await (await fetch('/api/v1/statistics/summary')).json();
        if (said.totals.reported === wanted) return;
        await new Promise((done) => setTimeout(done, 500));
    }
}"""


async def test_a_commander_goes_from_the_city_to_a_grid_and_takes_the_figures_along(demo: Demo, tmp_path: Path) -> None:
    async with a_page() as page:
        await sign_in(page, demo)
        path = await some_reports(page)
        assert len(path) > 2
        await page.goto(f"{demo.url}/statistics")
        for organisation, name in path[1:]:
            await page.get_by_test_id("organisation-below").first.get_by_role("button").click()
            await until(page, f"new URL(location.href).searchParams.get('organisation') === '{organisation}'")
            await page.get_by_test_id("statistics-organisation").filter(has_text=name).wait_for()
        await page.get_by_text("Nothing lies below this grid").wait_for()
        async with page.expect_download() as downloading:
            await page.get_by_role("link", name="Download CSV").click()
        file = tmp_path / "statistics.csv"
        await (await downloading.value).save_as(file)
        assert figures_of(file) == {path[-1][0]: REPORTS}
        assert not await serious(page)
        await page.go_back()
        await page.get_by_test_id("organisation-below").first.get_by_text(str(REPORTS), exact=True).first.wait_for()


async def test_behind_a_figure_stand_its_incidents(demo: Demo) -> None:
    async with a_page() as page:
        await sign_in(page, demo)
        path = await some_reports(page)
        await page.goto(f"{demo.url}/statistics?organisation={path[1][0]}&days=7")
        await page.get_by_test_id("tile-reported").get_by_role("link").click()
        await until(page, f"document.querySelectorAll('[data-testid=counted-incident]').length === {REPORTS}")
        asked = await page.evaluate("location.search")
        assert f"organisation={path[1][0]}" in asked
        assert "figure=reported" in asked
        assert not await serious(page)
        await page.get_by_test_id("counted-incident").first.get_by_role("button").click()
        await until(page, "location.pathname.startsWith('/desk/I-')")


async def test_a_commander_sees_where_patrols_were_and_has_a_report_made(demo: Demo, tmp_path: Path) -> None:
    async with a_page() as page:
        await sign_in(page, demo)
        async with asyncio.timeout(120):
            await page.evaluate(COVERED)
        await page.goto(f"{demo.url}/statistics/coverage?days=7")
        await page.locator("[data-testid=coverage-map][data-drawn]").wait_for(timeout=60_000)
        await page.get_by_test_id("covered").first.wait_for()
        await page.get_by_test_id("gap").first.wait_for()
        assert not await serious(page)
        await page.get_by_test_id("views").click()
        await page.get_by_test_id("view-name").fill("patrols of the week")
        await page.get_by_test_id("view-keep").click()
        await page.get_by_test_id("view").get_by_text("patrols of the week").wait_for()
        await page.goto(f"{demo.url}/statistics/reports")
        await page.get_by_label("Name").fill("Morning report")
        await page.get_by_test_id("schedule-add").click()
        await page.get_by_test_id("make-now").click()
        async with page.expect_download() as downloading:
            await page.get_by_test_id("report").get_by_role("link", name="PDF").click()
        file = tmp_path / "report.pdf"
        await (await downloading.value).save_as(file)
        assert file.read_bytes().startswith(b"%PDF-")
        assert not await serious(page)
        await page.get_by_test_id("views").click()
        await page.get_by_test_id("view").get_by_text("patrols of the week").click()
        await until(page, "location.pathname === '/statistics/coverage' && location.search === '?days=7'")


COVERED = """async () => {
    for (;;) {
        const said = await (await fetch('/api/v1/coverage/cells')).json();
        if (said.totals.visited > 0) return;
        await new Promise((done) => setTimeout(done, 1000));
    }
}"""


def figures_of(file: Path) -> dict[str, int]:
    """Reported incidents by organisation."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return {row["id"]: int(row["reported"]) for row in csv.DictReader(lines)}
