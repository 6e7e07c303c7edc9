"""Files over HTTP: what is refused is told, nothing is half done, and only the city's administrators may."""

from __future__ import annotations

import io
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from psycopg_pool import AsyncConnectionPool

from registry.imports import api
from registry.imports.kinds import KINDS
from tests.gridwarden.web.house import Client, as_user, visiting
from tests.registry.imports.files import FORMATS, written
from tests.registry.two_districts import NORTH

CITY, STREET = as_user("administrator"), as_user(f"administrator:{NORTH}")
GOOD = "id,name,organisation\r\nm1,Mia,north-1\r\n"
BAD = "id,name,organisation,salary\nm1,Mia,north-1,5\nm2,,north-1,5\nm3,Max,nowhere,5\n"


@pytest.fixture
async def client(city: AsyncConnectionPool) -> AsyncIterator[Client]:
    async with visiting(api.routes(city, KINDS)) as visitor:
        yield visitor


async def sent(
    client: Client, data: bytes | str, status: int = 200, path: str = "members?name=m.csv", *,
    headers: dict[str, str] = CITY, media_type: str = "text/csv",
) -> Any:  # fmt: skip
    answer = await client.post(f"/api/v1/imports/{path}", data=data, headers=headers | {"Content-Type": media_type})
    assert answer.status == status, await answer.text()
    return await answer.json()


async def members(client: Client) -> list[str]:
    """Ids, as exported."""
    answer = await client.get("/api/v1/exports/members", headers=CITY)
    assert answer.headers["Content-Disposition"].endswith("''members.csv")
    return [line.partition(",")[0] for line in (await answer.text()).splitlines()[1:]]


async def test_a_good_file_is_stored_and_what_stands_is_given_back(client: Client) -> None:
    report = await sent(client, GOOD)
    assert report == {
        "kind": "members", "rows": 1, "stored": 1, "refused_count": 0, "refused": [], "ignored": [], "warnings": [],
        "check": False,
    }  # fmt: skip
    assert await members(client) == ["anna", "bo", "m1"]


async def test_refused_rows_are_told_by_line_and_field_and_nothing_is_stored(client: Client) -> None:
    report = await sent(client, BAD)
    assert (report["rows"], report["stored"], report["refused_count"], report["ignored"]) == (3, 0, 2, ["salary"])
    assert report["refused"] == [
        {"line": 3, "field": "name", "reason": "name must be filled"},
        {"line": 4, "field": "organisation", "reason": "there is no organisation 'nowhere': import it first"},
    ]
    assert await members(client) == ["anna", "bo"]


async def test_the_good_rows_are_kept_when_that_is_asked_for(client: Client) -> None:
    assert (await sent(client, BAD, path="members?name=m.csv&skip_bad=true"))["stored"] == 1
    assert await members(client) == ["anna", "bo", "m1"]


async def test_a_check_says_the_same_and_stores_nothing(client: Client) -> None:
    report = await sent(client, GOOD, path="members?name=m.csv&check=true")
    assert (report["rows"], report["stored"], report["refused_count"], report["check"]) == (1, 0, 0, True)
    assert await members(client) == ["anna", "bo"]


@pytest.mark.parametrize("form", FORMATS)
async def test_the_ending_of_the_name_says_how_the_file_is_read(client: Client, tmp_path: Path, form: str) -> None:
    path = written(tmp_path, form, [["id", "name", "organisation"], ["m1", "Mia", "north-1"]])
    said = f"members?name={path.name.upper()}"
    assert (await sent(client, path.read_bytes(), path=said, media_type="application/octet-stream"))["stored"] == 1


@pytest.mark.parametrize(
    ("path", "data", "words"),
    [
        ("members?name=m.pdf", b"", "ends in .csv"),
        (f"members?name=m.{'x' * 150}", b"", "ends in .csv"),
        ("members?name=m.csv", b"\xff\xfe", "m.csv is not UTF-8"),
        ("members?name=list.xlsx", b"no workbook", "list.xlsx cannot be read"),
        ("members?name=m.csv", b"name\nMia\n", "no column 'id'"),
    ],
)
async def test_a_file_that_cannot_be_read_is_told_by_its_own_name(
    client: Client, path: str, data: bytes, words: str
) -> None:
    assert words in (await sent(client, data, 400, path))["detail"]


async def test_only_administrators_of_the_whole_city_import_and_export(client: Client) -> None:
    for headers in (STREET, as_user("dispatcher")):
        await sent(client, GOOD, 403, headers=headers)
        assert (await client.get("/api/v1/exports/members", headers=headers)).status == 403
    assert await members(client) == ["anna", "bo"]


async def test_a_kind_that_is_none_and_a_media_type_that_is_none_are_refused(client: Client) -> None:
    assert "organisations, grids, members, devices" in (await sent(client, GOOD, 404, "cats?name=m.csv"))["detail"]
    await sent(client, GOOD, 415, media_type="image/png")


async def test_a_file_that_is_too_large_is_refused(client: Client) -> None:
    answer = await client.post(
        "/api/v1/imports/members?name=m.csv",
        data=io.BytesIO(bytes(api.MOST_BYTES + 1)),
        headers=CITY | {"Content-Type": "text/csv"},
    )
    assert answer.status == 413


async def test_of_many_refused_rows_the_first_thousand_are_told(client: Client) -> None:
    rows = [{"type": "Feature", "properties": {"id": f"g{n}"}, "geometry": None} for n in range(1_200)]
    text = json.dumps({"type": "FeatureCollection", "features": rows})
    report = await sent(client, text, path="grids?name=g.geojson", media_type="application/geo+json")
    assert (report["refused_count"], len(report["refused"])) == (1_200, 1_000)
