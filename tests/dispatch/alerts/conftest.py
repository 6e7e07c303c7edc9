"""Members with handhelds."""

from __future__ import annotations

import pytest

from tests.dispatch.alerts.house import Handhelds
from tests.dispatch.world import World


@pytest.fixture
def handhelds(world: World) -> Handhelds:
    """Nobody has one yet."""
    return Handhelds(world)
