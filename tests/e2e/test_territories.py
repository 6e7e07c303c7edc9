"""Territories redrawn on the map in a browser: corners, a split, a merge, what does not fit, and what was before."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.async_api import Page

from tests.e2e.axe import serious
from tests.e2e.demo import Demo, a_page, demo_fixture, sign_in, until
from tests.e2e.page_api import api

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

WEST, BORDER, EAST, SOUTH, NORTH = 75.0, 75.01, 75.02, 51.0, 51.008
"""Two grids of a community away from the demo's city."""


def a_box(west: float, east: float) -> dict[str, Any]:
    ring = [[west, SOUTH], [east, SOUTH], [east, NORTH], [west, NORTH], [west, SOUTH]]
    return {"type": "Polygon", "coordinates": [ring]}


demo = demo_fixture("--members", "5")


async def found_two_grids(page: Page) -> None:
    street = next(one["id"] for one in (await api(page, "GET", "/organisations"))["items"] if one["level"] == "street")
    community = {"id": "yard", "parent": street, "level": "community", "name": "Yard", "territory": a_box(WEST, EAST)}
    await api(page, "POST", "/organisations", community)
    for name, territory in (("left", a_box(WEST, BORDER)), ("right", a_box(BORDER, EAST))):
        grid = {"id": name, "parent": "yard", "level": "grid", "name": name.title(), "territory": territory}
        await api(page, "POST", "/organisations", grid)
    place = {"organisation": "left", "kind": "school", "name": "School", "latitude": 51.004, "longitude": 75.009}
    await api(page, "POST", "/registry/places", place)


async def open_tool(page: Page, demo: Demo, grid: str) -> None:
    await page.goto(f"{demo.url}/?organisation={grid}&view=51.004,75.01,14.4")
    await page.get_by_test_id("tool-territories").click()
    await page.get_by_test_id("territory-log").wait_for()


async def spot(page: Page, longitude: float, latitude: float) -> tuple[float, float]:
    """Where a place is in the window: by the scale of Web Mercator at zoom 14.4, around the middle of the map."""
    box = await page.locator(".map canvas").bounding_box()
    assert box is not None
    per_degree = 512 * 2**14.4 / 360
    x = box["x"] + box["width"] / 2 + (longitude - 75.01) * per_degree
    y = box["y"] + box["height"] / 2 - (latitude - 51.004) * per_degree / 0.6293
    return x, y


async def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    await page.mouse.move(*start)
    await page.mouse.down()
    await page.mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2, steps=4)
    await page.mouse.move(*end, steps=4)
    await page.mouse.up()


async def version(page: Page, grid: str) -> int:
    return int((await api(page, "GET", f"/organisations/{grid}"))["version"])


async def test_borders_move_with_their_neighbours_and_what_does_not_fit_is_not_stored(demo: Demo) -> None:
    async with a_page() as page:
        await sign_in(page, demo)
        await found_two_grids(page)
        before = datetime.now(UTC)
        await open_tool(page, demo, "left")
        await page.get_by_test_id("territory-edit").click()
        outcome = page.get_by_test_id("territory-outcome")
        await outcome.wait_for()
        assert await serious(page) == []
        await page.get_by_test_id("territory-neighbours").uncheck()
        corner, inwards = await spot(page, BORDER, NORTH), await spot(page, BORDER - 0.003, NORTH - 0.0005)
        await drag(page, corner, inwards)
        await page.locator("[data-testid=territory-outcome][data-faults='1']").wait_for()
        assert await page.get_by_test_id("territory-save").is_disabled()
        await page.get_by_test_id("territory-neighbours").check()
        await page.locator("[data-testid=territory-outcome][data-faults='0']").get_by_text("Right").wait_for()
        await page.get_by_test_id("territory-save").click()
        await page.get_by_test_id("territory-edit").wait_for()
        assert (await version(page, "left"), await version(page, "right")) == (2, 2)
        assert (await api(page, "GET", "/territories/faults?organisation=yard"))["total"] == 0
        await page.get_by_test_id("territory-day").fill(before.astimezone().strftime("%Y-%m-%dT%H:%M:%S"))
        await until(page, "Number(document.documentElement.dataset.past) > 0")


async def test_a_grid_is_split_by_a_line_and_merged_again(demo: Demo) -> None:
    async with a_page() as page:
        await sign_in(page, demo)
        await found_two_grids(page)
        await open_tool(page, demo, "left")
        await page.get_by_test_id("territory-split").click()
        await page.get_by_test_id("territory-name").fill("Left East")
        await page.mouse.click(*await spot(page, 75.006, SOUTH - 0.002))
        await page.wait_for_timeout(350)  # two clicks within that time are a double-click to the browser
        await page.mouse.dblclick(*await spot(page, 75.006, NORTH + 0.002))
        await page.locator("[data-testid=territory-outcome][data-faults='0']").wait_for()
        await page.get_by_test_id("territory-save").click()
        await page.get_by_test_id("territory-split").wait_for()
        moved = (await api(page, "GET", "/registry/places?q=School"))["items"][0]
        assert moved["organisation"] == "left-2"
        await page.get_by_test_id("territory-merge").click()
        await page.get_by_label("Left East").check()
        await page.locator("[data-testid=territory-outcome][data-faults='0']").wait_for()
        await page.get_by_test_id("territory-save").click()
        await page.get_by_test_id("territory-merge").wait_for()
        moved = (await api(page, "GET", "/registry/places?q=School"))["items"][0]
        assert moved["organisation"] == "left"
        await page.get_by_test_id("territory-log").get_by_text("merged").first.wait_for()
