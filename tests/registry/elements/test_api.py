"""Basic data over HTTP: what a district collects, what its neighbour sees of it, and what stays on record."""

from __future__ import annotations

from psycopg_pool import AsyncConnectionPool

from registry.elements.types import TYPES
from tests.registry.house import IDENTITY, IN_NORTH, House


async def test_a_record_lies_where_its_place_or_its_house_is(house: House) -> None:
    home = await house.home()
    assert {one["organisation"] for one in home.values()} == {"north-1"}
    assert (home["household"]["building"], home["household"]["people"]) == ("B1", 0)
    assert (home["person"]["building"], home["person"]["number"]) == ("B1", "101")
    refused = await house.ask("nora", "POST", "/people", 400, {"name": "Nobody Knows Where"})
    assert "organisation" in refused["detail"]


async def test_numbers_are_masked_told_in_full_with_a_purpose_and_never_stored_in_the_clear(
    house: House, city: AsyncConnectionPool
) -> None:
    person = (await house.home())["person"]
    assert (person["identity"], person["telephone"]) == ("990101********" + IDENTITY[-4:], "100****0001")
    assert (person["birth_date"], person["gender"]) == ("1990-03-07", "male"), "the number says so"
    listed = (await house.ask("nora", "GET", "/people", 200))["items"]
    assert (listed[0]["identity"], listed[0]["telephone"]) == (None, None)
    told = await house.ask("nora", "POST", "/people/P1/reveal", 200, {"purpose": "a lost card"})
    assert told == {"identity": IDENTITY, "telephone": "10000000001"}
    async with city.connection() as connection:
        for table in (*TYPES, "element_log", "access_log"):
            rows = await (await connection.execute(f"SELECT t::text FROM {table} t".encode())).fetchall()
            text = " ".join(row[0] for row in rows)
            assert IDENTITY not in text
            assert "10000000001" not in text


async def test_a_person_is_found_by_a_whole_number_and_that_is_on_record(house: House) -> None:
    await house.home()
    asked = {"kind": "identity", "number": IDENTITY}
    await house.ask("nora", "POST", "/people/by-number", 400, asked)
    found = await house.ask("nora", "POST", "/people/by-number", 200, asked | {"purpose": "card"})
    assert [(one["id"], one["identity"]) for one in found["items"]] == [("P1", None)]
    assert (await house.ask("sam", "POST", "/people/by-number", 200, asked | {"purpose": "card"}))["items"] == []
    refused = await house.ask("nora", "POST", "/places/by-number", 400, asked | {"purpose": "card"})
    assert "telephone" in refused["detail"]
    looks = (await house.ask("carla", "GET", "/access", 200))["items"]
    assert [(one["name"], one["action"], one["rows"]) for one in looks] == [("sam", "search", 0), ("nora", "search", 1)]


async def test_a_number_never_stands_in_an_address(house: House) -> None:
    for name in ("identity", "telephone"):
        await house.ask("nora", "GET", f"/people?{name}=10000000001&purpose=card", 400)


async def test_each_look_at_a_person_has_a_purpose_and_is_on_record(house: House) -> None:
    await house.home()
    await house.ask("nora", "GET", "/people/P1", 400)
    await house.ask("nora", "GET", "/people/P1?purpose=visit", 200)
    await house.ask("nora", "GET", "/people/P1/history", 400)
    await house.ask("nora", "GET", "/people/P1/history?purpose=visit", 200)
    await house.ask("nora", "GET", "/households/F1?purpose=visit", 200)
    await house.ask("nora", "GET", "/buildings/B1/inside?purpose=visit", 200)
    looks = (await house.ask("carla", "GET", "/access", 200))["items"]
    assert [(one["element"], one["record"]) for one in looks] == [
        ("buildings", "B1"), ("households", "F1"), ("people", "P1"), ("people", "P1"),
    ]  # fmt: skip
    assert (await house.ask("nora", "GET", "/access", 403))["title"] == "Forbidden"


async def test_nothing_of_a_district_is_seen_or_changed_by_another(house: House) -> None:
    await house.home()
    for path in ("/people/P1", "/households/F1", "/houses/H1", "/buildings/B1"):
        await house.ask("sam", "GET", f"{path}?purpose=none", 404)
        await house.ask("sam", "GET", f"{path}/history?purpose=none", 404)
        await house.ask("sam", "POST", f"{path}/end", 404, {"version": 1})
    assert (await house.ask("sam", "GET", "/people", 200))["items"] == []
    assert (await house.ask("sam", "GET", "/buildings/summary", 200))["items"] == []
    await house.ask("sam", "GET", "/buildings/B1/inside?purpose=none", 404)
    await house.ask("sam", "POST", "/houses", 404, {"building": "B1", "number": "9"})
    await house.ask("sam", "POST", "/places", 400, {"kind": "shop", "name": "x"} | IN_NORTH)
    await house.ask("sam", "POST", "/people", 404, {"name": "x", "organisation": "north-1"})


async def test_a_member_collects_in_his_grids_and_an_observer_sees_no_people(house: House) -> None:
    await house.home()
    shop = {"kind": "shop", "name": "Corner shop", "at_latitude": 26.0051, "at_longitude": 119.3, "remark": "new"}
    made = await house.ask("anna", "POST", "/places", 201, shop | IN_NORTH)
    history = (await house.ask("anna", "GET", f"/places/{made['id']}/history", 200))["items"]
    assert [(one["action"], one["actor"], one["latitude"], one["note"]) for one in history] == [
        ("add", "anna", 26.0051, "new")
    ]  # fmt: skip
    assert len((await house.ask("anna", "GET", "/people", 200))["items"]) == 1
    assert (await house.ask("bo", "GET", "/people", 200))["items"] == []
    await house.ask("olga", "GET", "/people", 403)
    assert len((await house.ask("olga", "GET", "/buildings", 200))["items"]) == 1


