"""An administrator's work in a real browser: people and phones are added, files refused, each sees only his part."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.async_api import Page

from tests.e2e.axe import serious
from tests.e2e.demo import Demo, a_page, demo_fixture, until
from tests.e2e.page_api import api

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300), pytest.mark.asyncio(loop_scope="module")]

SECTIONS = (
    "organisations", "members", "posts", "devices", "users", "roles", "kinds", "shifts", "imports", "geofences",
    "webhooks",
)  # fmt: skip
PASSWORD = "correct horse battery"


demo = demo_fixture("--members", "60", scope="module")


async def enter(page: Page, demo: Demo, name: str = "", password: str = "") -> None:
    """Signed in, as the demo's administrator where nobody is named, and at the administration: no map need be drawn."""
    body = {"name": name or demo.user, "password": password or demo.password}
    answer = await page.request.post(f"{demo.url}/api/v1/session", data=body)
    assert answer.ok
    await page.goto(f"{demo.url}/admin")
    await page.get_by_test_id("link-state").wait_for()


async def open_section(page: Page, section: str) -> None:
    await page.get_by_test_id(f"section-{section}").click()
    await page.locator(f"[data-testid=section-{section}][aria-current=page]").wait_for()


async def fill(page: Page, **fields: str) -> None:
    for name, text in fields.items():
        await page.get_by_test_id(f"field-{name}").fill(text)


async def row(page: Page, key: str) -> None:
    await page.locator(f"[data-testid=admin-row][data-id='{key}']").wait_for()


async def test_a_member_is_added_found_and_sent_off_shift(demo: Demo) -> None:
    async with a_page() as page:
        await enter(page, demo)
        await open_section(page, "members")
        await page.get_by_test_id("admin-add").click()
        await fill(page, id="m-900", phone="+1 555")
        await page.get_by_test_id("form-send").click()
        await page.get_by_text("String should have at least 1 character").wait_for()  # at the name
        assert await page.get_by_test_id("field-name").get_attribute("aria-invalid") == "true"
        await fill(page, name="Zoe Zephyr")
        await page.get_by_test_id("field-posts").fill("patrol")
        await page.keyboard.press("Enter")
        await page.get_by_test_id("form-send").click()
        await until(page, "location.pathname === '/admin/members/m-900'")
        await page.get_by_test_id("admin-search").fill("zephyr")
        await until(page, "document.querySelectorAll('[data-testid=admin-row]').length === 1")
        await row(page, "m-900")
        await page.get_by_test_id("field-on_duty").click(force=True)
        await page.get_by_test_id("form-send").click()
        await page.locator("[data-testid=admin-row]").get_by_text("Off shift").wait_for()
        stored = await api(page, "GET", "/members/m-900")
        assert (stored["name"], stored["posts"], stored["phone"], stored["on_duty"]) == (
            "Zoe Zephyr", ["patrol"], "+1 555", False,
        )  # fmt: skip


async def test_a_post_is_added_and_offered_at_members_and_an_organisation_tells_who_is_missing(demo: Demo) -> None:
    async with a_page() as page:
        await enter(page, demo)
        await open_section(page, "posts")
        await page.get_by_test_id("admin-add").click()
        await fill(page, code="night-watch", name_en="night watch", name_zh="夜巡")
        await page.get_by_test_id("form-send").click()
        await row(page, "night-watch")
        await page.goto(f"{demo.url}/admin/members?new=1")
        await page.get_by_test_id("field-posts").click()
        await page.get_by_role("option", name="night watch").wait_for()
        presets = (await api(page, "GET", "/staffing-presets"))["items"]
        await api(page, "PATCH", "/organisations/city/staffing", {"presets": [presets[0]["code"]]})
        await page.goto(f"{demo.url}/admin/organisations/city")
        wanted = page.get_by_test_id("staffing").get_by_role("row").nth(1)
        said = (await api(page, "GET", "/organisations/city/staffing"))["posts"][0]
        assert (await wanted.inner_text()).split("\t")[:2] == [said["name_en"], str(said["wanted"])]


