"""Where the databases of the tests are unpacked: the checkout's .cache, which git ignores.

PostgreSQL refuses to run as root, and nobody cannot walk into root's home: a checkout there has its cache elsewhere.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

__all__ = ["DEBIAN", "PGLITE"]


def _cache() -> Path:
    checkout = Path(__file__).parents[2]
    reachable = all(folder.stat().st_mode & stat.S_IXOTH for folder in (checkout, *checkout.parents))
    return checkout / ".cache" if reachable or os.geteuid() != 0 else Path("/var/tmp/gridwarden-tests")


DEBIAN = _cache() / "debian-timescale"
PGLITE = _cache() / "pglite-timescale"