async def test_a_change_carries_the_version_that_was_seen_and_keeps_what_was_before(house: House) -> None:
    await house.home()
    changed = await house.ask("nora", "PATCH", "/people/P1", 200, {"version": 1, "name": "Li Ming", "telephone": None})
    assert (changed["version"], changed["name"], changed["telephone"]) == (2, "Li Ming", None)
    late = await house.ask("nora", "PATCH", "/people/P1", 409, {"version": 1, "name": "Li"})
    assert "it is 2" in late["detail"]
    newest = (await house.ask("nora", "GET", "/people/P1/history?purpose=check", 200))["items"][0]
    assert newest["before"] == {"name": "Li Min", "telephone": "sealed"}
    assert newest["after"] == {"name": "Li Ming", "telephone": None}


async def test_what_ended_is_not_listed_and_comes_back(house: House) -> None:
    await house.home()
    ended = await house.ask("nora", "POST", "/people/P1/end", 200, {"version": 1, "reason": "moved"})
    assert ended["ended_at"] is not None
    assert (await house.ask("nora", "GET", "/people", 200))["items"] == []
    assert len((await house.ask("nora", "GET", "/people?ended=true", 200))["items"]) == 1
    await house.ask("nora", "POST", "/people/P1/restore", 200, {"version": 2})
    actions = [
        one["action"] for one in (await house.ask("nora", "GET", "/people/P1/history?purpose=check", 200))["items"]
    ]
    assert actions == ["restore", "end", "add"]


async def test_a_call_that_is_sent_twice_makes_one_record(house: House) -> None:
    shop = {"kind": "shop", "name": "Corner shop"} | IN_NORTH
    first = await house.ask("anna", "POST", "/places", 201, shop, key="k1")
    assert await house.ask("anna", "POST", "/places", 201, shop, key="k1") == first
    assert len((await house.ask("anna", "GET", "/places", 200))["items"]) == 1


async def test_a_household_has_one_head_and_a_door_one_house(house: House) -> None:
    await house.home()
    second = {"household": "F1", "relation": "head", "name": "Wang Fang"}
    assert "head" in (await house.ask("nora", "POST", "/people", 409, second))["detail"]
    assert (
        "entrance" in (await house.ask("nora", "POST", "/houses", 409, {"building": "B1", "number": "101"}))["detail"]
    )
    assert "already" in (await house.ask("nora", "POST", "/buildings", 409, {"id": "B1"} | IN_NORTH))["detail"]


async def test_wrong_numbers_and_unknown_codes_are_refused_in_words(house: House) -> None:
    wrong = IDENTITY[:-1] + ("0" if IDENTITY[-1] != "0" else "1")
    told = await house.ask("nora", "POST", "/people", 400, {"name": "x", "organisation": "north-1", "identity": wrong})
    assert "last character" in told["detail"]
    told = await house.ask("nora", "POST", "/things", 400, {"code": "C9999"} | IN_NORTH)
    assert "catalogue" in told["detail"]
    thing = await house.ask("nora", "POST", "/things", 201, {"code": "C0110", "name": "Hydrant 7"} | IN_NORTH)
    assert thing["state"] == "in_order"


async def test_a_building_that_moves_takes_its_houses_and_people_along(house: House) -> None:
    await house.home()
    await house.ask("carla", "PATCH", "/buildings/B1", 200, {"version": 1, "organisation": "south-1"})
    for path in ("/houses/H1", "/households/F1", "/people/P1"):
        assert (await house.ask("sam", "GET", f"{path}?purpose=check", 200))["organisation"] == "south-1"
        await house.ask("nora", "GET", f"{path}?purpose=check", 404)


async def test_the_map_is_told_figures_and_a_building_opens_from_the_roof_down(house: House) -> None:
    await house.home()
    await house.ask("nora", "POST", "/houses", 201,
                    {"building": "B1", "number": "301", "floor": 3, "occupancy": "vacant"})  # fmt: skip
    (figures,) = (await house.ask("nora", "GET", "/buildings/summary?organisation=north", 200))["items"]
    assert [figures[name] for name in ("homes", "vacant", "residents", "groups")] == [2, 1, 1, {"lives_alone": 1}]
    told = await house.ask("nora", "GET", "/buildings/B1/inside?purpose=visit", 200)
    assert [(one["floor"], one["number"]) for one in told["houses"]] == [(3, "301"), (1, "101")]
    assert told["houses"][1]["households"][0]["people"][0]["name"] == "Li Min"


async def test_lists_are_asked_by_box_words_group_and_building(house: House) -> None:
    await house.home()

    async def ids(path: str) -> list[str]:
        return [one["id"] for one in (await house.ask("nora", "GET", path, 200))["items"]]

    assert await ids("/buildings?bbox=119.30,26.0,119.31,26.01") == ["B1"]
    assert await ids("/buildings?bbox=119.31,26.0,119.32,26.01") == []
    assert await ids("/people?q=li m") == ["P1"]
    assert await ids("/people?group=lives_alone&building=B1") == ["P1"]
    assert await ids("/people?group=veteran") == []
    assert await ids("/houses?building=B1") == ["H1"]
    assert await ids("/households?organisation=south") == []


async def test_special_groups_are_edited_by_the_city_only(house: House) -> None:
    group = {"code": "choir", "name_en": "choir", "name_zh": "合唱团", "retired": False}
    await house.ask("nora", "PUT", "/groups", 403, group)
    await house.ask("carla", "PUT", "/groups", 200, group)
    assert group in (await house.ask("anna", "GET", "/groups", 200))["items"]
