"""The work diary and the score in real browsers: an entry arrives once, a supervisor objects and is heard."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Page

from tests.e2e.axe import serious
from tests.e2e.demo import a_page, skip_without_browser
from tests.e2e.town import KIND, Town, a_photograph, a_town

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300), pytest.mark.asyncio(loop_scope="module")]

PASSWORD = "a lamp in the third yard"
COUNTED_S = 120
"""The worker counts every twenty seconds, later on a busy machine."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    skip_without_browser()
    async with a_town(tmp_path_factory.mktemp("appraised")) as town:
        yield town


async def signed_in(page: Page, town: Town, name: str, role: str, organisation: str) -> None:
    """That user, made by the administrator, on this page."""
    user = {"name": name, "password": PASSWORD, "role": role, "organisation": organisation}
    await town.admin.post("/users", user)
    await page.goto(town.server.url("/"))
    await page.get_by_test_id("sign-in-name").fill(name)
    await page.get_by_test_id("sign-in-password").fill(PASSWORD)
    await page.get_by_test_id("sign-in-submit").click()
    await page.get_by_test_id("sign-in-submit").wait_for(state="detached")


async def failed_verification(town: Town, member: str) -> str:
    """The member handled it, somebody else looked and sent it back."""
    async with town.phone(member) as phone:
        incident = str((await town.dispatched(member))["id"])
        await phone.tap("task")
        for step in ("acknowledge", "en-route", "arrive"):
            await phone.tap(f"do-{step}")
        await phone.page.get_by_test_id("done-note").fill("a new cover lies there")
        await phone.tap("send-feedback")
        await town.until(f"/incidents/{incident}", lambda said: said["state"] == "feedback")
    await town.admin.post(f"/incidents/{incident}/verify", {"passed": False, "note": "it is still open"})
    return incident


async def counted(town: Town, member: str, holds: str = "failed_verification") -> Any:
    """The member's score, once that rule has counted something."""
    async with asyncio.timeout(COUNTED_S):
        while True:
            score = await town.until(f"/appraisal/members/{member}", lambda _: True)
            line = next(one for one in score["lines"] if one["code"] == holds)
            if line["items"]:
                return score
            await asyncio.sleep(0.2)


async def test_an_entry_written_without_a_network_arrives_once_with_its_photograph_and_its_incident(
    town: Town, tmp_path: Path
) -> None:
    member = town.member()
    async with town.phone(member) as phone:
        page = phone.page
        await page.evaluate("navigator.serviceWorker.ready.then(() => null)")
        await page.locator("[data-testid=gps][data-receiver=on]").wait_for()
        await phone.context.set_offline(True)
        await phone.tap("tab-report")
        await phone.tap("function-diary")
        await phone.tap("diary-write")
        await page.get_by_test_id("diary-text").fill("The lamp of the stairwell is dark, she fell.")
        await page.get_by_test_id("diary-whom").fill("Mrs Zhao")
        await page.keyboard.press("Enter")
        await page.get_by_test_id("diary-where").fill("House 4")
        await page.get_by_test_id("photo-input").set_input_files(a_photograph(tmp_path))
        await page.get_by_test_id("photo").wait_for()
        await page.get_by_test_id("kind").select_option(KIND)
        await phone.tap("diary-save")
        await page.get_by_test_id("diary-waiting").wait_for()
        await page.reload()
        await page.get_by_test_id("diary-waiting").wait_for()
        await phone.context.set_offline(False)
        await page.get_by_test_id("waiting").wait_for(state="detached")
        await phone.tap("diary-entry")
        await page.get_by_text("Mrs Zhao").wait_for()
        await page.locator(".diary-photographs img").wait_for()
        (entry,) = (await town.admin.get("/diary", member=member))["items"]
        assert (entry["photographs"], entry["met"], entry["place"]) == (1, "Mrs Zhao", "House 4")
        incident = await town.admin.get(f"/incidents/{entry['incident']}")
        assert incident["description"] == entry["text"]
        await page.get_by_text(entry["incident"]).wait_for()


async def test_a_supervisor_rates_what_chance_drew_and_the_member_reads_it(town: Town) -> None:
    member = town.member()
    async with town.phone(member) as phone, a_page() as desk:
        await phone.tap("tab-report")
        await phone.tap("function-diary")
        await phone.tap("diary-write")
        await phone.page.get_by_test_id("diary-text").fill("Sat with her for an hour.")
        await phone.tap("diary-save")
        await phone.page.get_by_test_id("diary-entry").wait_for()
        await signed_in(desk, town, "rose", "supervisor", "north")
        await desk.goto(town.server.url("/appraisal/diary"))
        await desk.get_by_test_id("diary-draw").click()
        entry = desk.get_by_test_id("diary-entry").filter(has_text="Sat with her")
        stars = entry.get_by_test_id("diary-rating")
        box = await stars.bounding_box()
        assert box is not None
        await stars.click(position={"x": box["width"] * 0.7, "y": box["height"] / 2})
        await entry.get_by_test_id("diary-word").fill("to the point")
        await entry.get_by_test_id("diary-rate").click()
        await entry.get_by_text("to the point").wait_for()
        await phone.tap("tab-report")
        await phone.tap("function-diary")
        await phone.tap("diary-entry")
        await phone.page.get_by_text("to the point").wait_for()


