"""A hall to wait in."""

from __future__ import annotations

import pytest

from tests.dispatch.world import World
from tests.subsites.queues.hall import Hall, found_hall


@pytest.fixture
async def hall(world: World) -> Hall:
    """A fresh one."""
    return await found_hall(world)
