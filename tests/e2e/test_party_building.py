"""Party building in real browsers: an editor writes, a supervisor approves, the public reads; a citizen takes a number,
the screen shows the call, and he says how it was."""

from __future__ import annotations

import pytest
from playwright.async_api import Page

from tests.e2e.axe import serious
from tests.e2e.demo import Demo, a_page, demo_fixture, sign_in, until
from tests.e2e.page_api import api

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240), pytest.mark.asyncio(loop_scope="module")]

PASSWORD = "a red lantern at the gate"
MARKUP = "<img src=x onerror=document.title=1>"
LOOKS = [("dark", "en"), ("light", "zh"), ("dark", "zh"), ("light", "en")]


demo = demo_fixture("--members", "20", scope="module")


async def sign_in_as(page: Page, demo: Demo, name: str, role: str) -> None:
    """A user of the city, made by the administrator; the page is his from then on."""
    await sign_in(page, demo)
    await api(page, "POST", "/users", {"name": name, "password": PASSWORD, "role": role, "organisation": "city"})
    await api(page, "DELETE", "/session")
    await page.context.clear_cookies()
    await api(page, "POST", "/session", {"name": name, "password": PASSWORD})


async def in_state(page: Page, state: str) -> None:
    await page.locator(f"[data-testid=publication] [data-testid=publication-state][data-state={state}]").wait_for()


async def test_an_editor_writes_a_supervisor_approves_and_the_public_reads(demo: Demo) -> None:
    async with a_page() as editor, a_page() as supervisor, a_page() as public:
        await sign_in_as(editor, demo, "editor-wu", "officer")
        await editor.goto(f"{demo.url}/party")
        await editor.get_by_test_id("new-draft").click()
        await editor.get_by_test_id("title-en").fill(f"The new park {MARKUP}")
        await editor.get_by_test_id("body-en").fill(f"# Opening\n\n- on Sunday\n\n{MARKUP}")
        await editor.get_by_test_id("save-draft").click()
        await in_state(editor, "draft")
        await editor.get_by_test_id("publication-submit").click()
        await in_state(editor, "submitted")
        assert await editor.get_by_test_id("publication-approve").count() == 0

        await sign_in_as(supervisor, demo, "supervisor-zhao", "supervisor")
        await supervisor.goto(f"{demo.url}/party")
        await supervisor.get_by_test_id("publication-row").get_by_text("The new park").click()
        await supervisor.get_by_test_id("publication-approve").click()
        await in_state(supervisor, "approved")
        await supervisor.get_by_test_id("publication-publish").click()
        await supervisor.get_by_test_id("publish-send").click()
        await in_state(supervisor, "published")

        await public.goto(f"{demo.url}/public/news")
        await public.get_by_test_id("news-title").get_by_text("The new park").click()
        article = public.get_by_test_id("article")
        await article.get_by_role("heading", name="Opening").wait_for()
        await article.get_by_text(MARKUP).first.wait_for()
        assert await article.locator("img").count() == 0


async def a_hall(page: Page) -> str:
    """A hall of its own with a window that is open; its id."""
    districts = [one for one in (await api(page, "GET", "/organisations"))["items"] if one["level"] == "district"]
    hall = str(districts[0]["id"])
    service = {"organisation": hall, "letter": "K", "name_en": "Passports", "name_zh": "护照"}
    served = (await api(page, "POST", "/queue/services", service))["id"]
    at = (await api(page, "GET", "/positions?limit=1"))["items"][0]
    place = {"organisation": hall, "kind": "service_window", "name": "Counter 7"}
    place |= {name: at[name] for name in ("latitude", "longitude")}
    made = (await api(page, "POST", "/registry/places", place))["id"]
    sent = {"organisation": hall, "place": made, "services": [served]}
    window = (await api(page, "POST", "/queue/windows", sent))["id"]
    await api(page, "POST", f"/queue/windows/{window}/open", {})
    return hall


async def ticket_state(page: Page, state: str) -> None:
    await page.locator(f"[data-testid=ticket-state][data-state={state}]").wait_for()


