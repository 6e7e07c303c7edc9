"""Open files: the limit is raised, and strangers cannot take the last of them."""

from __future__ import annotations

import resource
import subprocess
import sys

import pytest

from gridwarden.compose.descriptors import OF_OTHERS, connections_of

RAISED = """
import resource
from gridwarden.compose.descriptors import raise_limit
resource.setrlimit(resource.RLIMIT_NOFILE, (256, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
print(raise_limit(), *resource.getrlimit(resource.RLIMIT_NOFILE))
"""


def test_the_limit_is_raised_to_what_the_system_lets() -> None:
    said = subprocess.run([sys.executable, "-c", RAISED], capture_output=True, check=True, text=True, timeout=60)
    told, soft, hard = map(int, said.stdout.split())
    assert told == soft > 256
    assert hard == resource.getrlimit(resource.RLIMIT_NOFILE)[1]


@pytest.mark.parametrize(
    ("wanted", "files", "taken"),
    [(20_000, 100_000, 20_000), (20_000, 20_000, 20_000 - OF_OTHERS), (20_000, 1_024, 512), (100, 1_024, 100)],
)
def test_devices_leave_descriptors_to_everybody_else(wanted: int, files: int, taken: int) -> None:
    assert connections_of(wanted, files) == taken


def test_fewer_connections_than_wanted_are_told(caplog: pytest.LogCaptureFixture) -> None:
    connections_of(20_000, 1_024)
    assert "LimitNOFILE" in caplog.text
