from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from psycopg_pool import AsyncConnectionPool

from registry.devices.model import hash_token
from registry.devices.queries import find_device_by_token_hash, record_unknown
from registry.devices.service import DeviceService
from registry.imports.errors import BadFile
from registry.imports.exports import export_csv
from registry.imports.service import Report, import_file
from registry.members.service import MemberService
from registry.organisations.model import Organisation
from registry.organisations.store import OrganisationStore
from tests.registry.imports.files import FORMATS, written
from tests.registry.two_districts import square

Table = Sequence[Sequence[object]]


async def imported(
    pool: AsyncConnectionPool, folder: Path, kind: str, table: Table, *, form: str = "csv", skip_bad: bool = False
) -> Report:
    return await import_file(pool, kind, written(folder, form, table), skip_bad=skip_bad)


async def the(pool: AsyncConnectionPool, organisation: str) -> Organisation | None:
    async with pool.connection() as connection:
        return await OrganisationStore(connection).find(1, organisation)


async def exported(pool: AsyncConnectionPool, kind: str) -> list[dict[str, str]]:
    text = "".join([chunk async for chunk in export_csv(pool, kind)])
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("form", FORMATS)
async def test_members_come_in_from_every_format(city: AsyncConnectionPool, tmp_path: Path, form: str) -> None:
    table = [["id", "name", "organisation", "on_duty"], ["m1", "Mia", "north-1", "no"], ["m2", "Max", "south", ""]]
    report = await imported(city, tmp_path, "members", table, form=form)
    assert (report.rows, report.refused, report.stored) == (2, [], True)
    mia, max_ = [await MemberService(city).find(member, caller=1) for member in ("m1", "m2")]
    assert (mia.name, mia.organisation, mia.on_duty) == ("Mia", "north-1", False)
    assert (max_.organisation, max_.on_duty) == ("south", True)


async def test_every_refused_row_is_reported_and_nothing_is_stored(city: AsyncConnectionPool, tmp_path: Path) -> None:
    table = [
        ["id", "name", "organisation", "on_duty"],
        ["good", "Good", "north", "true"],
        ["", "No id", "north", ""],
        ["lost", "Lost", "nowhere", ""],
        ["odd", "Odd", "north", "perhaps"],
        ["good", "Twin", "north", ""],
        ["ctrl", "a\x07b", "north", ""],
    ]
    report = await imported(city, tmp_path, "members", table)
    assert not report.stored
    assert [number for number, _ in report.refused] == [3, 4, 5, 6, 7]
    reasons = [reason for _, reason in report.refused]
    assert reasons[0] == "id must be filled"
    assert reasons[1] == "there is no organisation 'nowhere': import it first"
    assert reasons[2].startswith("on_duty: ")
    assert reasons[3] == "row 2 has the id 'good' already"
    assert reasons[4].startswith("name: ")
    assert [row["id"] for row in await exported(city, "members")] == ["anna", "bo"]


async def test_the_good_rows_can_be_kept(city: AsyncConnectionPool, tmp_path: Path) -> None:
    table = [["id", "name", "organisation"], ["good", "Good", "north"], ["lost", "Lost", "nowhere"]]
    report = await imported(city, tmp_path, "members", table, skip_bad=True)
    assert report.stored
    assert [number for number, _ in report.refused] == [3]
    assert [row["id"] for row in await exported(city, "members")] == ["anna", "bo", "good"]


async def test_a_second_import_changes_what_its_columns_name_and_keeps_the_rest(
    city: AsyncConnectionPool, tmp_path: Path
) -> None:
    first = [["id", "name", "organisation", "post", "phone"], ["m", "Mia", "north", "patrol", "123"]]
    await imported(city, tmp_path, "members", first)
    await imported(
        city, tmp_path, "members", [["id", "name", "organisation", "phone"], ["m", "Mia Lee", "north-1", ""]]
    )
    mia = await MemberService(city).find("m", caller=1)
    assert (mia.name, mia.organisation, mia.post, mia.phone) == ("Mia Lee", "north-1", "patrol", None)


async def test_organisations_may_name_parents_of_the_same_file(city: AsyncConnectionPool, tmp_path: Path) -> None:
    table = [
        ["id", "name", "level", "parent", "code"],
        ["s", "Street", "street", "north", "S1"],
        ["c", "Community", "community", "s", ""],
        ["west", "West", "district", "", ""],
    ]
    report = await imported(city, tmp_path, "organisations", table)
    assert report.refused == []
    community, west = await the(city, "c"), await the(city, "west")
    assert community is not None
    assert west is not None
    assert (community.parent, community.code, west.parent) == ("s", None, "city")


