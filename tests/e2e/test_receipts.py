"""A member hands out without a network, on a phone-sized page of a real browser: the receipt arrives once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Page

from tests.e2e.axe import serious
from tests.e2e.demo import skip_without_browser
from tests.e2e.town import Phone, Town, a_town

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300), pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """With two households in the members' grid."""
    skip_without_browser()
    async with a_town(tmp_path_factory.mktemp("receipts")) as town:
        building = {"id": "B-1", "name": "", "address": "Abay Avenue 12", "latitude": 51.125, "longitude": 71.425}
        await town.admin.post("/registry/buildings", building)
        for door in ("101", "102"):
            await town.admin.post("/registry/houses", {"id": f"H-{door}", "building": "B-1", "number": door})
            await town.admin.post("/registry/households", {"id": f"F-{door}", "house": f"H-{door}"})
            await town.admin.post("/registry/people", {"name": "Aisulu", "household": f"F-{door}", "relation": "head"})
        yield town


async def handed_out(town: Town, title: str) -> str:
    """A distribution of rice to both households. Its id."""
    store = (await town.admin.post("/stores", {"organisation": "north", "name": f"Store of {title}"}))["id"]
    await town.admin.post(f"/stores/{store}/movements", {"kind": "delivery", "commodity": "rice", "quantity": 9})
    goods = [{"commodity": "rice", "quantity": 2}]
    asked = {"organisation": "north", "title": title, "store": store, "goods": goods}
    return str((await town.admin.post("/distributions", asked))["id"])


async def rice_in(town: Town, distribution: str) -> int:
    store = (await town.admin.get(f"/distributions/{distribution}"))["store"]
    stores: list[dict[str, Any]] = (await town.admin.get("/stores"))["items"]
    return int(next(one for one in stores if one["id"] == store)["stock"][0]["quantity"])


async def draw(page: Page) -> None:
    """A signature, with a finger."""
    box = await page.get_by_test_id("signature").bounding_box()
    assert box is not None
    await page.mouse.move(box["x"] + 40, box["y"] + 60)
    await page.mouse.down()
    for step in range(1, 12):
        await page.mouse.move(box["x"] + 40 + 22 * step, box["y"] + 60 + (step % 3) * 30)
    await page.mouse.up()


async def sign(phone: Phone, title: str, address: str) -> None:
    await phone.tap("tab-report")
    await phone.tap("function-distribution")
    await phone.page.get_by_test_id("distribution").filter(has_text=title).click()
    await phone.page.get_by_test_id("door").filter(has_text=address).click()
    await phone.page.get_by_test_id("recipient").fill("Aisulu")
    await draw(phone.page)
    await phone.tap("send-receipt")
    await phone.page.locator("[data-testid=door][data-signed=true]").wait_for()


async def test_a_receipt_signed_without_a_network_arrives_once(town: Town) -> None:
    distribution = await handed_out(town, "Winter relief")
    async with town.phone(town.member()) as phone:
        await phone.tap("tab-report")
        await phone.tap("function-distribution")
        await phone.page.get_by_test_id("distribution").filter(has_text="Winter relief").wait_for()
        await phone.page.evaluate("navigator.serviceWorker.ready.then(() => null)")
        await phone.context.set_offline(True)
        await sign(phone, "Winter relief", "Abay Avenue 12 101")
        await phone.page.reload()
        await phone.page.get_by_test_id("waiting").get_by_text("1").wait_for()
        assert (await town.admin.get(f"/distributions/{distribution}"))["received"] == 0
        await phone.context.set_offline(False)
        await phone.page.get_by_test_id("waiting").wait_for(state="detached")
        told = await town.until(f"/distributions/{distribution}", lambda said: said["received"] == 1)
        assert told["households"] == 2
        assert await rice_in(town, distribution) == 7
        await phone.page.locator("[data-testid=door][data-signed=true]").wait_for()
        assert not await serious(phone.page)


async def test_who_signed_already_at_another_door_is_told(town: Town) -> None:
    distribution = await handed_out(town, "Masks")
    async with town.phone(town.member()) as one, town.phone(town.member()) as two:
        for phone in (one, two):
            await phone.tap("tab-report")
            await phone.tap("function-distribution")
            await phone.page.get_by_test_id("distribution").filter(has_text="Masks").wait_for()
        await two.page.evaluate("navigator.serviceWorker.ready.then(() => null)")
        await two.context.set_offline(True)
        await sign(two, "Masks", "Abay Avenue 12 102")
        await sign(one, "Masks", "Abay Avenue 12 102")
        await town.until(f"/distributions/{distribution}", lambda said: said["received"] == 1)
        await two.context.set_offline(False)
        await two.page.locator("[data-testid=waiting][data-refused=true]").click()
        assert "signed for it already" in await two.page.get_by_test_id("refusal").inner_text()
        assert await rice_in(town, distribution) == 7
