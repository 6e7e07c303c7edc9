"""Files of a record over HTTP."""

from __future__ import annotations

from psycopg_pool import AsyncConnectionPool

from tests.registry.house import IN_NORTH, House

PAPER = b"%PDF-1.7 a lease"


async def test_a_paper_of_a_record_is_listed_read_and_taken_away(house: House, city: AsyncConnectionPool) -> None:
    shop = await house.ask("nora", "POST", "/places", 201, {"kind": "shop", "name": "Corner shop"} | IN_NORTH)
    path = f"/places/{shop['id']}/files"
    made = await house.send("nora", f"{path}?name=lease.pdf", 201, PAPER, "application/pdf")
    assert (made["name"], made["by_name"], made["bytes"]) == ("lease.pdf", "nora", len(PAPER))
    assert (await house.ask("olga", "GET", path, 200))["items"] == [made]
    assert await house.fetch("olga", f"{path}/{made['id']}") == PAPER
    await house.ask("olga", "DELETE", f"{path}/{made['id']}", 403)
    await house.ask("nora", "DELETE", f"{path}/{made['id']}", 204)
    assert (await house.ask("nora", "GET", path, 200))["items"] == []


async def test_what_a_file_is_is_told_by_its_bytes(house: House) -> None:
    await house.home()
    await house.send("nora", "/buildings/B1/files", 415, PAPER, "image/png")
    await house.send("nora", "/buildings/B1/files", 415, b"#!/bin/sh", "text/x-shellscript")


async def test_papers_of_a_household_are_seen_for_a_purpose_by_its_district_only(house: House) -> None:
    await house.home()
    made = await house.send("nora", "/households/F1/files", 201, PAPER, "application/pdf")
    await house.ask("nora", "GET", "/households/F1/files", 400)
    assert (await house.ask("nora", "GET", "/households/F1/files?purpose=lease", 200))["items"] == [made]
    await house.ask("sam", "GET", "/households/F1/files?purpose=lease", 404)
    await house.ask("sam", "GET", f"/households/F1/files/{made['id']}?purpose=lease", 404)
    await house.ask("sam", "DELETE", f"/households/F1/files/{made['id']}", 404)
    await house.send("sam", "/households/F1/files", 404, PAPER, "application/pdf")
    looks = (await house.ask("carla", "GET", "/access?record=F1", 200))["items"]
    assert [(one["name"], one["purpose"]) for one in looks] == [("nora", "lease")]
