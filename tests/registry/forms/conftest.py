"""A place and a household in each of two districts, a clock, and the services of forms."""

from __future__ import annotations

import pytest
from psycopg_pool import AsyncConnectionPool

from registry.api.route import Caller, Role
from registry.forms.editing import FormEditor
from registry.forms.service import EntryService
from tests.gridwarden.web.house import a_caller
from tests.registry.forms.filled import Clock, run
from tests.registry.two_districts import NORTH


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def editor(city: AsyncConnectionPool, clock: Clock) -> FormEditor:
    return FormEditor(city, clock)


@pytest.fixture
def service(city: AsyncConnectionPool, clock: Clock) -> EntryService:
    return EntryService(city, clock)


@pytest.fixture
async def user(city: AsyncConnectionPool) -> Caller:
    """A user of the north who exists, for idempotency keys."""
    await run(city, "INSERT INTO users (name, password_hash, role, organisation) VALUES ('u', '', 'officer', 2)")
    return a_caller(Role.OFFICER, NORTH)


@pytest.fixture(autouse=True)
async def records(city: AsyncConnectionPool) -> None:
    """A place and a household in each district's grid: P-n, P-s, H-n, H-s."""
    for district, latitude in (("north", 26.005), ("south", 26.405)):
        short = district[0]
        grid = f"FROM organisations WHERE id = '{district}-1'"
        await run(
            city,
            f"""INSERT INTO places (id, organisation, kind, name, latitude, longitude)
                SELECT 'P-{short}', key, 'shop', 'Shop', {latitude}, 119.305 {grid}""",
        )
        await run(city, f"INSERT INTO households (id, organisation) SELECT 'H-{short}', key {grid}")
