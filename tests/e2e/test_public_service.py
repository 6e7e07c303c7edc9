"""A citizen's story in two real browsers: a request is filed and followed, an officer answers, the citizen rates it."""

from __future__ import annotations

import pytest
from playwright.async_api import Page

from tests.e2e.demo import Demo, a_page, demo_fixture, sign_in
from tests.e2e.page_api import api

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240), pytest.mark.asyncio(loop_scope="module")]

PASSWORD = "a lamp in the third yard"


demo = demo_fixture("--members", "60", scope="module")


async def file_a_request(page: Page, demo: Demo, subject: str) -> str:
    """As a citizen, by the form. Its code."""
    await page.goto(f"{demo.url}/public/file")
    await page.locator("#subject").fill(subject)
    await page.locator("#body").fill("It has been dark for three days")
    await page.locator("#organisation option").nth(1).wait_for(state="attached")
    await page.locator("#organisation").select_option(index=1)
    await page.locator("#name").fill("Wang Xiaoming")
    await page.locator("#telephone").fill("13912345678")
    await page.get_by_test_id("send").click()
    return await page.get_by_test_id("code").inner_text()


async def follow(page: Page, demo: Demo, code: str) -> None:
    await page.goto(f"{demo.url}/public/follow")
    await page.locator("#code").fill(code)
    await page.get_by_test_id("show").click()
    await page.get_by_test_id("request").wait_for()


async def do(page: Page, deed: str, text: str) -> None:
    """A deed of the officer's that says something."""
    await page.get_by_test_id(f"deed-{deed}").click()
    await page.get_by_test_id("field-text").fill(text)
    await page.get_by_test_id("deed-send").click()
    await page.get_by_test_id("deed-form").wait_for(state="detached")


async def in_state(page: Page, state: str) -> None:
    await page.locator(f"[data-testid=request-pane] [data-testid=request-state][data-state={state}]").wait_for()


async def an_officer(page: Page, demo: Demo) -> None:
    """Made by the administrator; the page is his from then on."""
    await sign_in(page, demo)
    officer = {"name": "officer-li", "password": PASSWORD, "role": "officer", "organisation": "city"}
    await api(page, "POST", "/users", officer)
    await api(page, "DELETE", "/session")
    await page.context.clear_cookies()
    await api(page, "POST", "/session", {"name": "officer-li", "password": PASSWORD})


async def test_a_citizen_files_an_officer_answers_and_the_citizen_rates(demo: Demo) -> None:
    async with a_page() as citizen, a_page() as desk:
        code = await file_a_request(citizen, demo, "The lamp is out")
        await an_officer(desk, demo)
        await desk.goto(f"{demo.url}/service")
        await desk.get_by_test_id("request-row").get_by_text("The lamp is out").click()
        assert "/service/requests/RQ-" in desk.url
        await desk.get_by_test_id("deed-take").click()
        await in_state(desk, "in_hand")
        await do(desk, "message", "Which yard is it?")

        await follow(citizen, demo, code)
        await citizen.get_by_text("Which yard is it?").wait_for()
        await citizen.locator("#message").fill("The third one")
        await citizen.get_by_role("button", name="Send").click()
        await citizen.get_by_test_id("request").get_by_text("The third one").wait_for()

        await desk.reload()
        await desk.get_by_test_id("request-said").get_by_text("The third one").wait_for()
        await do(desk, "answer", "The lamp is replaced")
        await in_state(desk, "answered")

        await follow(citizen, demo, code)
        await citizen.get_by_text("The lamp is replaced").wait_for()
        await citizen.get_by_test_id("score-5").click()
        await citizen.get_by_test_id("rate").click()
        await citizen.get_by_role("status").get_by_text("Very good").wait_for()

        await desk.reload()
        await desk.get_by_test_id("request-score").get_by_text("5 of 5").wait_for()


