from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace

import psycopg
import pytest

from gridwarden.database.errors import ChangedMigration, DatabaseTooNew, DatabaseUnreachable
from gridwarden.database.migrate import Migration, migrate, packaged_migrations
from tests.conftest import Servers
from tests.databases.fresh import Databases

FIRST = Migration(1, "0001_first.sql", "CREATE TABLE first (n integer);")
SECOND = Migration(2, "0002_second.sql", "CREATE TABLE second (n integer);")


@pytest.fixture
def empty_url(embedded: Databases) -> Iterator[str]:
    with embedded.empty() as url:
        yield url


async def tables(url: str) -> set[str]:
    async with await psycopg.AsyncConnection.connect(url) as connection:
        cursor = await connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        return {name async for (name,) in cursor}


async def test_each_migration_is_applied_once(empty_url: str) -> None:
    assert await migrate(empty_url, [FIRST]) == 1
    assert await migrate(empty_url, [FIRST, SECOND]) == 1
    assert await migrate(empty_url, [FIRST, SECOND]) == 0
    assert await tables(empty_url) == {"migrations", "first", "second"}


async def test_a_failing_migration_leaves_nothing_of_itself(empty_url: str) -> None:
    broken = Migration(2, "0002_broken.sql", "CREATE TABLE half (n integer); SELECT 1 / 0;")
    with pytest.raises(psycopg.errors.DivisionByZero):
        await migrate(empty_url, [FIRST, broken])
    assert await tables(empty_url) == {"migrations", "first"}


@pytest.mark.parametrize("server", ["embedded", pytest.param("debian-timescale", marks=pytest.mark.timescale)])
async def test_processes_that_start_together_apply_each_once(servers: Servers, server: str) -> None:
    with servers.databases(server).empty() as url:
        applied = await asyncio.gather(*(migrate(url) for _ in range(4)))
        assert sorted(applied) == [0, 0, 0, len(packaged_migrations())]


async def test_a_migration_that_changed_after_it_was_applied_is_refused(empty_url: str) -> None:
    await migrate(empty_url, [FIRST])
    with pytest.raises(ChangedMigration, match="0001_first"):
        await migrate(empty_url, [replace(FIRST, text="CREATE TABLE other ();")])


async def test_a_database_of_a_newer_program_is_refused(empty_url: str) -> None:
    await migrate(empty_url, [FIRST, SECOND])
    with pytest.raises(DatabaseTooNew, match="migration 2"):
        await migrate(empty_url, [FIRST])


async def test_a_database_that_does_not_answer_is_named_as_such() -> None:
    with pytest.raises(DatabaseUnreachable, match="does not answer"):
        await migrate("postgresql://nobody@127.0.0.1:1/none", [FIRST])


def test_no_two_of_the_packaged_migrations_have_the_same_number() -> None:
    """Gaps are allowed: a number is set aside where the work on a migration begins, and not all end in that order."""
    numbers = [one.number for one in packaged_migrations()]
    assert numbers == sorted(set(numbers))
    assert numbers[0] == 1


async def test_one_that_came_after_a_higher_number_was_applied_is_applied_too(empty_url: str) -> None:
    third = Migration(3, "0003_third.sql", "CREATE TABLE third (n integer);")
    assert await migrate(empty_url, [FIRST, third]) == 2
    assert await migrate(empty_url, [FIRST, SECOND, third]) == 1
    assert await tables(empty_url) == {"migrations", "first", "second", "third"}


async def test_the_packaged_migrations_apply_to_every_edition(any_databases: Databases) -> None:
    with any_databases.fresh() as url:
        assert {"positions", "devices", "members", "last_known"} <= await tables(url)
        assert await migrate(url) == 0
