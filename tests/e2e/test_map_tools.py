"""The map's tools in a real browser: layers, geofences drawn by hand, measuring, search, print."""

from __future__ import annotations

import asyncio
import json
import re
from functools import partial
from pathlib import Path

import pytest
from playwright.async_api import Page, Route

from tests.e2e.axe import serious
from tests.e2e.demo import Demo, a_page, demo_fixture, running_demo, sign_in, skip_without_browser, until
from tests.e2e.page_api import api

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

ICON = Path(__file__).parents[2] / "frontend" / "public" / "icon.svg"
_PRINTED = """window.print = () => {
    const pictures = [...document.querySelectorAll('.print-sheet img')];
    document.documentElement.dataset.printed = String(pictures.map((one) => one.naturalWidth));
}"""
"""A browser without a screen has no print dialogue: say how wide the picture was that it would have printed."""


demo = demo_fixture("--members", "40")


async def click_map(page: Page, *spots: tuple[int, int], twice: bool = False) -> None:
    """Click on the map at these places of the window, the last one twice where asked for."""
    for n, (x, y) in enumerate(spots):
        if twice and n == len(spots) - 1:
            await page.mouse.dblclick(x, y)
        else:
            await page.mouse.click(x, y)
            await page.wait_for_timeout(350)  # two clicks within that time are a double-click to the browser


async def test_a_geofence_is_drawn_changed_and_deleted(demo: Demo) -> None:
    async with a_page() as page:
        await sign_in(page, demo)
        await page.keyboard.press("g")
        await page.get_by_test_id("draw-polygon").click()
        await click_map(page, (500, 300), (640, 300), (640, 420), (500, 420), twice=True)
        await page.locator("[data-testid=fence-state][data-done=true]").wait_for()
        await page.get_by_test_id("fence-name").fill("Market square")
        await page.get_by_test_id("fence-alert").select_option("enter")
        await page.get_by_test_id("fence-save").click()
        await until(page, "document.documentElement.dataset.geofences === '1'")
        (made,) = (await api(page, "GET", "/geofences"))["items"]
        assert (made["name"], made["alert"], made["kind"]) == ("Market square", "enter", "polygon")
        (ring,) = made["geometry"]["coordinates"]
        assert len(ring) == 5
        assert ring[0] == ring[-1]

        await click_map(page, (560, 360))
        await page.locator("[data-testid=fence-state][data-done=true]").wait_for()
        await page.mouse.move(640, 420)
        await page.mouse.down()
        await page.mouse.move(700, 470, steps=5)
        await page.mouse.up()
        await page.get_by_test_id("fence-save").click()
        await page.get_by_test_id("draw-polygon").wait_for()
        (changed,) = (await api(page, "GET", "/geofences"))["items"]
        assert changed["version"] > made["version"]
        moved = [n for n in range(4) if changed["geometry"]["coordinates"][0][n] != ring[n]]
        assert moved == [2], "the one corner that was dragged"

        await page.get_by_test_id("fence-row").click()
        await page.get_by_test_id("fence-remove").click()
        await page.get_by_test_id("fence-remove").click()
        await until(page, "document.documentElement.dataset.geofences === '0'")
        assert (await api(page, "GET", "/geofences"))["items"] == []


async def test_of_two_who_change_a_geofence_the_second_is_told(demo: Demo) -> None:
    async with a_page() as page:
        await sign_in(page, demo)
        await page.keyboard.press("g")
        await page.get_by_test_id("draw-circle").click()
        await click_map(page, (560, 360), (620, 360))
        await page.get_by_test_id("fence-name").fill("Station")
        await page.get_by_test_id("fence-save").click()
        await page.get_by_test_id("fence-row").click()
        (made,) = (await api(page, "GET", "/geofences"))["items"]
        assert made["radius_m"] > 0
        other = {name: made[name] for name in ("organisation", "kind", "geometry", "radius_m")}
        await api(page, "PUT", f"/geofences/{made['id']}", other | {"name": "Old station"})
        await page.get_by_test_id("fence-name").fill("New station")
        await page.get_by_test_id("fence-save").click()
        assert "meanwhile" in await page.get_by_test_id("geofence-panel").get_by_role("alert").inner_text()
        (kept,) = (await api(page, "GET", "/geofences"))["items"]
        assert kept["name"] == "Old station"


