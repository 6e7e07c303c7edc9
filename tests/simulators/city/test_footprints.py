from __future__ import annotations

from typing import Any, cast

from simulators.city.footprints import pack, ring_of

RING = [[71.0, 51.0], [71.0003, 51.0], [71.0003, 51.0002], [71.0, 51.0]]


def a_building(oid: int, **about: object) -> dict[str, Any]:
    properties = {"oid": oid, "kind": "yes", "levels": 2} | about
    return {"properties": properties, "geometry": {"type": "Polygon", "coordinates": [RING]}}


def the_row(building: dict[str, Any]) -> list[Any]:
    (row,) = cast(list[list[Any]], pack([building])["buildings"])
    return row


def test_a_ring_survives_packing() -> None:
    row = the_row(a_building(7, st="Long Street", hn="3a", name="Mill"))
    assert row[:6] == [7, 0, 2, 0, "3a", "Mill"]
    assert ring_of(row[6]).tolist() == RING


def test_what_is_unknown_stays_unknown() -> None:
    assert the_row(a_building(7))[3:6] == [-1, "", ""]


def test_nothing_else_of_a_building_is_taken() -> None:
    assert "mapper" not in str(pack([a_building(7, **{"@user": "mapper"})]))


def test_the_order_of_the_input_does_not_matter() -> None:
    assert pack([a_building(7), a_building(3)]) == pack([a_building(3), a_building(7)])