async def test_a_telephone_is_shown_in_full_to_who_says_what_for_and_that_is_on_record(demo: Demo) -> None:
    async with a_page() as citizen, a_page() as desk:
        await file_a_request(citizen, demo, "Call me back")
        await sign_in(desk, demo)
        await desk.goto(f"{demo.url}/service")
        await desk.get_by_test_id("request-row").get_by_text("Call me back").click()
        contact = desk.get_by_test_id("request-contact")
        await contact.get_by_test_id("reveal").wait_for()
        assert "13912345678" not in await contact.inner_text()
        await contact.get_by_test_id("reveal").click()
        await contact.get_by_test_id("purpose").fill("to ask which yard")
        await contact.get_by_test_id("purpose-send").click()
        await contact.get_by_text("13912345678").wait_for()


async def test_what_is_work_becomes_an_incident_at_the_desk(demo: Demo) -> None:
    async with a_page() as citizen, a_page() as desk:
        await file_a_request(citizen, demo, "A lid is missing")
        await sign_in(desk, demo)
        await desk.goto(f"{demo.url}/service")
        await desk.get_by_test_id("request-row").get_by_text("A lid is missing").click()
        await desk.get_by_test_id("deed-forward").click()
        await desk.get_by_test_id("field-kind").click()
        await desk.get_by_role("option").first.click()
        await desk.get_by_test_id("deed-send").click()
        await in_state(desk, "forwarded")
        await desk.get_by_test_id("request-incident").click()
        await desk.get_by_test_id("incident-panel").get_by_text("A lid is missing").first.wait_for()


async def test_a_call_becomes_a_request_that_the_caller_follows_and_the_number_is_known_again(demo: Demo) -> None:
    async with a_page() as citizen, a_page() as desk:
        await sign_in(desk, demo)
        for subject in ("Heating is cold", "Still cold"):
            await desk.goto(f"{demo.url}/service/calls/new")
            await desk.get_by_test_id("field-telephone").fill("100 5555 0001")
            if subject == "Still cold":
                await desk.get_by_test_id("earlier").get_by_text("Heating is cold").first.wait_for()
            await desk.get_by_test_id("field-kind").click()
            await desk.get_by_role("option", name="Complaint").click()
            await desk.get_by_test_id("field-subject").fill(subject)
            await desk.get_by_test_id("field-body").fill("Since Monday, third floor")
            await desk.get_by_test_id("deed-send").click()
            await desk.get_by_test_id("request-pane").get_by_text(subject).first.wait_for()
        await desk.get_by_test_id("deed-request").click()
        await desk.get_by_test_id("deed-send").click()
        code = (await desk.get_by_test_id("call-code").locator("p").first.inner_text()).strip()
        await follow(citizen, demo, code)
        await citizen.get_by_test_id("request").get_by_text("Still cold").wait_for()
        await desk.get_by_test_id("deed-call-back").click()
        await desk.get_by_test_id("field-score").click()
        await desk.get_by_role("option", name="4 of 5").click()
        await desk.get_by_test_id("field-note").fill("It is warm again")
        await desk.get_by_test_id("deed-send").click()
        await desk.get_by_test_id("call-score").get_by_text("4 of 5").wait_for()


async def test_an_offer_and_a_need_are_proposed_and_brought_together(demo: Demo) -> None:
    async with a_page() as desk:
        await sign_in(desk, demo)
        for side, title in (("offer", "Canteen takes a cook"), ("need", "Work as a cook")):
            listing = {
                "organisation": "city", "side": side, "category": "work", "title": title, "body": "Mornings",
                "ends_on": "2099-01-01",
            }  # fmt: skip
            made = await api(desk, "POST", "/listings", listing)
        await desk.goto(f"{demo.url}/service/matching/{made['id']}")
        proposal = desk.get_by_test_id("proposal").filter(has_text="Canteen takes a cook").first
        await proposal.get_by_text("cook", exact=True).wait_for()
        await proposal.get_by_test_id("match").click()
        await proposal.get_by_test_id("field-note").fill("They met")
        await proposal.get_by_test_id("deed-send").click()
        await in_state(desk, "matched")