async def test_a_way_and_an_area_are_measured_and_given_up(demo: Demo) -> None:
    async with a_page() as page:
        await sign_in(page, demo)
        await page.keyboard.press("d")
        await click_map(page, (500, 300), (640, 300), (640, 420), twice=True)
        shown = page.get_by_test_id("measure-length")
        length = await shown.inner_text()
        assert float(length.split()[0]) > 0
        await page.keyboard.press("Escape")
        await page.get_by_test_id("measure-box").wait_for(state="detached")
        await page.keyboard.press("d")
        await click_map(page, (500, 300), (640, 300), (640, 420), (500, 300), twice=True)
        assert "m²" in await page.get_by_test_id("measure-area").inner_text()


async def test_layers_are_switched_and_remembered(demo: Demo) -> None:
    async with a_page() as page:
        await sign_in(page, demo)
        await page.get_by_test_id("tool-layers").click()
        assert await page.get_by_test_id("layer-satellite").count() == 0, "this server has none"
        await page.get_by_test_id("layer-density").check()
        await until(page, "Number(document.documentElement.dataset.density) > 0")
        await page.get_by_test_id("layer-borders").uncheck()
        kept = json.loads(await page.evaluate("localStorage.getItem('gridwarden.map')"))
        assert (kept["layers"]["density"], kept["layers"]["borders"]) == (True, False)
        await page.reload()
        await until(page, "Number(document.documentElement.dataset.density) > 0")


async def test_a_name_is_found_and_gone_to(demo: Demo) -> None:
    async with a_page() as page:
        await sign_in(page, demo)
        await page.keyboard.press("f")
        box = page.get_by_test_id("map-search").get_by_role("combobox")
        await box.fill("riverside")
        await page.get_by_test_id("map-found").first.wait_for()
        assert "Riverside" in await page.get_by_test_id("map-found").first.inner_text()
        before = await page.evaluate("document.documentElement.dataset.members")
        await box.press("Enter")
        await until(page, f"Number(document.documentElement.dataset.members) < {before}")
        await page.get_by_test_id("map-search").wait_for(state="detached")


async def test_the_map_is_printed_with_its_picture(demo: Demo) -> None:
    async with a_page() as page:
        await page.add_init_script(_PRINTED)
        await sign_in(page, demo)
        await page.get_by_test_id("tool-print").click()
        await until(page, "Number(document.documentElement.dataset.printed) > 500")
        await page.get_by_test_id("print-sheet").wait_for(state="detached")


async def test_satellite_pictures_take_the_place_of_the_map(tmp_path: Path) -> None:
    skip_without_browser()
    demo_of = partial(running_demo, GRIDWARDEN_SATELLITE="/tiles/{z}/{x}/{y}.svg", GRIDWARDEN_GCJ02="satellite")
    async with demo_of(tmp_path / "data", "--members", "40") as demo, a_page() as page:
        asked: list[str] = []

        async def give(route: Route) -> None:
            asked.append(route.request.url)
            await route.fulfill(path=ICON, content_type="image/svg+xml")

        await page.route("**/tiles/**", give)
        await sign_in(page, demo)
        assert not asked
        await page.get_by_test_id("tool-layers").click()
        await page.get_by_test_id("layer-satellite").check()
        async with asyncio.timeout(60):
            await page.wait_for_event("response", lambda one: "/tiles/" in one.url)
        assert all(re.search(r"/tiles/\d+/\d+/\d+\.svg$", url) for url in asked)
        await until(page, "Number(document.documentElement.dataset.members) === 40")


@pytest.mark.parametrize(("language", "theme"), [("zh", "dark"), ("en", "light")])
async def test_everybody_can_use_them(demo: Demo, language: str, theme: str) -> None:
    async with a_page() as page:
        await page.add_init_script(
            f"localStorage.setItem('gridwarden.language', '{language}');"
            f"localStorage.setItem('gridwarden.theme', '{theme}')"
        )
        await sign_in(page, demo)
        for panel in ("layers-panel", "geofence-panel"):
            await page.keyboard.press("l" if panel == "layers-panel" else "g")
            await page.get_by_test_id(panel).wait_for()
            assert await serious(page) == []
        await page.get_by_test_id("draw-polygon").click()
        await page.get_by_test_id("fence-name").wait_for()
        assert await serious(page) == []
