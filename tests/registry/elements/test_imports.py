"""Elements out of files: whole, by id, each refusal with its row."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from psycopg_pool import AsyncConnectionPool

from registry.elements.imports import element_kinds
from registry.imports.exports import export_csv
from registry.imports.kinds import Kind
from registry.imports.service import Report, import_file
from registry.privacy.queries import Vault
from registry.privacy.service import Sealer
from tests.registry.two_districts import square

ROWS = {
    "buildings": "id,name,latitude,longitude,floors,entrances\nB1,Tower,26.005,119.305,12,"
    '"[{""number"": 1, ""name"": ""east""}]"\n',
    "houses": "id,building,floor,number,occupancy\nH1,B1,1,101,owner\nH2,B1,-1,001,\n",
    "households": "id,house,tenure\nF1,H1,owner\n",
    "people": "id,household,relation,name,telephone,groups\nP1,F1,head,Li Min,100 0000 0001,lives_alone;veteran\n"
    "P2,F1,spouse,Wang Fang,,\n",
    "establishments": "id,kind,name,organisation\nE1,company,Tea Ltd,north-1\n",
    "places": "id,kind,name,latitude,longitude,establishment\nL1,shop,Tea shop,26.005,119.305,E1\n",
    "things": 'id,code,latitude,longitude,details\nT1,C0110,26.005,119.305,"{""depth_m"": 2}"\n',
}


@pytest.fixture
def kinds(city: AsyncConnectionPool) -> dict[str, Kind]:
    return element_kinds(Vault(city, Sealer({1: b"k" * 32})))


async def take(city: AsyncConnectionPool, kind: Kind, path: Path, text: str, **how: Any) -> Report:
    await asyncio.to_thread(path.write_text, text, "utf-8")
    return await import_file(city, kind, path, **how)


async def told(city: AsyncConnectionPool, query: str) -> list[tuple[Any, ...]]:
    async with city.connection() as connection:
        return await (await connection.execute(query.encode())).fetchall()


async def everything(city: AsyncConnectionPool, kinds: dict[str, Kind], folder: Path) -> None:
    for name, text in ROWS.items():
        report = await take(city, kinds[name], folder / f"{name}.csv", text)
        assert (report.refused, report.stored) == ([], True), name


async def test_every_element_goes_in_and_comes_out_as_it_can_go_in_again(
    city: AsyncConnectionPool, kinds: dict[str, Kind], tmp_path: Path
) -> None:
    await everything(city, kinds, tmp_path)
    for name, kind in kinds.items():
        text = "".join([chunk async for chunk in export_csv(city, kind)])
        assert len(text.splitlines()) == len(ROWS[name].splitlines()), name
        report = await take(city, kind, tmp_path / f"{name}-again.csv", text)
        assert (report.refused, report.stored) == ([], True), name
    assert await told(city, "SELECT groups, telephone_sealed IS NOT NULL FROM people ORDER BY id") == [
        (["lives_alone", "veteran"], True), ([], False),
    ]  # fmt: skip
    assert await told(city, "SELECT floor, occupancy FROM houses ORDER BY id") == [(1, "owner"), (-1, "unknown")]
    homes = "SELECT DISTINCT o.id FROM people p JOIN organisations o ON o.key = p.organisation"
    assert await told(city, homes) == [("north-1",)]


async def test_the_same_file_again_changes_nothing_and_a_change_is_on_record(
    city: AsyncConnectionPool, kinds: dict[str, Kind], tmp_path: Path
) -> None:
    await everything(city, kinds, tmp_path)
    await everything(city, kinds, tmp_path)
    assert await told(city, "SELECT DISTINCT version FROM people") == [(1,)]
    await take(city, kinds["people"], tmp_path / "one.csv", "id,name,household\nP2,Wang Fang Li,F1\n")
    changed = "SELECT record, action, before ->> 'name', after ->> 'name' FROM element_log WHERE version = 2"
    keys = await told(city, "SELECT key FROM people WHERE id = 'P2'")
    assert await told(city, changed) == [(keys[0][0], "import", "Wang Fang", "Wang Fang Li")]
    assert await told(city, "SELECT relation FROM people WHERE id = 'P2'") == [("spouse",)], "not in the file"


async def test_each_refused_row_says_why_and_nothing_half_is_stored(
    city: AsyncConnectionPool, kinds: dict[str, Kind], tmp_path: Path
) -> None:
    await everything(city, kinds, tmp_path)
    rows = [
        "id,household,relation,name,identity", "P3,F9,,Zhao,", "P4,F1,head,Qian,", "P5,F1,child,,",
        "P6,F1,child,Sun,990101199003072330", "P7,F1,child,Li,",
    ]  # fmt: skip
    report = await take(city, kinds["people"], tmp_path / "bad.csv", "\n".join(rows))
    assert [number for number, _ in report.refused] == [2, 3, 4, 5]
    reasons = [str(reason) for _, reason in report.refused]
    assert "F9" in reasons[0]
    assert "head already" in reasons[1]
    assert reasons[2] == "name must be filled"
    assert "identity" in reasons[3] or "character" in reasons[3]
    assert await told(city, "SELECT count(*) FROM people") == [(2,)]
    report = await take(city, kinds["people"], tmp_path / "bad.csv", "\n".join(rows), skip_bad=True)
    assert await told(city, "SELECT count(*) FROM people") == [(3,)]


async def test_a_footprint_of_geojson_is_a_building_in_its_middle(
    city: AsyncConnectionPool, kinds: dict[str, Kind], tmp_path: Path
) -> None:
    feature = {"type": "Feature", "properties": {"id": "B9", "floors": 5}, "geometry": square(119.302, 26.002, 0.001)}
    text = json.dumps({"type": "FeatureCollection", "features": [feature]})
    report = await take(city, kinds["buildings"], tmp_path / "b.geojson", text)
    assert report.refused == []
    (row,) = await told(city, "SELECT latitude, longitude, floors, footprint ->> 'type' FROM buildings")
    assert row[2:] == (5, "Polygon")
    assert (row[0], row[1]) == pytest.approx((26.0025, 119.3025))


async def test_an_unknown_code_or_place_is_refused(
    city: AsyncConnectionPool, kinds: dict[str, Kind], tmp_path: Path
) -> None:
    rows = "id,code,latitude,longitude\nT1,C9999,26.005,119.305\nT2,C0110,10,10\nT3,C0110,26.005,119.305\n"
    report = await take(city, kinds["things"], tmp_path / "t.csv", rows, skip_bad=True)
    assert [str(reason) for _, reason in report.refused] == [
        "there is no such code in the catalogue of components", "say the organisation: nothing tells where it lies",
    ]  # fmt: skip
    assert await told(city, "SELECT id FROM things") == [("T3",)]
