"""Markup in the texts that people send: every page of a real browser shows it as text, no element comes of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Page

from tests.e2e.demo import a_page, skip_without_browser
from tests.e2e.town import HERE, Town, a_town

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300), pytest.mark.asyncio(loop_scope="module")]

MARKUP = "<img src=x data-injected onerror=alert(1)><b data-injected>bold</b>"
"""An element that would be found, whether its handler may run or not."""
PLACE = {"latitude": HERE["latitude"], "longitude": HERE["longitude"]}
PASSWORD = "a lamp in the third yard"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    skip_without_browser()
    async with a_town(tmp_path_factory.mktemp("markup")) as town:
        yield town


def sent(member: str) -> list[tuple[str, Mapping[str, Any]]]:
    """One of everything with markup in each text of it, in the order in which they need each other."""
    now = datetime.now(UTC)
    soon = {"starts_at": (now + timedelta(hours=1)).isoformat(), "ends_at": (now + timedelta(hours=9)).isoformat()}
    ring = {"type": "Polygon", "coordinates": [[[71.42, 51.12], [71.43, 51.12], [71.43, 51.13], [71.42, 51.12]]]}
    entry = {"text": MARKUP, "visited_at": now.isoformat(), "place": MARKUP, "met": MARKUP}
    return [
        ("/organisations", {"id": "marked", "parent": "north", "level": "department", "name": MARKUP}),
        ("/members", {"id": "marked", "name": MARKUP, "organisation": "north-1"}),
        ("/posts", {"code": "marked", "name_en": MARKUP, "name_zh": MARKUP}),
        ("/staffing-presets", {"code": "marked", "name_en": MARKUP, "name_zh": MARKUP, "level": "grid", "posts": []}),
        ("/geofences", {"organisation": "north", "name": MARKUP, "kind": "polygon", "geometry": ring}),
        ("/incidents", {"kind": "C0101", "description": MARKUP, "address": MARKUP, **PLACE}),
        ("/incidents/I-1/note", {"text": MARKUP}),
        ("/notices", {"organisation": "north", "title": MARKUP, "body": MARKUP}),
        ("/channels", {"organisation": "north", "name": MARKUP, "members": [member]}),
        ("/channels/H-1/messages", {"text": MARKUP}),
        ("/shifts", {"organisation": "north", "name": MARKUP, "members": [member], **soon}),
        ("/diary", entry | PLACE),
        ("/public/requests", {"kind": "question", "subject": MARKUP, "body": MARKUP, "name": MARKUP,
                              "organisation": "north"}),
        ("/registry/buildings", {"id": "B-m", "name": MARKUP, "address": MARKUP, **PLACE}),
        ("/registry/places", {"id": "L-m", "kind": "shop", "name": MARKUP, **PLACE}),
        ("/registry/establishments", {"id": "E-m", "kind": "company", "name": MARKUP, "organisation": "north-1"}),
    ]  # fmt: skip


PAGES = (
    "/", "/desk/I-1", "/board", "/event/I-1", "/talk/H-1", "/notices", "/service", "/service/requests/RQ-1",
    "/statistics", "/appraisal", "/appraisal/diary", "/city", "/forms", "/admin/organisations", "/admin/members",
    "/admin/posts", "/admin/kinds", "/admin/shifts", "/admin/geofences", "/admin/users", "/admin/devices",
)  # fmt: skip
TOLD = {"/", "/desk/I-1", "/board", "/talk/H-1", "/notices", "/service", "/appraisal/diary", "/admin/members"}
"""Where the markup must be read as text: the pages did show it."""


async def injected(page: Page) -> int:
    """How many elements came of it, on the page or in its title."""
    found: int = await page.evaluate("document.querySelectorAll('[data-injected], img[src=\"x\"]').length")
    return found


async def test_no_text_of_anybody_becomes_an_element_of_the_command_centre(town: Town) -> None:
    member = town.member()
    channel = ""
    for path, body in sent(member):
        made = await town.admin.post(path.replace("H-1", channel), body)
        channel = made["id"] if path == "/channels" else channel
    await town.admin.put("/registry/groups", {"code": "marked", "name_en": MARKUP, "name_zh": MARKUP})
    user = {"name": "reader", "password": PASSWORD, "role": "administrator", "organisation": "city"}
    await town.admin.post("/users", user)
    async with a_page() as page:
        await page.goto(town.server.url("/"))
        await page.get_by_test_id("sign-in-name").fill("reader")
        await page.get_by_test_id("sign-in-password").fill(PASSWORD)
        await page.get_by_test_id("sign-in-submit").click()
        await page.get_by_test_id("sign-in-submit").wait_for(state="detached")
        wrong = []
        for path in PAGES:
            await page.goto(town.server.url(path.replace("H-1", channel)))
            if path in TOLD:
                await page.get_by_text("<b data-injected>").first.wait_for()
            else:
                await page.wait_for_load_state("networkidle")
            if await injected(page):
                wrong.append(path)
        assert not wrong


async def test_none_becomes_an_element_of_the_handheld_or_of_the_public_s_pages(town: Town) -> None:
    member = town.member()
    await town.admin.post("/notices", {"organisation": "north", "title": MARKUP, "body": MARKUP})
    incident = await town.admin.post("/incidents", {"kind": "C0101", "description": MARKUP, **PLACE})
    await town.send(incident["id"], member)
    filed = {"kind": "question", "subject": MARKUP, "body": MARKUP, "name": MARKUP, "organisation": "north"}
    code = (await town.admin.post("/public/requests", filed))["code"]
    async with town.phone(member) as phone:
        for path, told in (("/handheld", "task"), ("/handheld/messages", "notice"), ("/handheld/report", "tab-me")):
            await phone.page.goto(path)
            await phone.page.get_by_test_id(told).first.wait_for()
            assert not await injected(phone.page)
        await phone.page.goto("/handheld")
        await phone.tap("task")
        await phone.page.get_by_text("<b data-injected>").first.wait_for()
        assert not await injected(phone.page)
    async with a_page() as page:
        await page.goto(town.server.url("/public/follow"))
        await page.locator("#code").fill(code)
        await page.get_by_test_id("show").click()
        await page.get_by_text("<b data-injected>").first.wait_for()
        assert not await injected(page)


async def test_a_page_that_did_put_markup_in_would_be_found(town: Town) -> None:
    async with a_page() as page:
        await page.goto(town.server.url("/"))
        markup = MARKUP.replace(" onerror=alert(1)", "")  # what the policy refuses is told as a fault of the page
        await page.evaluate("(markup) => { document.body.innerHTML += markup; }", markup)
        assert await injected(page)
