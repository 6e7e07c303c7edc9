"""Exports as people of every role meet them."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator, Sequence
from typing import Any

import openpyxl
import pytest

from dispatch.exports import api, service
from registry.api.route import Caller
from tests.dispatch.world import NOON, World
from tests.gridwarden.web.house import Client, as_user, visiting


@pytest.fixture
async def client(world: World) -> AsyncIterator[Client]:
    """Whoever is in the world is signed in by name."""

    async def caller(token: str) -> Caller | None:
        actor = world.actors.get(token)
        if actor is None or actor.role is None or actor.user is None or actor.organisation is None:
            return None
        return Caller(
            user=actor.user, name=actor.name, role=actor.role, organisation=actor.organisation, organisation_id="",
            member=actor.member,
        )  # fmt: skip

    async with visiting(api.routes(world.incidents, world.assignments), authenticate=caller) as visitor:
        yield visitor


async def rows_of(client: Client, who: str, path: str) -> list[dict[str, str]]:
    response = await client.get(f"/api/v1/reports/{path}", headers=as_user(who))
    assert response.status == 200, await response.text()
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO((await response.read()).decode(), newline="")))


async def test_incidents_come_newest_first_as_far_as_the_caller_sees_them(client: Client, world: World) -> None:
    one, two = await world.report(), await world.report(description="=1+1", priority=1)
    rows = await rows_of(client, "dora", "incidents.csv")
    assert [row["id"] for row in rows] == [two["id"], one["id"]]
    assert rows[0]["description"] == "'=1+1"
    assert rows[1]["reported_at"] == "2026-11-24T12:00:00.000Z"
    assert rows[1]["kind_zh"] == "井盖"
    assert [row["id"] for row in await rows_of(client, "dora", "incidents.csv?priority=1")] == [two["id"]]
    assert await rows_of(client, "wes", "incidents.csv") == [], "another district"


async def test_assignments_are_exported_with_their_incident(client: Client, world: World) -> None:
    told = await world.dispatched("anna", "bo")
    rows = await rows_of(client, "dora", "assignments.csv?state=offered")
    assert [(row["member"], row["incident"]) for row in rows] == [("bo", told["id"]), ("anna", told["id"])]
    assert await rows_of(client, "wes", "assignments.csv") == []


async def test_a_workbook_runs_no_formula_and_has_real_times(client: Client, world: World) -> None:
    await world.report(description="=1+1")
    await world.report(description="bell\x07")
    response = await client.get("/api/v1/reports/incidents.xlsx", headers=as_user("dora"))
    assert response.status == 200
    book = openpyxl.load_workbook(io.BytesIO(await response.read()))
    header, *rows = (list(row) for row in book.worksheets[0].iter_rows())
    at = [cell.value for cell in header].index("description")
    reported = [cell.value for cell in header].index("reported_at")
    assert [row[at].value for row in rows] == ["bell\ufffd", "=1+1"]
    assert {row[at].data_type for row in rows} == {"s"}
    assert rows[0][reported].value == NOON.replace(tzinfo=None)


@pytest.mark.parametrize("path", ["incidents.csv?state=gone", "incidents.xlsx?limit=2", "assignments.csv?since=1"])
async def test_what_is_no_filter_is_refused(client: Client, path: str) -> None:
    assert (await client.get(f"/api/v1/reports/{path}", headers=as_user("dora"))).status == 400


@pytest.mark.parametrize("name", ["incidents", "assignments"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
async def test_members_export_nothing(client: Client, name: str, kind: str) -> None:
    assert (await client.get(f"/api/v1/reports/{name}.{kind}", headers=as_user("anna"))).status == 403


@pytest.mark.parametrize("count", [0, 499, 500, 501, 1_000, 1_234])
async def test_every_row_of_every_page_is_written_once(count: int) -> None:
    async def pages(before: int, limit: int) -> Sequence[dict[str, Any]]:
        newest = count if before == 0 else before - 1
        return [{"key": key} for key in range(newest, max(newest - limit, 0), -1)]

    written = b"".join([chunk async for chunk in service.csv_of(("key",), pages)])
    assert written.decode().split() == ["key", *map(str, range(count, 0, -1))]
    book = b"".join([chunk async for chunk in service.xlsx_of(("key",), pages)])
    [sheet] = openpyxl.load_workbook(io.BytesIO(book), read_only=True).worksheets
    assert [row[0] for row in sheet.iter_rows(values_only=True)] == ["key", *range(count, 0, -1)]