async def test_an_organisation_against_the_rules_is_refused_and_the_next_goes_on(
    city: AsyncConnectionPool, tmp_path: Path
) -> None:
    table = [
        ["id", "name", "level", "parent"],
        ["up", "Up", "city", "north"],
        ["odd", "Odd", "village", "north"],
        ["far", "Far", "grid", "nowhere"],
        ["fine", "Fine", "grid", "north"],
    ]
    report = await imported(city, tmp_path, "organisations", table, skip_bad=True)
    assert [number for number, _ in report.refused] == [2, 3, 4]
    assert "cannot stand below" in report.refused[0][1]
    assert await the(city, "fine") is not None


async def test_territories_come_as_geometry_or_as_text_and_stay_when_not_named(
    city: AsyncConnectionPool, tmp_path: Path
) -> None:
    feature = {
        "type": "Feature",
        "properties": {"id": "g1", "name": "G1", "parent": "north"},
        "geometry": square(119.3, 26.0),
    }
    path = tmp_path / "grids.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    assert (await import_file(city, "grids", path)).refused == []
    await imported(city, tmp_path, "grids", [["id", "name"], ["g1", "Renamed"]])
    grid = await the(city, "g1")
    assert grid is not None
    assert (grid.name, grid.parent, grid.level, grid.territory) == ("Renamed", "north", "grid", square(119.3, 26.0))
    text = json.dumps(square(50, 50))
    await imported(city, tmp_path, "grids", [["id", "name", "territory"], ["g1", "G1", text]])
    moved = await the(city, "g1")
    assert moved is not None
    assert moved.territory == square(50, 50)


@pytest.mark.parametrize("territory", ["{", '{"type": "Point"}', "12"])
async def test_a_territory_that_is_none_is_refused(city: AsyncConnectionPool, tmp_path: Path, territory: str) -> None:
    table = [["id", "name", "territory"], ["g1", "G1", territory]]
    ((number, reason),) = (await imported(city, tmp_path, "grids", table)).refused
    assert number == 2
    assert reason.startswith("territory: ")


async def test_a_row_of_grids_is_a_grid(city: AsyncConnectionPool, tmp_path: Path) -> None:
    table = [["id", "name", "level"], ["d", "D", "district"]]
    assert "import others as organisations" in (await imported(city, tmp_path, "grids", table)).refused[0][1]


async def test_devices_come_with_their_member_and_leave_the_list_of_strangers(
    city: AsyncConnectionPool, tmp_path: Path
) -> None:
    async with city.connection() as connection:
        await record_unknown(connection, "d1", protocol="nmea", address="192.0.2.1")
    table = [
        ["id", "member", "organisation", "token", "require_token", "dialect", "stale_after_s", "silent_after_s"],
        ["d1", "anna", "", "a-long-token", "true", "osmand", "30", "600.5"],
        ["d2", "", "south", "", "", "", "", ""],
    ]
    assert (await imported(city, tmp_path, "devices", table)).refused == []
    service = DeviceService(city)
    first, second = await service.device("d1"), await service.device("d2")
    assert (first.member, first.organisation, first.require_token, first.dialect) == ("anna", "north-1", True, "osmand")
    assert (first.stale_after_s, first.silent_after_s, first.has_token) == (30, 600.5, True)
    assert (second.member, second.organisation, second.has_token) == (None, "south", False)
    assert await service.unknown() == []


async def test_a_device_keeps_its_token_and_its_member_when_the_file_does_not_name_them(
    city: AsyncConnectionPool, tmp_path: Path
) -> None:
    await DeviceService(city).change("phone-n", {"retired": True})
    await imported(city, tmp_path, "devices", [["id", "require_token"], ["phone-n", "true"]])
    row = await DeviceService(city).device("phone-n")
    assert (row.member, row.require_token, row.has_token, row.retired) == ("anna", True, True, True)
    async with city.connection() as connection:
        assert await find_device_by_token_hash(connection, hash_token("token-of-anna")) is not None


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"id": "a*b"}, "device's id"),
        ({"id": "x", "member": "nobody"}, "no member 'nobody'"),
        ({"id": "x", "organisation": "nowhere"}, "no organisation 'nowhere'"),
        ({"id": "x", "member": "anna", "organisation": "south"}, "leave the organisation out"),
        ({"id": "x", "token": "short"}, "token"),
        ({"id": "x", "token": "token-of-bo"}, "another device"),
        ({"id": "x", "dialect": "klingon"}, "dialect"),
        ({"id": "x", "stale_after_s": "0"}, "stale_after_s"),
        ({"id": "x", "silent_after_s": "soon"}, "silent_after_s"),
    ],
)
async def test_a_device_that_cannot_be_is_refused(
    city: AsyncConnectionPool, tmp_path: Path, columns: dict[str, Any], reason: str
) -> None:
    ((_, said),) = (await imported(city, tmp_path, "devices", [list(columns), list(columns.values())])).refused
    assert reason in said


async def test_a_token_stands_once_in_a_file(city: AsyncConnectionPool, tmp_path: Path) -> None:
    table = [["id", "token"], ["d1", "the-same-token"], ["d2", "the-same-token"]]
    assert [number for number, _ in (await imported(city, tmp_path, "devices", table)).refused] == [3]