async def test_a_citizen_takes_a_number_the_screen_calls_it_and_he_says_how_it_was(demo: Demo) -> None:
    async with a_page() as desk, a_page() as citizen, a_page() as screen:
        await sign_in(desk, demo)
        hall = await a_hall(desk)
        await citizen.goto(f"{demo.url}/public/windows/{hall}")
        await citizen.get_by_test_id("wait").get_by_text("no wait").wait_for()
        await citizen.get_by_test_id("take").click()
        assert await citizen.get_by_test_id("label").inner_text() == "K001"
        await ticket_state(citizen, "waiting")

        await screen.goto(f"{demo.url}/public/windows/{hall}/screen")
        await screen.get_by_text("Nobody is called yet").wait_for()
        await desk.goto(f"{demo.url}/party/windows?hall={hall}")
        counter = desk.locator("section").filter(has_text="Counter 7")
        await counter.get_by_test_id("call-next").click()
        call = screen.get_by_test_id("call")
        await call.get_by_text("K001").wait_for()
        await call.get_by_text("Counter 7").wait_for()
        await ticket_state(citizen, "called")
        await counter.get_by_test_id("ticket-serve").click()
        await counter.get_by_test_id("ticket-finish").click()

        await citizen.get_by_test_id("score-2").click()
        await citizen.locator("#rate-comment").fill("Nobody told me what to bring")
        await citizen.get_by_test_id("rate").click()
        await citizen.get_by_text("Thank you. You said: Poor.").wait_for()

        await desk.goto(f"{demo.url}/party/evaluations")
        low = desk.get_by_test_id("low").filter(has_text="Nobody told me what to bring")
        await low.get_by_test_id("follow-up-note").fill("The list hangs at the door now.")
        await low.get_by_test_id("follow-up-send").click()
        await low.wait_for(state="detached")


async def test_incidents_by_theme_lead_to_the_dispatch_desk(demo: Demo) -> None:
    async with a_page() as page:
        await sign_in(page, demo)
        at = (await api(page, "GET", "/positions?limit=1"))["items"][0]
        report = {"kind": "E0102", "description": "bags", "latitude": at["latitude"], "longitude": at["longitude"]}
        incident = (await api(page, "POST", "/incidents", report))["id"]
        await page.goto(f"{demo.url}/social")
        await page.get_by_test_id("theme-sanitation").click()
        await page.get_by_test_id("theme-incident").get_by_text(incident).click()
        await page.get_by_test_id("incident-panel").get_by_text("bags").first.wait_for()


@pytest.mark.parametrize(("theme", "language"), LOOKS)
async def test_no_page_has_a_serious_finding(demo: Demo, theme: str, language: str) -> None:
    async with a_page() as page:
        await sign_in(page, demo)
        await page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        await page.evaluate(
            "([theme, language]) => { localStorage['gridwarden.theme'] = theme; "
            "localStorage['gridwarden.language'] = language; }",
            [theme, language],
        )
        hall = (await api(page, "GET", "/queue/halls"))["items"][0]["id"]
        written = (await api(page, "GET", "/publications?state=published&limit=1"))["items"][0]["id"]
        pages = {
            "/party": "publication-row", f"/party/publications/{written}": "publication", "/social": "theme-safety",
            "/party/publications/new": "publication-editor", f"/party/windows?hall={hall}": "window",
            "/party/evaluations": "figure-mean", "/public/news": "news-title", f"/public/news/{written}": "article",
            "/public/windows": "hall", f"/public/windows/{hall}": "queue", f"/public/windows/{hall}/screen": "screen",
            "/public/windows/mine": "ticket-show",
        }  # fmt: skip
        faults: dict[str, list[str]] = {}
        for path, there in pages.items():
            await page.goto(f"{demo.url}{path}")
            await page.get_by_test_id(there).first.wait_for()
            await until(page, f"document.documentElement.lang === '{language}'")
            if found := await serious(page):
                faults[path] = found
        assert not faults