async def test_who_is_on_shift_now_and_what_is_wrong_with_territories_stand_in_lists(demo: Demo) -> None:
    async with a_page() as page:
        await enter(page, demo)
        member = (await api(page, "GET", "/members?limit=1"))["items"][0]
        now = datetime.now(UTC)
        shift = {
            "name": "Late shift", "organisation": member["organisation"], "members": [member["id"]],
            "starts_at": (now - timedelta(hours=1)).isoformat(), "ends_at": (now + timedelta(hours=7)).isoformat(),
        }  # fmt: skip
        await api(page, "POST", "/shifts", shift)
        await open_section(page, "shifts")
        await page.get_by_text("On shift now", exact=True).click()
        await page.locator("[data-testid=admin-row]").get_by_text("Late shift").wait_for()
        assert await serious(page) == []
        await page.goto(f"{demo.url}/admin/organisations?show=faults")
        said = (await api(page, "GET", "/territories/faults"))["items"]
        await at_rest(page)
        assert await page.locator("[data-testid=admin-row]").count() >= min(len(said), 8)
        assert await serious(page) == []


async def test_an_id_that_is_taken_is_told_at_the_id(demo: Demo) -> None:
    async with a_page() as page:
        await enter(page, demo)
        taken = (await api(page, "GET", "/members?limit=1"))["items"][0]["id"]
        await page.goto(f"{demo.url}/admin/members?new=1")
        await fill(page, id=taken, name="Twin")
        await page.get_by_test_id("form-send").click()
        await page.locator(".ui-form").get_by_text("already").wait_for()
        assert await page.get_by_test_id("field-id").get_attribute("aria-invalid") == "true"


async def test_a_device_is_added_and_its_codes_set_phones_up(demo: Demo) -> None:
    async with a_page() as page:
        await enter(page, demo)
        await open_section(page, "devices")
        await page.get_by_test_id("admin-add").click()
        await fill(page, device="phone-900")
        await page.get_by_test_id("form-send").click()
        token = await page.get_by_test_id("token").inner_text()
        code = urlsplit(await qr(page))
        assert (code.path, parse_qs(code.query)["id"]) == ("/ingest/osmand", ["phone-900"])
        await page.get_by_text("OwnTracks", exact=True).click()
        await page.get_by_role("img", name="OwnTracks").wait_for()
        inline = parse_qs(urlsplit(await qr(page)).query)["inline"][0]
        settings = json.loads(base64.b64decode(inline))
        assert (settings["username"], settings["password"]) == ("phone-900", token)
        assert await reports(page, settings) == 200
        await page.get_by_test_id("pane-close").click()
        await page.get_by_test_id("admin-search").fill("phone-900")
        await row(page, "phone-900")
        await page.locator("[data-testid=admin-row][data-id=phone-900]").click()
        await page.get_by_text("OwnTracks", exact=True).click()
        await page.get_by_test_id("setup-new-token").wait_for()  # the token is told once


async def qr(page: Page) -> str:
    """What the shown QR code says."""
    return str(await page.get_by_test_id("qr").get_attribute("data-text"))


async def reports(page: Page, settings: dict[str, Any]) -> int:
    """The status that a phone hears that was set up so."""
    credentials = base64.b64encode(f"{settings['username']}:{settings['password']}".encode()).decode()
    fix = {"_type": "location", "lat": 51.13, "lon": 71.43, "tst": int(await page.evaluate("Date.now() / 1000"))}
    answer = await page.request.post(settings["url"], data=fix, headers={"Authorization": f"Basic {credentials}"})
    return answer.status


async def test_a_member_gets_a_code_for_our_own_handheld(demo: Demo) -> None:
    async with a_page() as page:
        await enter(page, demo)
        member = (await api(page, "GET", "/members?limit=1"))["items"][0]["id"]
        await page.goto(f"{demo.url}/admin/members/{member}")
        await page.get_by_test_id("enrol").click()
        assert (await qr(page)).startswith(f"{demo.url}/handheld#enrol=")