async def test_members_may_bring_their_device(city: AsyncConnectionPool, tmp_path: Path) -> None:
    table = [
        ["id", "name", "organisation", "device", "token"],
        ["mia", "Mia", "north-1", "phone-mia", "token-of-mia"],
        ["max", "Max", "south-1", "phone-n", ""],
        ["eve", "Eve", "south-1", "phone*eve", ""],
    ]
    report = await imported(city, tmp_path, "members", table, skip_bad=True)
    assert [number for number, _ in report.refused] == [4]
    service = DeviceService(city)
    mia, taken = await service.device("phone-mia"), await service.device("phone-n")
    assert (mia.member, mia.organisation, mia.has_token) == ("mia", "north-1", True)
    assert (taken.member, taken.organisation, taken.has_token) == ("max", "south-1", True)
    assert [row["id"] for row in await exported(city, "members")] == ["anna", "bo", "mia", "max"]


@pytest.mark.parametrize("form", FORMATS)
async def test_several_posts_grids_and_skills_share_a_cell(
    city: AsyncConnectionPool, tmp_path: Path, form: str
) -> None:
    table: Table = [
        ["id", "name", "organisation", "post", "grids", "skills"],
        ["mia", "Mia", "north", " leader; driver;;leader ", "north-1;south-1", "gas; first aid"],
        ["max", "Max", "north", None, None, None],
    ]
    assert (await imported(city, tmp_path, "members", table, form=form)).refused == []
    mia, max_ = [await MemberService(city).find(member, caller=1) for member in ("mia", "max")]
    assert (mia.posts, mia.grids, mia.skills) == (["leader", "driver"], ["north-1", "south-1"], ["gas", "first aid"])
    assert (max_.post, max_.posts, max_.grids, max_.skills) == (None, [], [], [])
    row = (await exported(city, "members"))[2]
    assert (row["post"], row["grids"], row["skills"]) == ("leader;driver", "north-1;south-1", "gas;first aid")
    again: Table = [["id", "name", "organisation", "grids"], ["mia", "Mia", "north-1", "south-1"]]
    await imported(city, tmp_path, "members", again)
    mia = await MemberService(city).find("mia", caller=1)
    assert (mia.posts, mia.grids, mia.skills) == (["leader", "driver"], ["south-1"], ["gas", "first aid"])


async def test_a_members_grids_must_be_grids(city: AsyncConnectionPool, tmp_path: Path) -> None:
    table = [
        ["id", "name", "organisation", "grids"],
        ["m1", "M", "north", "north-1;nowhere"],
        ["m2", "M", "north", "south"],
    ]
    said = [reason for _, reason in (await imported(city, tmp_path, "members", table)).refused]
    assert said == ["there is no grid 'nowhere': import it first", "there is no grid 'south': import it first"]


async def test_a_column_that_means_nothing_is_named(city: AsyncConnectionPool, tmp_path: Path) -> None:
    table = [["id", "name", "organisation", "shoe size"], ["m", "M", "north", "42"]]
    report = await imported(city, tmp_path, "members", table)
    assert (report.ignored, report.stored) == ({"shoe size"}, True)


async def test_a_file_without_ids_is_refused_as_a_whole(city: AsyncConnectionPool, tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="no column 'id'"):
        await imported(city, tmp_path, "members", [["number", "name"], ["1", "M"]])


async def test_a_file_that_breaks_off_stores_nothing(city: AsyncConnectionPool, tmp_path: Path) -> None:
    rows = "".join(f"m{number},M,north\n" for number in range(1200))
    path = tmp_path / "members.csv"
    path.write_bytes(b"id,name,organisation\n" + rows.encode() + b"\xff\xfe")
    with pytest.raises(BadFile):
        await import_file(city, "members", path)
    assert len(await exported(city, "members")) == 2


async def test_rows_of_many_chunks_all_come_in_and_know_each_other(city: AsyncConnectionPool, tmp_path: Path) -> None:
    table = [
        ["id", "name", "organisation"],
        *([f"m{number}", "M", "north"] for number in range(1100)),
        ["m3", "M", "north"],
    ]
    report = await imported(city, tmp_path, "members", table, skip_bad=True)
    assert report.refused == [(1102, "row 5 has the id 'm3' already")]
    assert len(await exported(city, "members")) == 1102


@pytest.mark.parametrize("kind", ["organisations", "grids", "members", "devices"])
async def test_an_export_can_be_imported_again_and_changes_nothing(
    city: AsyncConnectionPool, tmp_path: Path, kind: str
) -> None:
    before = await exported(city, kind)
    path = tmp_path / "again.csv"
    path.write_text("".join([chunk async for chunk in export_csv(city, kind)]), encoding="utf-8", newline="")
    assert (await import_file(city, kind, path)).refused == []
    assert await exported(city, kind) == before
    assert before
