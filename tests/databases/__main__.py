"""`python -m tests.databases install`: fetch the TimescaleDB servers that the tests use, once, into .cache.

What this machine cannot have is named, and its tests are skipped; under CI=true that is an error.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from tests.databases import debian_timescale, pglite_timescale
from tests.databases.errors import NotHere
from tests.databases.places import DEBIAN, PGLITE

_INSTALLERS: dict[str, tuple[Callable[[Path], str], Path]] = {
    "Debian's TimescaleDB (Apache edition)": (debian_timescale.install, DEBIAN),
    "PGlite TimescaleDB (full edition)": (pglite_timescale.install, PGLITE),
}


def install() -> int:
    """Install each; the exit status."""
    missing = 0
    for name, (installer, home) in _INSTALLERS.items():
        try:
            print(f"{name}: {installer(home)}", flush=True)
        except (NotHere, OSError) as error:
            print(f"{name}: not here, its tests will be skipped: {error}", flush=True)
            missing += 1
    return 1 if missing and os.environ.get("CI") == "true" else 0


if __name__ == "__main__":
    if sys.argv[1:] != ["install"]:
        sys.exit("usage: python -m tests.databases install")
    sys.exit(install())
