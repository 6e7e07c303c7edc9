"""Investigation and registration on the handheld: what is written down at a door without a network arrives once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Route

from tests.e2e.axe import serious
from tests.e2e.demo import skip_without_browser
from tests.e2e.town import NEAR, Phone, Town, a_town

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300), pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """With a building of three houses in the members' grid."""
    skip_without_browser()
    async with a_town(tmp_path_factory.mktemp("town")) as town:
        await town.admin.post("/registry/buildings", {"id": "B-1", "name": "Tower", "address": "Abay 12"} | NEAR)
        for number in ("101", "102", "201"):
            house = {"id": f"H-{number}", "building": "B-1", "number": number}
            await town.admin.post("/registry/houses", house)
        yield town


async def at_the_registry(phone: Phone) -> None:
    """The page of registration, with the grid's houses on the phone."""
    await phone.tap("tab-report")
    await phone.tap("function-registry")
    await phone.page.get_by_test_id("ground").get_by_text("as of").wait_for()
    await phone.page.get_by_test_id("form-civil-relief").wait_for()


async def without_network(phone: Phone) -> None:
    """From now on; once the page has put itself aside."""
    await phone.page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    await phone.context.set_offline(True)


async def choose_house(phone: Phone, number: str) -> None:
    await phone.page.get_by_test_id("find-house").fill(f"abay {number}")
    await phone.tap("house-option")


async def write_down_a_family(phone: Phone, number: str, family: str) -> None:
    """A household of two in that house, and a visit of civil relief."""
    await phone.tap("register-household")
    await choose_house(phone, number)
    await phone.tap("add-person")
    people = phone.page.get_by_test_id("person")
    for place, given in enumerate(("Na", "Bo")):
        await people.nth(place).get_by_test_id("person-name").fill(f"{family} {given}")
    await people.nth(0).get_by_test_id("person-telephone").fill("139 0000 0001")
    await people.nth(1).get_by_test_id("person-relation").select_option("child")
    await fill_in_relief(phone)


async def fill_in_relief(phone: Phone) -> None:
    page = phone.page
    await page.get_by_test_id("add-form").select_option("civil-relief")
    await page.get_by_label("Relief received").first.click()
    await page.get_by_role("option", name="none yet").click()
    await page.get_by_role("checkbox").first.check()
    await page.get_by_label("What the visit found").fill("a broken leg")
    await page.get_by_label("Proposal").first.click()
    await page.get_by_role("option", name="keep as it is").click()
    await phone.tap("keep-form")
    await page.get_by_test_id("filled").wait_for()


async def household_in(town: Town, house: str) -> dict[str, Any]:
    """The one household there, its people and entries, once they are there."""
    households = (await town.until(f"/registry/households?house={house}", lambda said: said["items"]))["items"]
    assert len(households) == 1, households
    found: dict[str, Any] = households[0]
    path = f"/registry/people?household={found['id']}"
    people = (await town.until(path, lambda said: len(said["items"]) >= 2))["items"]
    path = f"/registry/households/{found['id']}/entries?purpose=test"
    entries = (await town.until(path, lambda said: said["items"]))["items"]
    return found | {"people": people, "entries": entries}


async def test_a_household_of_two_and_a_form_written_down_offline_arrive_once(town: Town) -> None:
    member = town.member()
    async with town.phone(member) as phone:
        await at_the_registry(phone)
        await without_network(phone)
        await write_down_a_family(phone, "101", "Li")
        await phone.page.reload()
        await phone.page.get_by_test_id("filled").wait_for()
        assert not await serious(phone.page)
        await phone.tap("register")
        await phone.page.get_by_test_id("waiting").get_by_text("4").wait_for()
        assert (await town.admin.get("/registry/households?house=H-101"))["items"] == []
        await phone.context.set_offline(False)
        await phone.page.get_by_test_id("waiting").wait_for(state="detached")
        there = await household_in(town, "H-101")
    assert sorted((one["name"], one["relation"]) for one in there["people"]) == [("Li Bo", "child"), ("Li Na", "head")]
    assert (there["head"], there["organisation"], len(there["entries"])) == ("Li Na", "north-1", 1)
    entry = there["entries"][0]
    assert (entry["form"], entry["answers"]["finding"]) == ("civil-relief", "a broken leg")
    assert entry["filled_at"] < entry["saved_at"]


