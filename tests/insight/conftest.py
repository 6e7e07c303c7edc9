"""The world that the appraisal is tested in: dispatch's, with a clock that tests move."""

from __future__ import annotations

import pytest
from psycopg_pool import AsyncConnectionPool

from tests.dispatch.world import World, found_world


@pytest.fixture
async def world(pool: AsyncConnectionPool) -> World:
    """A fresh one, at noon of 24 November 2026."""
    return await found_world(pool)
