"""Records that seem to be one: proposed with reasons, merged with all that hangs on them, and undone."""

from __future__ import annotations

from typing import Any

import pytest
from psycopg_pool import AsyncConnectionPool

from tests.registry.house import IDENTITY, IN_NORTH, House


async def twins(house: House, **more: Any) -> None:
    """P1 with a home and numbers, and P2 of the same name and day of birth without."""
    await house.home()
    twin = {"id": "P2", "organisation": "north-1", "name": "Li Min", "birth_date": "1990-03-07", "occupation": "cook"}
    await house.ask("nora", "POST", "/people", 201, twin | more)


async def proposals(house: House, who: str = "nora", element: str = "people") -> list[dict[str, Any]]:
    """Those that are open after a search."""
    told = await house.ask(who, "POST", f"/duplicates/search?element={element}", 200)
    items: list[dict[str, Any]] = (await house.ask(who, "GET", f"/duplicates?element={element}", 200))["items"]
    assert told == {"open": len(items)}
    return items


def merging(**more: Any) -> dict[str, Any]:
    return {"other": "P2", "version": 1, "other_version": 1} | more


async def test_people_are_proposed_with_every_reason_and_once(house: House) -> None:
    await twins(house, identity=IDENTITY, telephone="100 0000 0001")
    await proposals(house)
    (found,) = await proposals(house)
    assert found["reasons"] == ["identity", "name_birth", "telephone"]
    assert (found["first"], found["second"]["id"]) == ({"id": "P1", "label": "Li Min", "version": 1}, "P2")


async def test_a_family_with_one_telephone_is_no_duplicate(house: House) -> None:
    await house.home()
    wife = {"household": "F1", "relation": "spouse", "name": "Wang Fang", "telephone": "10000000001"}
    await house.ask("nora", "POST", "/people", 201, wife)
    assert await proposals(house) == []


@pytest.mark.parametrize(
    ("element", "one", "other", "reasons"),
    [
        ("establishments", {"kind": "company", "name": "Jin Hua Foods Co., Ltd."},
         {"kind": "company", "name": "JinHua Foods"}, ["name_place"]),
        ("establishments", {"kind": "company", "name": "A", "credit_code": "91X"},
         {"kind": "company", "name": "B", "credit_code": "91X"}, ["credit_code"]),
        ("places", {"kind": "shop", "name": "Corner shop"}, {"kind": "shop", "name": "corner-shop"}, ["name_place"]),
        ("places", {"kind": "shop", "name": "Shop 12"}, {"kind": "shop", "name": "Shop 123"}, None),
        ("places", {"kind": "shop", "name": "Corner shop"}, {"kind": "camera", "name": "Corner shop"}, None),
        ("things", {"code": "C0110"}, {"code": "C0110"}, ["code_place"]),
        ("things", {"code": "C0110"}, {"code": "C0102"}, None),
    ],
)  # fmt: skip
async def test_what_lies_at_one_place_and_is_called_alike_is_proposed(
    house: House, element: str, one: dict[str, Any], other: dict[str, Any], reasons: list[str] | None
) -> None:
    for body in (one, other):
        await house.ask("nora", "POST", f"/{element}", 201, body | IN_NORTH)
    found = await proposals(house, element=element)
    assert [one["reasons"] for one in found] == ([] if reasons is None else [reasons])


async def test_what_was_dismissed_is_not_proposed_again_and_what_was_corrected_goes(house: House) -> None:
    await twins(house)
    (found,) = await proposals(house)
    await house.ask("nora", "POST", f"/duplicates/{found['id']}/dismiss", 403, {})
    await house.ask("nora", "PATCH", "/people/P2", 200, {"version": 1, "name": "Li Ming"})
    assert await proposals(house) == []
    await house.ask("nora", "PATCH", "/people/P2", 200, {"version": 2, "name": "Li Min"})
    (found,) = await proposals(house)
    await house.ask("sue", "POST", f"/duplicates/{found['id']}/dismiss", 204, {"note": "cousins"})
    assert await proposals(house) == []


async def test_a_merge_takes_the_chosen_fields_and_keeps_what_was_before(house: House) -> None:
    await twins(house, telephone="100 0000 0002")
    done = await house.ask("sue", "POST", "/people/P1/merge", 200, merging(take=["occupation", "telephone"]))
    assert (done["kept"]["id"], done["gone"]["id"], done["by_name"]) == ("P1", "P2", "sue")
    kept = await house.ask("nora", "GET", "/people/P1?purpose=check", 200)
    assert (kept["occupation"], kept["telephone"], kept["household"]) == ("cook", "100****0002", "F1")
    gone = await house.ask("nora", "GET", "/people/P2?purpose=check", 200)
    assert (gone["merged_into"], gone["ended_at"] is None) == ("P1", False)
    newest = (await house.ask("nora", "GET", "/people/P1/history?purpose=check", 200))["items"][0]
    assert (newest["action"], newest["note"], newest["before"]) == (
        "merge", "P2 into P1", {"occupation": None, "telephone": "sealed"},
    )  # fmt: skip
    assert await proposals(house) == []