async def test_when_every_reply_is_lost_once_nothing_arrives_twice(town: Town) -> None:
    member = town.member()
    asked: dict[str, int] = {}

    async def lose_the_first_reply(route: Route) -> None:
        request = route.request
        key = request.headers.get("idempotency-key", "")
        asked[key] = asked.get(key, 0) + 1
        if request.method != "POST" or asked[key] > 1:
            await route.continue_()
        else:
            await route.fetch()
            await route.abort()

    async with town.phone(member) as phone:
        await at_the_registry(phone)
        await write_down_a_family(phone, "102", "Wang")
        await phone.context.route("**/api/v1/registry/**", lose_the_first_reply)
        await phone.tap("register")
        await phone.page.get_by_test_id("waiting").wait_for()
        await phone.page.get_by_test_id("waiting").wait_for(state="detached", timeout=90_000)
        there = await household_in(town, "H-102")
    sent = {key: times for key, times in asked.items() if key}
    assert len(sent) == 4
    assert all(times == 2 for times in sent.values()), sent
    assert (len(there["people"]), len(there["entries"])) == (2, 1)


async def test_what_is_missing_is_told_and_a_door_that_is_not_known_can_be_written(town: Town) -> None:
    async with town.phone(town.member()) as phone:
        await at_the_registry(phone)
        await phone.tap("register-household")
        await phone.tap("register")
        faults = phone.page.get_by_test_id("household-faults")
        assert "Each person has a name" in await faults.inner_text()
        await phone.tap("new-door")
        await phone.page.get_by_test_id("door-number").fill("301")
        await phone.page.get_by_test_id("person-name").fill("Zhao Wei")
        await phone.tap("register")
        said = await town.until(
            "/registry/houses?building=B-1", lambda said: any(one["number"] == "301" for one in said["items"])
        )
        house = next(one["id"] for one in said["items"] if one["number"] == "301")
        path = f"/registry/households?house={house}"
        there = await town.until(path, lambda said: said["items"] and said["items"][0]["head"])
        assert there["items"][0]["head"] == "Zhao Wei"


async def test_a_form_is_filled_in_about_a_building_of_the_grid(town: Town) -> None:
    async with town.phone(town.member()) as phone:
        await at_the_registry(phone)
        await phone.tap("form-township-characteristics")
        await phone.page.get_by_test_id("about").select_option("buildings")
        await phone.tap("record-option")
        await phone.page.get_by_label("Kind").first.click()
        await phone.page.get_by_role("option", name="festival or custom").click()
        await phone.page.get_by_label("Description").fill("lanterns")
        await phone.tap("keep-form")
        said = await town.until("/registry/buildings/B-1/entries", lambda said: said["items"])
    assert [one["answers"] for one in said["items"]] == [{"kind": "festival", "description": "lanterns"}]


async def test_an_inspection_is_done_without_a_network_and_its_faults_become_an_incident_once(town: Town) -> None:
    await town.admin.post("/registry/places", {"id": "L-1", "kind": "fire_safety", "name": "Hall"} | NEAR)
    plan = {"organisation": "north-1", "name": "Fire", "kind": "fire_safety", "form": "fire-safety", "every_days": 30}
    await town.admin.post("/registry/inspection-plans", plan | {"first_due_at": "2026-01-01T00:00:00Z"})
    async with town.phone(town.member()) as phone:
        await at_the_registry(phone)
        await phone.tap("inspections")
        await phone.page.get_by_test_id("due").get_by_text("Hall").wait_for()
        await without_network(phone)
        await phone.tap("due")
        for question in ("Exits and stairs are clear", "Extinguishers are in date", "Wiring is safe"):
            await phone.page.get_by_role("radiogroup", name=question).get_by_label("yes", exact=True).check()
        await phone.page.get_by_label("Danger found").first.click()
        await phone.page.get_by_role("option", name="none").click()
        await phone.page.get_by_role("radiogroup", name="Result").get_by_text("Faults found").click()
        await phone.page.get_by_test_id("kind").select_option("C0101")
        await phone.tap("keep-form")
        await phone.page.get_by_test_id("due").wait_for(state="detached")
        await phone.context.set_offline(False)
        said = await town.until(
            "/registry/inspections?state=done", lambda said: said["items"] and said["items"][0]["incident"]
        )
    [done] = said["items"]
    assert (done["place"], done["result"], done["by_name"] is not None) == ("L-1", "faults", True)
    [incident] = (await town.admin.get("/incidents"))["items"]
    assert (incident["id"], incident["kind"]) == (done["incident"], "C0101")
    assert done["metres_off"] is not None
    entries = (await town.admin.get("/registry/places/L-1/entries"))["items"]
    assert [(one["id"], one["answers"]["danger"]) for one in entries] == [(done["entry"], "none")]