async def test_a_file_with_bad_rows_is_refused_row_by_row_and_the_good_ones_may_be_kept(
    demo: Demo, tmp_path: Path
) -> None:
    file = tmp_path / "members.csv"
    file.write_text("id,name,organisation\nm-901,Good,city\nm-902,,city\nm-903,Lost,nowhere\n")
    async with a_page() as page:
        await enter(page, demo)
        await open_section(page, "imports")
        await page.locator("input[type=file]").set_input_files(file)
        await page.get_by_test_id("import-send").click()
        await page.get_by_test_id("import-outcome").get_by_text("Nothing was stored").wait_for()
        refused = [await one.inner_text() for one in await page.get_by_test_id("refused-row").all()]
        assert [one.split("\t") for one in refused] == [
            ["3", "name", "name must be filled"],
            ["4", "organisation", "there is no organisation 'nowhere': import it first"],
        ]
        async with page.expect_download() as download:
            await page.get_by_test_id("refused-csv").click()
        told = await (await download.value).path()
        assert "3,name,name must be filled" in told.read_text(encoding="utf-8")
        await page.get_by_test_id("import-skip").click(force=True)
        await page.get_by_test_id("import-send").click()
        await page.get_by_test_id("import-outcome").get_by_text("1 of 3 rows stored").wait_for()
        assert (await api(page, "GET", "/members/m-901"))["name"] == "Good"


def many_rows(file: Path, count: int = 2_000) -> Path:
    """Members of which each hundredth has no name."""
    rows = [f"n-{n},{'' if n % 100 == 99 else f'Name {n}'},city" for n in range(count)]
    file.write_text("\n".join(["id,name,organisation", *rows]), encoding="utf-8")
    return file


async def state_is(page: Page, state: str) -> None:
    await page.locator(f"[data-testid=job] [data-state={state}]").wait_for()


async def test_a_job_of_many_rows_tells_after_a_reload_how_far_it_is_and_what_was_refused(
    demo: Demo, tmp_path: Path
) -> None:
    file = many_rows(tmp_path / "many.csv")
    async with a_page() as page:
        await enter(page, demo)
        await open_section(page, "imports")
        await page.locator("input[type=file]").set_input_files(file)
        await page.get_by_test_id("import-job").click()
        await page.locator("[data-testid=job] [data-state]:not([data-state=receiving])").wait_for()
        await page.reload()
        await state_is(page, "done")
        assert await page.get_by_test_id("jobStored").inner_text() == "1,980"
        await page.locator("[data-testid=job-row] [data-state=done]").first.wait_for()
        assert await page.get_by_test_id("refused-row").count() == 20
        assert (await page.get_by_test_id("refused-row").first.inner_text()).split("\t") == [
            "101", "name", "name must be filled",
        ]  # fmt: skip
        async with page.expect_download() as download:
            await page.get_by_test_id("job-refused-csv").click()
        told = await (await download.value).path()
        assert len(told.read_text(encoding="utf-8").splitlines()) == 21
        assert (await api(page, "GET", "/members/n-1998"))["name"] == "Name 1998"
        assert await serious(page) == []


async def test_a_file_that_was_not_sent_whole_is_chosen_again_and_a_job_is_cancelled(
    demo: Demo, tmp_path: Path
) -> None:
    file = many_rows(tmp_path / "half.csv", 10)
    async with a_page() as page:
        await enter(page, demo)
        half, other = [await api(page, "POST", "/import-jobs", {"kind": "members", "name": file.name}) for _ in "ab"]
        await page.goto(f"{demo.url}/admin/imports/members?job={half['id']}")
        again = page.get_by_test_id("job-half-sent").locator("input[type=file]")
        await again.set_input_files(many_rows(tmp_path / "other.csv", 1))
        await page.get_by_text("This job waits for half.csv.").wait_for()
        await again.set_input_files(file)
        await state_is(page, "done")
        await page.locator(f"[data-testid=job-row][data-id='{other['id']}']").click()
        await page.get_by_test_id("job-cancel").click()
        await page.get_by_text("No further rows are stored").wait_for()
        await page.get_by_test_id("job-cancel").click()
        await state_is(page, "cancelled")
        assert (await api(page, "GET", f"/import-jobs/{other['id']}"))["state"] == "cancelled"


