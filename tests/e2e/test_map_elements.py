"""What of the registry is seen on the map: cameras beside an incident with their live picture, and layers to click."""

from __future__ import annotations

import pytest
from playwright.async_api import Page

from tests.e2e.axe import serious
from tests.e2e.demo import Demo, a_page, demo_fixture, sign_in, until
from tests.e2e.page_api import api

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

THERE = {"latitude": 51.1300, "longitude": 71.4300}
NEAR = {"latitude": 51.1309, "longitude": 71.4300}
FAR = {"latitude": 51.1500, "longitude": 71.4300}
PICTURE = "/synthetic-camera.svg"
ELSEWHERE = "https://elsewhere.example/now.jpg"


demo = demo_fixture("--members", "5")


async def a_grid(page: Page) -> str:
    found = (await api(page, "GET", "/organisations"))["items"]
    return str(next(one["id"] for one in found if one["level"] == "grid"))


async def test_an_incident_shows_the_cameras_near_by_and_their_pictures(demo: Demo) -> None:
    async with a_page() as page:
        await sign_in(page, demo)
        home = {"organisation": await a_grid(page), "kind": "camera"}
        for name, where, stream in (
            ("Bridge", NEAR, PICTURE), ("Corner", THERE, ELSEWHERE), ("Station", FAR, PICTURE),
        ):  # fmt: skip
            await api(page, "POST", "/registry/places", home | {"name": name, "stream": stream} | where)
        incident = await api(page, "POST", "/incidents", {"kind": "C0101", "description": "a cover is missing"} | THERE)
        await page.goto(f"{demo.url}/desk/{incident['id']}")
        cameras = page.get_by_test_id("camera")
        await cameras.nth(1).wait_for()
        assert [text.split()[0] for text in await cameras.all_inner_texts()] == ["Corner", "Bridge"]
        await cameras.nth(1).click()
        picture = page.get_by_test_id("camera-picture")
        await picture.wait_for()
        await until(page, "document.querySelector('[data-testid=camera-picture]').naturalWidth > 0")
        await cameras.nth(0).click()  # of an origin that the operator did not name: a link, no picture
        await page.locator(f"[data-testid=camera-link][href='{ELSEWHERE}']").wait_for()
        assert await picture.count() == 0
        assert await serious(page) == []
        await page.goto(f"{demo.url}/event/{incident['id']}")
        await page.get_by_test_id("camera").nth(1).wait_for()


async def test_components_places_and_cameras_are_layers_whose_marks_open(demo: Demo) -> None:
    async with a_page() as page:
        await sign_in(page, demo)
        home = {"organisation": await a_grid(page)}
        thing = {"code": "C0115", "name": "street lamp 7", "state": "damaged"} | NEAR
        await api(page, "POST", "/registry/things", home | thing)
        await api(page, "POST", "/registry/places", home | {"kind": "school", "name": "School 7"} | THERE)
        await api(page, "POST", "/registry/places", home | {"kind": "shop", "name": "Shop 7"} | THERE)
        await page.goto(f"{demo.url}/?view=51.1309,71.43,17")
        await page.get_by_test_id("tool-layers").click()
        for layer in ("components", "places", "cameras"):
            await page.get_by_test_id(f"layer-{layer}").check()
            await page.get_by_test_id(f"legend-{layer}").wait_for()
        await until(page, "document.documentElement.dataset.components === '1'")
        await until(page, "document.documentElement.dataset.places === '1'")
        assert await page.evaluate("document.documentElement.dataset.cameras") == "0"
        await page.get_by_test_id("component-class").select_option("greening")
        await until(page, "document.documentElement.dataset.components === '0'")
        await page.get_by_test_id("component-class").select_option("")
        await page.get_by_test_id("tool-layers").click()
        box = await page.locator(".map canvas").bounding_box()
        assert box is not None
        card = page.get_by_test_id("element-card")
        for _ in range(20):  # until the picture of the mark is drawn
            await page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
            if await card.count():
                break
            await page.wait_for_timeout(400)
        await card.get_by_text("damaged").wait_for()
        assert await card.get_by_role("link").get_attribute("href") == f"/registry/components/{await an_id(page)}"
        assert await serious(page) == []


async def an_id(page: Page) -> str:
    (thing,) = (await api(page, "GET", "/registry/things"))["items"]
    return str(thing["id"])
