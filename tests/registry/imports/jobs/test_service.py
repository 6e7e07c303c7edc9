"""Files of many rows: each row once, whoever dies on the way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from registry.api.problems import Conflict
from registry.api.route import Caller, Role
from registry.imports.jobs import api
from registry.imports.jobs.model import ImportJob
from registry.imports.jobs.service import ImportJobs
from registry.imports.kinds import KINDS
from registry.organisations.model import ROOT_KEY
from registry.privacy.queries import Vault
from registry.privacy.service import Sealer
from tests.gridwarden.web.house import Client, as_user, visiting
from tests.registry.two_districts import NORTH

CITY = as_user("administrator")
ROOT = Caller(user=1, name="carla", role=Role.ADMINISTRATOR, organisation=ROOT_KEY, organisation_id="city", member=None)
ROWS = 1_200


def lines(count: int = ROWS) -> bytes:
    """Members m0 …; each hundredth has no name."""
    rows = [f"m{n},{'' if n % 100 == 99 else f'Mia {n}'},north-1" for n in range(count)]
    return "\r\n".join(["id,name,organisation", *rows]).encode()


@pytest.fixture
def vault(city: AsyncConnectionPool) -> Vault:
    return Vault(city, Sealer({1: bytes(32)}))


@pytest.fixture
def jobs(city: AsyncConnectionPool, vault: Vault) -> ImportJobs:
    return ImportJobs(city, KINDS, vault)


async def begun(jobs: ImportJobs, data: bytes) -> str:
    job = (await jobs.add(ROOT, "members", "m.csv", None)).id
    half = len(data) // 2
    await jobs.receive(job, 2, data[half:])
    await jobs.receive(job, 1, data[:half])
    await jobs.receive(job, 1, data[:half])
    return (await jobs.start(job)).id


async def told(pool: AsyncConnectionPool, query: str) -> Any:
    async with pool.connection() as connection:
        row = await (await connection.execute(query.encode())).fetchone()
        assert row is not None
        return row[0]


async def state_of(client: Client, job: str) -> ImportJob:
    answer = await client.get(f"/api/v1/import-jobs/{job}", headers=CITY)
    assert answer.status == 200
    return ImportJob.model_validate(await answer.json())


@pytest.fixture
async def client(city: AsyncConnectionPool, jobs: ImportJobs) -> AsyncIterator[Client]:
    async with visiting(api.routes(city, jobs)) as visitor:
        yield visitor


async def test_a_file_in_parts_is_stored_and_its_refused_rows_can_be_fetched(
    jobs: ImportJobs, city: AsyncConnectionPool, client: Client
) -> None:
    job = await begun(jobs, lines())
    await jobs.run(job)
    done = await state_of(client, job)
    assert (done.state, done.rows, done.total, done.refused, done.bytes) == ("done", ROWS, ROWS, 12, len(lines()))
    assert await told(city, "SELECT count(*) FROM members WHERE id LIKE 'm%'") == ROWS - 12
    refused = (await (await client.get(f"/api/v1/import-jobs/{job}/refused", headers=CITY)).text()).splitlines()
    assert refused[:2] == ["line,field,reason", "101,name,name must be filled"]
    assert len(refused) == 13
    assert await told(city, "SELECT count(*) FROM import_parts") == 0


async def test_after_a_death_in_a_chunk_the_next_one_goes_on_and_each_row_is_taken_once(
    jobs: ImportJobs, city: AsyncConnectionPool, vault: Vault, client: Client
) -> None:
    taken: list[int] = []

    async def write(connection: AsyncConnection, rows: Mapping[int, Any]) -> dict[int, str]:
        refused = await KINDS["members"].write(connection, rows)
        taken.extend(rows)
        if len(taken) > 600:
            raise asyncio.CancelledError
        return refused

    dying = ImportJobs(city, {"members": replace(KINDS["members"], write=write)}, vault)
    job = await begun(dying, lines())
    with pytest.raises(asyncio.CancelledError):
        await dying.run(job)
    half = await state_of(client, job)
    assert (half.state, half.rows, half.total) == ("running", 500, ROWS)
    assert await told(city, "SELECT count(*) FROM members WHERE id LIKE 'm%'") == 495, "the chunk at hand went back"
    await jobs.run(job)
    done = await state_of(client, job)
    assert (done.state, done.rows, done.refused) == ("done", ROWS, 12)
    assert await told(city, "SELECT count(*) FROM members WHERE id LIKE 'm%'") == ROWS - 12


async def test_an_id_of_a_chunk_before_the_death_is_still_known(jobs: ImportJobs, city: AsyncConnectionPool) -> None:
    job = await begun(jobs, lines() + b"\r\nm0,Twice,north-1")
    async with city.connection() as connection:
        await connection.execute("UPDATE import_jobs SET rows = 1000")
    await jobs.run(job)
    assert await told(city, f"SELECT reason FROM import_refusals WHERE line = {ROWS + 2}") == (
        "row 2 has the id 'm0' already"
    )


async def test_a_cancelled_one_takes_no_further_rows(jobs: ImportJobs, city: AsyncConnectionPool) -> None:
    job = await begun(jobs, lines())
    await jobs.cancel(job)
    await jobs.run(job)
    assert await told(city, "SELECT count(*) FROM members WHERE id LIKE 'm%'") == 0
    with pytest.raises(Conflict, match="cancelled"):
        await jobs.start(job)


async def test_a_file_that_is_none_fails_with_the_reason(jobs: ImportJobs, client: Client) -> None:
    job = await begun(jobs, b"name\r\nMia")
    await jobs.run(job)
    done = await state_of(client, job)
    assert done.state == "failed"
    assert "no column 'id'" in (done.problem or "")


async def test_a_file_that_is_torn_at_its_end_stores_none_of_its_rows(
    jobs: ImportJobs, city: AsyncConnectionPool, client: Client
) -> None:
    job = await begun(jobs, lines() + b"\r\nm-last,\xff\xfe,north-1")
    await jobs.run(job)
    done = await state_of(client, job)
    assert (done.state, done.rows, done.total) == ("failed", 0, None)
    assert await told(city, "SELECT count(*) FROM members WHERE id LIKE 'm%'") == 0


async def test_the_file_lies_sealed_in_the_database(jobs: ImportJobs, city: AsyncConnectionPool) -> None:
    await begun(jobs, lines())
    assert await told(city, "SELECT bool_or(position('Mia'::bytea IN sealed) > 0) FROM import_parts") is False


async def test_only_administrators_of_the_whole_city_may(client: Client) -> None:
    for headers in (as_user(f"administrator:{NORTH}"), as_user("dispatcher")):
        sent = {"kind": "members", "name": "m.csv"}
        assert (await client.post("/api/v1/import-jobs", json=sent, headers=headers)).status == 403
        assert (await client.get("/api/v1/import-jobs", headers=headers)).status == 403
