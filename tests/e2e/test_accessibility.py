"""Every page of the command centre, in both languages and themes: axe finds nothing serious."""

from __future__ import annotations

import pytest
from playwright.async_api import Page

from tests.e2e.axe import serious
from tests.e2e.demo import Demo, a_page, demo_fixture, sign_in, until
from tests.e2e.page_api import api
from tests.e2e.test_dispatch_desk import a_report

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240), pytest.mark.asyncio(loop_scope="module")]

LOOKS = [("dark", "en"), ("light", "zh"), ("dark", "zh"), ("light", "en")]


demo = demo_fixture("--members", "60", scope="module")


async def something_on_every_page(page: Page) -> dict[str, str]:
    """An incident with somebody near, an alert, a channel with something said, a notice: what to wait for by path."""
    incident = (await api(page, "POST", "/incidents", await a_report(page)))["id"]
    await api(page, "POST", f"/incidents/{incident}/accept", {})
    member = (await api(page, "GET", "/positions?limit=1"))["items"][0]["member"]
    await api(page, "POST", "/alerts/drill", {"member": member})
    channel = (await api(page, "POST", "/channels", {"name": "South", "organisation": "city"}))["id"]
    await api(page, "POST", f"/channels/{channel}/messages", {"text": "all posts"})
    await api(page, "POST", "/notices", {"organisation": "city", "title": "Heating", "body": "Look at basements"})
    organisation = (await api(page, "GET", "/public/organisations"))["items"][0]["id"]
    filed = {"kind": "report", "subject": "A lamp", "body": "It is out", "organisation": organisation, "name": "Wang"}
    request = (await api(page, "POST", "/public/requests", filed))["id"]
    return {
        "/service": "request-row", f"/service/requests/{request}": "request-said", "/public": "language",
        "/service/calls/new": "deed-form", "/service/matching": "request-row", "/service/stock": "stock-report",
        "/service/assistance/new": "deed-form", "/service/distribution/new": "new-distribution",
        "/public/file": "send", "/public/follow": "show",
        "/": "incident-row", f"/desk/{incident}": "candidate", "/desk/new": "new-incident-form",
        "/desk/proposals": "proposal", "/board": "incident-row", f"/event/{incident}": "event-channel",
        f"/talk/{channel}": "message", "/notices": "notice", "/statistics": "tile-reported",
        "/forms/fire-safety": "try-form", "/forms/civil-relief/edit": "question", "/inspections": "add-plan",
        "/registry/cameras?new=1": "field-name", "/registry/duplicates": "duplicates-search",
    }  # fmt: skip


@pytest.mark.parametrize(("theme", "language"), LOOKS)
async def test_no_page_has_a_serious_finding(demo: Demo, theme: str, language: str) -> None:
    async with a_page() as page:
        await sign_in(page, demo)
        await page.evaluate(
            "([theme, language]) => { localStorage['gridwarden.theme'] = theme; "
            "localStorage['gridwarden.language'] = language; }",
            [theme, language],
        )
        faults: dict[str, list[str]] = {}
        for path, there in (await something_on_every_page(page)).items():
            await page.goto(f"{demo.url}{path}")
            await page.get_by_test_id(there).first.wait_for()
            await until(page, f"document.documentElement.lang === '{language}'")
            if found := await serious(page):
                faults[path] = found
        assert not faults
