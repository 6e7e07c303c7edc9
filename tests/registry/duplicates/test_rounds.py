"""Duplicates are proposed by themselves: at night, and after an import."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from psycopg_pool import AsyncConnectionPool

from registry.duplicates.queries import looked_through
from registry.duplicates.rounds import DuplicateRounds, night_of
from registry.elements.imports import element_kinds
from registry.elements.model import Element
from registry.imports.service import import_file
from registry.privacy.queries import Vault
from registry.privacy.service import Sealer
from tests.registry.duplicates.test_api import twins
from tests.registry.house import House

ZONE = "Asia/Shanghai"
NIGHT = datetime(2026, 11, 25, 18, 30, tzinfo=UTC)  # half past two there
DAY = datetime(2026, 11, 26, 6, 0, tzinfo=UTC)
TWINS = "id,name,birth_date,organisation\nQ1,Wang Wei,1980-01-02,north-1\nQ2,Wang Wei,1980-01-02,north-1\n"


async def open_ones(house: House) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await house.ask("nora", "GET", "/duplicates?element=people", 200))["items"]
    return items


@pytest.mark.parametrize(
    ("now", "begin"),
    [
        (NIGHT, datetime(2026, 11, 25, 17, 0, tzinfo=UTC)), (DAY, None),
        (datetime(2026, 11, 25, 16, 59, tzinfo=UTC), None), (datetime(2026, 11, 25, 21, 0, tzinfo=UTC), None),
    ],
)  # fmt: skip
def test_the_night_is_the_city_s_own(now: datetime, begin: datetime | None) -> None:
    assert night_of(now, ZoneInfo(ZONE)) == begin


async def test_each_element_is_looked_through_once_a_night_and_not_by_day(
    house: House, city: AsyncConnectionPool
) -> None:
    await twins(house)
    now = [DAY]
    rounds = DuplicateRounds(city, lambda: now[0], ZONE)
    assert await rounds.round() == []
    assert await open_ones(house) == []
    now[0] = NIGHT
    assert set(await rounds.round()) == set(Element) - {Element.HOUSES}
    (found,) = await open_ones(house)
    assert found["reasons"] == ["name_birth"]
    now[0] += timedelta(minutes=30)
    assert await DuplicateRounds(city, lambda: now[0], ZONE).round() == []
    now[0] += timedelta(days=1)
    assert Element.PEOPLE in await rounds.round()


async def test_what_an_import_brought_in_is_looked_through_soon_also_by_day(
    house: House, city: AsyncConnectionPool, tmp_path: Path
) -> None:
    file = tmp_path / "people.csv"
    file.write_text(TWINS, encoding="utf-8")
    kind = looked_through("people", element_kinds(Vault(city, Sealer({1: b"k" * 32})))["people"])
    rounds = DuplicateRounds(city, lambda: DAY, ZONE)
    assert (await import_file(city, kind, file, check=True)).rows == 2
    assert await rounds.round() == []
    assert (await import_file(city, kind, file)).stored
    assert await rounds.round() == [Element.PEOPLE]
    assert [one["first"]["id"] for one in await open_ones(house)] == ["Q1"]
    assert await rounds.round() == []


async def test_a_look_that_takes_too_long_is_cut_off_until_the_next_night(
    house: House, city: AsyncConnectionPool
) -> None:
    await twins(house)
    rounds = DuplicateRounds(city, lambda: NIGHT, ZONE, timedelta(milliseconds=50))
    async with city.connection() as other:
        await other.execute("SELECT pg_advisory_xact_lock(hashtextextended('duplicates', 0))")
        assert await rounds.round() == []
    assert await DuplicateRounds(city, lambda: NIGHT, ZONE).round() == []
    assert await open_ones(house) == []
