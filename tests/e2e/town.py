"""A town with members and an administrator, and phones in a real browser that carry the handheld page."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
from PIL import Image
from playwright.async_api import Browser, BrowserContext, Geolocation, Page, async_playwright

from simulators.day.people import Person, Refused
from tests.e2e.demo import CHROMIUM, FLAGS
from tests.integration.running import Server, serving
from tests.registry.two_districts import square

__all__ = ["HERE", "Phone", "Town", "a_photograph", "a_town"]

HERE: Geolocation = {"latitude": 51.125, "longitude": 71.425, "accuracy": 9}
"""In the members' grid."""
NEAR = {"latitude": 51.1275, "longitude": 71.4275}
KIND = "C0101"
NAMES = [
    f"{family} {given}" for given in ("Na", "Fang", "Wei", "Min", "Jun") for family in ("Li", "Wang", "Zhao", "Chen")
]
MEMBERS = [name.lower().replace(" ", "-") for name in NAMES]
WAIT_S = 30.0


@dataclass(frozen=True, slots=True)
class Phone:
    """A page of the handheld in a browser of its own."""

    context: BrowserContext
    page: Page

    async def tap(self, test_id: str) -> None:
        """Touch what has that test id, the first of them."""
        await self.page.get_by_test_id(test_id).first.click()

    async def hold(self, test_id: str, ms: float) -> None:
        """Press it that long."""
        box = await self.page.get_by_test_id(test_id).bounding_box()
        assert box is not None
        await self.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        await self.page.mouse.down()
        await self.page.wait_for_timeout(ms)
        await self.page.mouse.up()


class Town:
    """Its server, its administrator, and a browser."""

    def __init__(self, server: Server, admin: Person, browser: Browser) -> None:
        self.server, self.admin, self._browser = server, admin, browser
        self._members = iter(MEMBERS)

    def member(self) -> str:
        """One who has done nothing yet, and has no other test."""
        return next(self._members)

    async def code(self, member: str) -> Any:
        """A new code of a member: code, link."""
        return await self.admin.post(f"/members/{member}/enrolment", {})

    @asynccontextmanager
    async def phone(
        self, member: str | None, *, theme: str = "dark", language: str = "en", scale: float = 1
    ) -> AsyncIterator[Phone]:
        """A phone, enrolled as that member's; None: nobody's yet. A fault of the page fails the test."""
        context = await self._browser.new_context(
            viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, reduced_motion="reduce",
            device_scale_factor=scale,
            geolocation=HERE, permissions=["geolocation"], locale=language,
            color_scheme="light" if theme == "light" else "dark", base_url=self.server.url(""),
        )  # fmt: skip
        page, errors = await context.new_page(), list[str]()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: errors.append(said.text) if "Content Security Policy" in said.text else None)
        link = "/handheld" if member is None else (await self.code(member))["link"]
        await page.goto(link)
        phone = Phone(context, page)
        if member is not None:
            await phone.tap("use-code")
            await page.locator("[data-testid=link][data-link=live]").wait_for()
        yield phone
        await context.close()
        assert not errors

    async def dispatched(self, member: str) -> Any:
        """An incident near by, to which that member was sent."""
        report = {"kind": KIND, "description": "a cover is missing", "address": "Abay Avenue 12"} | NEAR
        incident = await self.admin.post("/incidents", report)
        return await self.send(incident["id"], member)

    async def send(self, incident: str, member: str) -> Any:
        """The incident with that member sent to it."""
        return await self.admin.post(f"/incidents/{incident}/dispatch", {"members": [member], "answer_within_s": 3600})

    async def until(self, path: str, holds: Callable[[Any], bool]) -> Any:
        """What the API answers once that holds; 404 counts as not yet."""
        async with asyncio.timeout(WAIT_S):
            while True:
                try:
                    said = await self.admin.get(path)
                except Refused as refused:
                    said = None if refused.status == 404 else refused
                if said is not None and holds(said):
                    return said
                await asyncio.sleep(0.05)

    async def actions(self, incident: str) -> list[str]:
        """What was done with an incident, in order."""
        return [entry["action"] for entry in (await self.admin.get(f"/incidents/{incident}/log"))["items"]]

    async def picture(self, file: str) -> tuple[int, int]:
        """The size in pixels of a photograph."""
        headers = {"Authorization": f"Bearer {self.admin.token}"}
        async with self.admin.session.get(f"{self.admin.base}/api/v1/files/{file}", headers=headers) as answer:
            assert answer.status == 200
            with Image.open(io.BytesIO(await answer.read())) as image:
                return image.size


@asynccontextmanager
async def a_town(folder: Path) -> AsyncIterator[Town]:
    """Founded, with its members in one grid."""
    async with serving(folder / "data") as server, aiohttp.ClientSession() as http, async_playwright() as playwright:
        await _found(server, folder)
        admin = Person(http, server.url(""), await server.add_user("root", "administrator"))
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield Town(server, admin, browser)
        await browser.close()


async def _found(server: Server, folder: Path) -> None:
    tree, members = folder / "tree.geojson", folder / "members.csv"
    units = (
        ({"id": "north", "parent": "city", "level": "district", "name": "North"}, square(71.42, 51.12, 0.05)),
        ({"id": "north-1", "parent": "north", "level": "grid", "name": "Grid 1"}, square(71.42, 51.12)),
    )
    features = [{"type": "Feature", "properties": unit, "geometry": territory} for unit, territory in units]
    tree.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    members.write_text(
        "id,name,organisation\n" + "".join(f"{one},{name},north-1\n" for one, name in zip(MEMBERS, NAMES, strict=True))
    )
    streets = folder / "streets.geojson"
    streets.write_text(json.dumps(_round_the_corner()))
    await server.command("import", "organisations", str(tree))
    await server.command("import", "members", str(members))
    await server.command("import", "streets", str(streets))


def _round_the_corner() -> dict[str, Any]:
    """A street from HERE north and then east to NEAR."""
    line = [[HERE["longitude"], HERE["latitude"]], [HERE["longitude"], NEAR["latitude"]],
            [NEAR["longitude"], NEAR["latitude"]]]  # fmt: skip
    street = {"highway": "residential", "name": "Corner Street"}
    geometry = {"type": "LineString", "coordinates": line}
    return {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "properties": street, "geometry": geometry}],
    }


def a_photograph(folder: Path) -> Path:
    """A large one, as a camera makes them."""
    path = folder / "photograph.jpg"
    Image.linear_gradient("L").resize((3000, 2000)).convert("RGB").save(path)
    return path
