"""A commander opens a building in the 3D city and finds a resident's house, in a real browser."""

from __future__ import annotations

import pytest

from tests.e2e.axe import serious
from tests.e2e.demo import Demo, a_page, demo_fixture, sign_in, until
from tests.e2e.page_api import api

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

IN_FIRST_STREET = {"latitude": 51.16, "longitude": 71.43}


demo = demo_fixture("--members", "5")


def ring(west: float, south: float) -> list[list[float]]:
    east, north = west + 0.0004, south + 0.0003
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


async def test_a_building_opens_and_a_resident_is_found(demo: Demo) -> None:
    async with a_page() as page:
        await sign_in(page, demo)
        grid = next(one["id"] for one in (await api(page, "GET", "/organisations"))["items"] if one["level"] == "grid")
        footprint = {"type": "Polygon", "coordinates": [ring(71.43, 51.16)]}
        building = {"id": "B1", "organisation": grid, "address": "Garden 7", "floors": 3, "footprint": footprint}
        await api(page, "POST", "/registry/buildings", building | IN_FIRST_STREET)
        for floor in (1, 2, 3):
            house = {"id": f"H{floor}", "building": "B1", "floor": floor, "number": f"{floor}01"}
            await api(page, "POST", "/registry/houses", house)
        await api(page, "POST", "/registry/households", {"id": "F1", "house": "H2"})
        person = {"household": "F1", "relation": "head", "name": "Li Zephyrine", "telephone": "10000000017"}
        await api(page, "POST", "/registry/people", person)
        await page.get_by_test_id("page-city").click()
        await page.locator("[data-testid=city-map][data-buildings='1']").wait_for()
        await page.get_by_test_id("city-find").fill("zephy")
        await page.get_by_test_id("city-found").click()
        await until(page, "location.pathname === '/city/B1/H2'")
        await page.get_by_test_id("purpose").fill("welfare visit")
        await page.get_by_test_id("purpose-send").click()
        await page.get_by_test_id("city-resident").get_by_role("button").first.click()
        await page.get_by_text("100****0017").wait_for()
        await page.get_by_test_id("reveal").click()
        await page.get_by_text("10000000017").wait_for()
        assert await serious(page) == []
        looks = (await api(page, "GET", "/registry/access"))["items"]
        assert [(one["element"], one["action"], one["purpose"]) for one in looks] == [
            ("people", "reveal", "welfare visit"), ("people", "look", "welfare visit"),
            ("buildings", "look", "welfare visit"),
        ]  # fmt: skip