async def test_people_are_exported_only_for_a_purpose(demo: Demo) -> None:
    async with a_page() as page:
        await enter(page, demo)
        await page.goto(f"{demo.url}/admin/imports/people")
        assert await page.get_by_test_id("export-csv").count() == 0
        await page.get_by_test_id("export-purpose").click()
        await page.get_by_test_id("purpose").fill("the yearly count")
        await page.get_by_test_id("purpose-send").click()
        for form in ("csv", "xlsx", "geojson"):
            async with page.expect_download() as download:
                await page.get_by_test_id(f"export-{form}").click()
            assert (await download.value).suggested_filename == f"people.{form}"
        looks = (await api(page, "GET", "/registry/access?limit=3"))["items"]
        assert {one["purpose"] for one in looks} == {"the yearly count"}


async def test_an_administrator_of_a_street_sees_its_subtree_and_a_dispatcher_no_administration(demo: Demo) -> None:
    async with a_page() as page:
        await enter(page, demo)
        organisations = (await api(page, "GET", "/organisations?territory=false"))["items"]
        street = next(one for one in organisations if one["level"] == "street")
        for name, role in (("street.admin", "administrator"), ("street.dispatcher", "dispatcher")):
            body = {"name": name, "password": PASSWORD, "role": role, "organisation": street["id"]}
            await api(page, "POST", "/users", body)
    async with a_page() as page:
        await enter(page, demo, "street.admin", PASSWORD)
        await open_section(page, "organisations")
        await row(page, street["id"])
        ids = await page.locator("[data-testid=admin-row]").evaluate_all("rows => rows.map((row) => row.dataset.id)")
        assert set(ids) <= {one["id"] for one in organisations if (one["code"] or "").startswith(street["code"])}
        await open_section(page, "users")
        await row(page, "street.dispatcher")
        assert await page.locator(f"[data-testid=admin-row][data-id='{demo.user}']").count() == 0
        await open_section(page, "imports")
        await page.get_by_text("imported by administrators of the whole city").wait_for()
    async with a_page() as page:
        await enter(page, demo, "street.dispatcher", PASSWORD)
        assert await page.get_by_test_id("page-admin").count() == 0
        await page.get_by_text("This page is for administrators").wait_for()


async def test_the_list_goes_by_keyboard_and_a_pane_closes_with_escape(demo: Demo) -> None:
    async with a_page() as page:
        await enter(page, demo)
        await open_section(page, "members")
        await page.locator("a.ui-link[href^='/admin/members/']").first.focus()
        await page.keyboard.press("ArrowDown")
        second = await page.evaluate("document.activeElement.closest('[data-id]').dataset.id")
        await page.keyboard.press("Enter")
        await until(page, f"location.pathname === '/admin/members/{second}'")
        await page.get_by_test_id("field-name").wait_for()
        await page.keyboard.press("Escape")
        await until(page, "location.pathname === '/admin/members'")


async def test_roles_are_what_the_server_says(demo: Demo) -> None:
    async with a_page() as page:
        await enter(page, demo)
        document = await api(page, "GET", "/openapi.json")
        wanted = [
            operation["summary"]
            for operations in document["paths"].values()
            for operation in operations.values()
            if "observer" in operation.get("description", "").removeprefix("Roles: ").rstrip(".").split(", ")
        ]
        await page.goto(f"{demo.url}/admin/roles/observer")
        await until(page, f"document.querySelectorAll('[data-testid=operation]').length === {len(wanted)}")


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("language", ["en", "zh"])
async def test_no_section_has_a_barrier(demo: Demo, theme: str, language: str) -> None:
    async with a_page() as page:
        chosen = {"gridwarden.theme": theme, "gridwarden.language": language}
        await page.add_init_script(
            f"for (const [k, v] of Object.entries({json.dumps(chosen)})) localStorage.setItem(k, v)"
        )
        await enter(page, demo)
        member = (await api(page, "GET", "/members?limit=1"))["items"][0]
        for section in SECTIONS:
            await open_section(page, section)
            await at_rest(page)
            assert await serious(page) == [], section
        for path in (f"members/{member['id']}", f"devices/{member['devices'][0]}", "users?new=1", "kinds/C0101"):
            await page.goto(f"{demo.url}/admin/{path}")
            await page.get_by_test_id("form-send").first.wait_for()
            await at_rest(page)
            assert await serious(page) == [], path


async def at_rest(page: Page) -> None:
    """Nothing is being fetched."""
    await until(page, "!document.querySelector('.ui-sections [aria-busy=true], .ui-sections .mantine-Loader-root')")
