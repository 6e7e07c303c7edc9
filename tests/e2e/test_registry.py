"""Basic data in a real browser: a clerk corrects a resident and sees what was before, a supervisor merges a twin."""

from __future__ import annotations

import pytest
from playwright.async_api import FilePayload, Page

from tests.e2e.axe import serious
from tests.e2e.demo import Demo, a_page, demo_fixture
from tests.e2e.page_api import api

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

PASSWORD = "correct horse battery"
PLACE = {"latitude": 51.16, "longitude": 71.43}
ONE = {"name": "Li Zephyrine", "birth_date": "1980-02-03"}
PAPER: FilePayload = {"name": "lease.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 a lease"}


demo = demo_fixture("--members", "5")


async def enter(page: Page, demo: Demo, name: str, password: str, path: str = "/registry") -> None:
    """Signed in as somebody, and at basic data."""
    answer = await page.request.post(f"{demo.url}/api/v1/session", data={"name": name, "password": password})
    assert answer.ok
    await page.goto(demo.url + path)
    await page.get_by_test_id("section-buildings").wait_for()


async def found_a_home(page: Page) -> None:
    """P1 in a house, P2 of the same name and birthday without one; a clerk and a supervisor; somebody of elsewhere."""
    organisations = (await api(page, "GET", "/organisations"))["items"]
    grid = next(one["id"] for one in organisations if one["level"] == "grid")
    elsewhere = [one["id"] for one in organisations if one["level"] == "district"][-1]
    bodies = {
        "buildings": {"id": "B1", "organisation": grid, "address": "Garden 7"} | PLACE,
        "houses": {"id": "H1", "building": "B1", "number": "101"}, "households": {"id": "F1", "house": "H1"},
    }  # fmt: skip
    for element, body in bodies.items():
        await api(page, "POST", f"/registry/{element}", body)
    home = {"id": "P1", "household": "F1", "relation": "head", "telephone": "10000000017"}
    await api(page, "POST", "/registry/people", ONE | home)
    await api(page, "POST", "/registry/people", ONE | {"id": "P2", "organisation": grid, "ethnicity": "Han"})
    people = (("clerk", "officer", "city"), ("sue", "supervisor", "city"), ("olly", "officer", elsewhere))
    for name, role, organisation in people:
        user = {"name": name, "password": PASSWORD, "role": role, "organisation": organisation}
        await api(page, "POST", "/users", user)


async def open_one(page: Page, record: str) -> None:
    await page.locator(f"[data-testid=admin-row][data-id='{record}']").click()


async def test_a_clerk_corrects_a_resident_and_sees_what_was_before(demo: Demo) -> None:
    async with a_page() as page:
        await enter(page, demo, demo.user, demo.password)
        await found_a_home(page)
        await enter(page, demo, "clerk", PASSWORD, "/registry/residents")
        await page.get_by_test_id("admin-search").fill("zephy")
        await open_one(page, "P1")
        await page.get_by_test_id("purpose").fill("annual check")
        await page.get_by_test_id("purpose-send").click()
        await page.get_by_test_id("field-name").fill("")
        await page.get_by_test_id("form-send").click()
        await page.locator("[data-testid=field-name][aria-invalid=true]").wait_for()
        await page.get_by_test_id("field-name").fill("Li Zephyra")
        await api(page, "PATCH", "/registry/people/P1", {"version": 1, "occupation": "cook"})
        await page.get_by_test_id("form-send").click()
        clash = page.get_by_test_id("clash")
        await clash.get_by_text("Li Zephyra").wait_for()
        await clash.get_by_text("cook").first.wait_for()
        assert await serious(page) == []
        await page.get_by_test_id("clash-mine").click()
        await clash.wait_for(state="detached")
        await page.get_by_test_id("tab-history").click()
        newest = page.get_by_test_id("history").locator("li").first
        await newest.locator("del", has_text="Li Zephyrine").wait_for()
        await newest.locator("ins", has_text="Li Zephyra").wait_for()
        kept = await api(page, "GET", "/registry/people/P1?purpose=check")
        assert (kept["name"], kept["occupation"], kept["version"]) == ("Li Zephyra", "cook", 3)

        await page.get_by_test_id("tab-record").click()
        await page.get_by_text("100****0017").first.wait_for()
        await page.get_by_test_id("reveal").click()
        await page.get_by_test_id("number-telephone").get_by_text("10000000017").wait_for()
        await page.get_by_test_id("tab-files").click()
        async with page.expect_file_chooser() as chooser:
            await page.get_by_test_id("file-add").click()
        await (await chooser.value).set_files([PAPER])
        await page.get_by_test_id("file").get_by_text("lease.pdf").wait_for()
        await page.get_by_test_id("tab-record").click()
        await page.get_by_role("link", name="In the 3D city").click()
        await page.locator("[data-testid=city-map]").wait_for()
        assert page.url.endswith("/city/B1/H1")


async def test_a_supervisor_merges_a_duplicate_and_undoes_it(demo: Demo) -> None:
    async with a_page() as page:
        await enter(page, demo, demo.user, demo.password)
        await found_a_home(page)
        await enter(page, demo, "olly", PASSWORD, "/registry/duplicates")
        await page.get_by_test_id("duplicates-search").click()
        await page.get_by_text("No duplicate is proposed").wait_for()
        await enter(page, demo, "sue", PASSWORD, "/registry/duplicates")
        await page.get_by_test_id("duplicates-search").click()
        await page.get_by_text("same name and birthday").wait_for()
        await page.get_by_test_id("admin-row").first.click()
        await page.get_by_test_id("purpose").fill("cleaning")
        await page.get_by_test_id("purpose-send").click()
        assert await page.get_by_test_id("take-ethnicity-1").is_checked(), "what only the other says is taken"
        assert await serious(page) == []
        await page.get_by_test_id("merge").click()
        await page.get_by_text("No duplicate is proposed").wait_for()
        kept = await api(page, "GET", "/registry/people/P1?purpose=check")
        assert (kept["ethnicity"], kept["household"]) == ("Han", "F1")
        assert (await api(page, "GET", "/registry/people/P2?purpose=check"))["merged_into"] == "P1"
        await page.get_by_text("Merged", exact=True).first.click()
        await page.get_by_test_id("admin-row").first.click()
        await page.get_by_test_id("undo").click()
        await page.get_by_test_id("undo").click()
        await page.get_by_text("Undone by sue").wait_for()
        assert (await api(page, "GET", "/registry/people/P1?purpose=check"))["ethnicity"] is None
        await page.get_by_test_id("section-access").click()
        await page.get_by_text("cleaning").first.wait_for()
        assert await serious(page) == []