async def test_a_supervisor_objects_to_a_score_and_it_is_corrected_on_record(town: Town) -> None:
    member = town.member()
    incident = await failed_verification(town, member)
    before = await counted(town, member)
    async with a_page() as objector, a_page() as judge, town.phone(member) as phone:
        await signed_in(objector, town, "sue", "supervisor", "north-1")
        await objector.goto(town.server.url(f"/appraisal?level=member&subject={member}"))
        await objector.get_by_test_id("line-failed_verification").locator("summary").click()
        await objector.get_by_test_id("line-failed_verification").get_by_text(incident).wait_for()
        await objector.get_by_test_id("object-about").click()
        await objector.get_by_role("option", name=incident).click()
        await objector.get_by_test_id("objection-reason").fill("the verifier looked at another cover")
        await objector.get_by_test_id("object").click()
        await objector.get_by_test_id("object-sent").wait_for()

        await signed_in(judge, town, "cora", "commander", "north")
        await judge.goto(town.server.url("/appraisal/objections"))
        objection = judge.get_by_test_id("objection").filter(has_text=incident)
        await objection.get_by_test_id("decision-answer").fill("the photograph shows the right cover")
        await objection.get_by_test_id("decision-points").fill("0.2")
        await objection.get_by_test_id("decision-accept").click()
        await objection.get_by_text("decided by cora").wait_for()

        await objector.reload()
        corrections = objector.get_by_test_id("corrections")
        await corrections.get_by_text("the photograph shows the right cover").wait_for()
        after = await town.admin.get(f"/appraisal/members/{member}")
        assert after["total"] == pytest.approx(before["total"] + 0.2)
        assert [(one["points"], one["made_by"]) for one in after["corrections"]] == [(0.2, "cora")]

        await phone.tap("tab-me")
        await phone.tap("score-link")
        await phone.page.get_by_text("the photograph shows the right cover").first.wait_for()


async def test_a_member_objects_to_one_incident_from_the_handheld(town: Town) -> None:
    member = town.member()
    incident = await failed_verification(town, member)
    await counted(town, member)
    async with town.phone(member) as phone:
        await phone.tap("tab-me")
        await phone.tap("score-link")
        line = phone.page.get_by_test_id("line-failed_verification")
        await line.locator("summary").click()
        await line.get_by_text(incident).wait_for()
        await line.get_by_test_id("object-to-incident").click()
        await phone.page.get_by_test_id("objection-reason").fill("the rain had washed it away")
        await phone.tap("objection-send")
        await phone.page.locator("[data-testid=my-objection][data-state=open]").wait_for()
    (made,) = [one for one in (await town.admin.get("/appraisal/objections"))["items"] if one["subject"] == member]
    assert (made["incident"], made["rule"]) == (incident, "failed_verification")


@pytest.mark.parametrize(("theme", "language"), list(product(("dark", "light"), ("en", "zh"))))
async def test_no_page_of_it_has_a_serious_finding(town: Town, theme: str, language: str) -> None:
    async with a_page() as page:
        await signed_in(page, town, f"axe-{theme}-{language}", "administrator", "city")
        await page.evaluate(
            "([theme, language]) => { localStorage['gridwarden.theme'] = theme; "
            "localStorage['gridwarden.language'] = language; }",
            [theme, language],
        )
        faults: dict[str, list[str]] = {}
        for path in ("", "/objections", "/falsifications", "/diary", "/rules", "/frozen"):
            await page.goto(town.server.url(f"/appraisal{path}"))
            await page.get_by_test_id("appraisal").wait_for()
            if found := await serious(page):
                faults[path] = found
        assert not faults


@pytest.mark.parametrize(("theme", "language"), list(product(("dark", "light"), ("en", "zh"))))
async def test_no_page_of_the_handheld_s_has_a_serious_finding(town: Town, theme: str, language: str) -> None:
    async with town.phone(town.member(), theme=theme, language=language) as phone:
        faults: dict[str, list[str]] = {}
        for path in ("diary", "diary/new", "score"):
            await phone.page.goto(f"/handheld/{path}")
            await phone.page.locator("main[data-page]").wait_for()
            if found := await serious(phone.page):
                faults[path] = found
        assert not faults
