"""The world that the sub-sites are tested in: that of dispatch, and a desk for requests."""

from __future__ import annotations

import pytest
from psycopg_pool import AsyncConnectionPool

from tests.dispatch.world import World, found_world


@pytest.fixture
async def world(pool: AsyncConnectionPool) -> World:
    """A fresh one, at noon."""
    return await found_world(pool)
