"""The story of the first page, in a real browser on the real demo: members are on the map, move, and go silent."""

from __future__ import annotations

import os
import signal

import pytest

from tests.e2e.demo import Demo, a_page, demo_fixture, sign_in, until

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

MEMBERS = 60


demo = demo_fixture("--members", str(MEMBERS), GRIDWARDEN_STALE_AFTER="5s", GRIDWARDEN_SILENT_AFTER="10s")


async def test_a_wrong_password_is_told(demo: Demo) -> None:
    async with a_page() as page:
        await page.goto(demo.url)
        await page.get_by_test_id("sign-in-name").fill(demo.user)
        await page.get_by_test_id("sign-in-password").fill("not the password")
        await page.get_by_test_id("sign-in-submit").click()
        await page.get_by_role("alert").wait_for()
        assert "wrong" in (await page.get_by_role("alert").inner_text())


async def test_members_are_on_the_map_move_and_go_stale_when_the_fleet_stops(demo: Demo) -> None:
    async with a_page() as page:
        await sign_in(page, demo)
        await until(page, f"Number(document.documentElement.dataset.online) > {MEMBERS * 0.8}")
        frames = int(await page.evaluate("document.documentElement.dataset.frames"))
        await until(page, f"Number(document.documentElement.dataset.frames) > {frames + 3}")
        await page.get_by_test_id("link-state").get_by_text("Live").wait_for()
        os.kill(demo.fleet, signal.SIGKILL)
        await until(page, "Number(document.documentElement.dataset.online) === 0")
        await until(page, "Number(document.documentElement.dataset.silent) > 0")


async def test_an_organisation_shows_its_members_and_a_member_its_track(demo: Demo) -> None:
    async with a_page() as page:
        await sign_in(page, demo)
        await until(page, f"Number(document.documentElement.dataset.members) === {MEMBERS}")
        await page.get_by_test_id("organisation-row").nth(1).click()
        await until(page, f"(n => n > 0 && n < {MEMBERS})(Number(document.documentElement.dataset.members))")
        await page.get_by_role("tab", name="Members").click()
        await page.get_by_test_id("member-row").first.click()
        await page.get_by_test_id("member-panel").wait_for()
        await page.get_by_test_id("track-hour").click()
        await page.get_by_test_id("replay-slider").wait_for()
        before = await page.get_by_test_id("replay-time").inner_text()
        await page.get_by_test_id("replay-play").click()
        await until(page, f"document.querySelector('[data-testid=replay-time]').innerText !== '{before}'")
        await until(page, "/organisation=.*member=.*view=/.test(location.search)")
        await page.reload()  # the address brings it all back
        await page.get_by_test_id("member-panel").wait_for()
        await until(page, f"(n => n > 0 && n < {MEMBERS})(Number(document.documentElement.dataset.members))")
        await page.keyboard.press("Escape")
        await page.get_by_test_id("member-panel").wait_for(state="detached")