async def test_what_hung_on_the_one_that_ends_hangs_on_the_other(house: House, city: AsyncConnectionPool) -> None:
    await house.home()
    await house.ask("nora", "POST", "/households", 201, {"id": "F2", "house": "H1"})
    await house.ask("nora", "POST", "/people", 201, {"id": "P3", "household": "F2", "name": "Li Na"})
    await house.send("nora", "/households/F2/files", 201, b"%PDF-1.7", "application/pdf")
    async with city.connection() as connection:
        await connection.execute(
            """INSERT INTO form_entries (id, form, organisation, element, record, answers, filled_at, saved_at, by_name)
               SELECT 'N-1', f.key, x.organisation, 'households', x.key, '{}', now(), now(), 'nora'
               FROM forms f, households x WHERE f.code = 'civil-relief' AND x.id = 'F2'"""
        )
    both = {"other": "F2", "version": 1, "other_version": 1}
    done = await house.ask("sue", "POST", "/households/F1/merge", 200, both)
    assert done["moved"] == {"people": 1, "attachments": 1, "form_entries": 1}
    assert (await house.ask("nora", "GET", "/people/P3?purpose=check", 200))["household"] == "F1"
    assert len((await house.ask("nora", "GET", "/households/F1/files?purpose=check", 200))["items"]) == 1

    undone = await house.ask("sue", "POST", f"/merges/{done['id']}/undo?element=households", 200)
    assert undone["undone_by"] == "sue"
    assert (await house.ask("nora", "GET", "/people/P3?purpose=check", 200))["household"] == "F2"
    assert (await house.ask("nora", "GET", "/people/P1?purpose=check", 200))["household"] == "F1"
    assert len((await house.ask("nora", "GET", "/households/F2/files?purpose=check", 200))["items"]) == 1
    async with city.connection() as connection:
        cursor = await connection.execute(
            "SELECT x.id FROM form_entries e JOIN households x ON x.key = e.record AND e.element = 'households'"
        )
        assert await cursor.fetchall() == [("F2",)]


async def test_a_merge_is_undone_to_what_both_were_unless_the_kept_one_was_changed_since(house: House) -> None:
    await twins(house, telephone="100 0000 0002")
    done = await house.ask("sue", "POST", "/people/P1/merge", 200, merging(take=["occupation", "telephone"]))
    await house.ask("nora", "POST", f"/merges/{done['id']}/undo", 403)
    await house.ask("sue", "POST", f"/merges/{done['id']}/undo", 200)
    kept = await house.ask("nora", "GET", "/people/P1?purpose=check", 200)
    assert (kept["occupation"], kept["telephone"]) == (None, "100****0001")
    gone = await house.ask("nora", "GET", "/people/P2?purpose=check", 200)
    assert (gone["merged_into"], gone["ended_at"], gone["occupation"]) == (None, None, "cook")
    assert "already" in (await house.ask("sue", "POST", f"/merges/{done['id']}/undo", 409))["detail"]

    versions = {"version": kept["version"], "other_version": gone["version"]}
    again = await house.ask("sue", "POST", "/people/P1/merge", 200, merging(**versions))
    await house.ask("nora", "PATCH", "/people/P1", 200, {"version": kept["version"], "name": "Li Ming"})
    assert "changed since" in (await house.ask("sue", "POST", f"/merges/{again['id']}/undo", 409))["detail"]
    told = (await house.ask("nora", "GET", "/merges", 200))["items"]
    assert [(one["id"], one["undone_at"] is None) for one in told] == [(again["id"], True), (done["id"], False)]


async def test_a_merge_is_refused_in_words(house: House) -> None:
    await twins(house)
    await house.ask("nora", "POST", "/people/P1/merge", 403, merging())
    await house.ask("sue", "POST", "/people/P1/merge", 400, merging(other="P1"))
    assert (
        "P2; it is 1" in (await house.ask("sue", "POST", "/people/P1/merge", 409, merging(other_version=2)))["detail"]
    )
    assert "no field" in (await house.ask("sue", "POST", "/people/P1/merge", 400, merging(take=["key"])))["detail"]
    await house.ask("nora", "POST", "/households", 201, {"id": "F2", "house": "H1"})
    await house.ask("nora", "POST", "/people", 201, {"household": "F2", "relation": "head", "name": "Li Na"})
    both = {"other": "F2", "version": 1, "other_version": 1}
    assert "merge the two heads" in (await house.ask("sue", "POST", "/households/F1/merge", 409, both))["detail"]
    await house.ask("sue", "POST", "/people/P1/merge", 200, merging())
    assert "no more" in (await house.ask("sue", "POST", "/people/P1/merge", 409, merging(other_version=2)))["detail"]


async def test_another_district_sees_and_merges_nothing(house: House) -> None:
    await twins(house)
    (found,) = await proposals(house)
    assert await proposals(house, "sid") == []
    await house.ask("sid", "POST", f"/duplicates/{found['id']}/dismiss", 404, {})
    await house.ask("sid", "POST", "/people/P1/merge", 404, merging())
    done = await house.ask("sue", "POST", "/people/P1/merge", 200, merging())
    assert (await house.ask("sid", "GET", "/merges", 200))["items"] == []
    await house.ask("sid", "POST", f"/merges/{done['id']}/undo", 404)
