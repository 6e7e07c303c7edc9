from __future__ import annotations

import pytest

from simulators.city.city import City


@pytest.fixture(scope="session")
def city() -> City:
    """The demo city of seed 1, loaded once."""
    return City.load(1)
