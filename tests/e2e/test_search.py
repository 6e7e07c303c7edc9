"""A commander types the pinyin of a resident and stands before the house in the 3D city, in a real browser."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import Page

from tests.e2e.axe import serious
from tests.e2e.demo import Demo, a_page, demo_fixture, sign_in, until
from tests.e2e.page_api import api

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

PLACE = {"latitude": 51.16, "longitude": 71.43}


demo = demo_fixture("--members", "5")


async def move_in(page: Page) -> None:
    """A building with one home, and 张伟民 in it; until search knows him."""
    grid = next(one["id"] for one in (await api(page, "GET", "/organisations"))["items"] if one["level"] == "grid")
    west, south = PLACE["longitude"], PLACE["latitude"]
    ring = [[west, south], [west + 4e-4, south], [west + 4e-4, south + 3e-4], [west, south + 3e-4], [west, south]]
    footprint = {"type": "Polygon", "coordinates": [ring]}
    building = {"id": "B1", "organisation": grid, "name": "鼓楼小区3栋", "floors": 3, "footprint": footprint} | PLACE
    await api(page, "POST", "/registry/buildings", building)
    await api(page, "POST", "/registry/houses", {"id": "H2", "building": "B1", "floor": 2, "number": "201"})
    await api(page, "POST", "/registry/households", {"id": "F1", "house": "H2"})
    await api(page, "POST", "/registry/people", {"household": "F1", "relation": "head", "name": "张伟民"})
    async with asyncio.timeout(60):
        while not (await api(page, "GET", "/search?q=zhangweimin"))["items"]:
            await page.wait_for_timeout(200)


async def test_the_pinyin_of_a_resident_leads_to_the_house(demo: Demo) -> None:
    async with a_page() as page:
        await sign_in(page, demo)
        await move_in(page)
        await page.keyboard.press("Control+k")
        await page.get_by_test_id("palette-input").fill("zhangwei")
        found = page.get_by_test_id("palette-entry").filter(has_text="张伟民")
        await found.get_by_text("鼓楼小区3栋 201").wait_for()
        assert await serious(page) == []
        await found.click()
        await until(page, "location.pathname === '/city/B1/H2'")
        await page.get_by_test_id("purpose").fill("welfare visit")
        await page.get_by_test_id("purpose-send").click()
        await page.get_by_test_id("city-resident").get_by_text("张伟民").wait_for()


async def test_an_address_leads_to_the_building(demo: Demo) -> None:
    async with a_page() as page:
        await sign_in(page, demo)
        await move_in(page)
        await page.keyboard.press("Control+k")
        await page.get_by_test_id("palette-input").fill("glxq3")
        await page.get_by_test_id("palette-entry").filter(has_text="鼓楼小区3栋").first.wait_for()
        await page.keyboard.press("Enter")
        await until(page, "location.pathname.startsWith('/city/B1')")
