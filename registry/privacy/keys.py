"""The file that the sealing keys stand in, readable by its owner only: a line a key, `VERSION HEX`."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path

from registry.privacy.errors import CannotSeal
from registry.privacy.service import KEY_BYTES

__all__ = ["made_or_read", "read_keys"]

_NOTE = "# Seals identity and telephone numbers of Gridwarden. Keep a copy apart from the backups: they need it.\n"


def made_or_read(path: Path) -> dict[int, bytes]:
    """The keys of the file; one is made where there is no file. Raises CannotSeal, OSError."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _make(path)
    return read_keys(path)


def read_keys(path: Path) -> dict[int, bytes]:
    """By version. Raises CannotSeal where there are none or one is damaged, OSError."""
    keys: dict[int, bytes] = {}
    for line in path.read_text(encoding="ascii", errors="replace").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        version, _, text = line.strip().partition(" ")
        try:
            number, key = int(version), bytes.fromhex(text)
        except ValueError as error:
            raise CannotSeal(f"{path} is damaged: put back the copy that you keep of it") from error
        if not 1 <= number <= 255 or len(key) != KEY_BYTES or number in keys:
            raise CannotSeal(f"{path} is damaged: put back the copy that you keep of it")
        keys[number] = key
    if not keys:
        raise CannotSeal(f"{path} has no key: put back the copy that you keep of it")
    return keys


def _make(path: Path) -> None:
    """Whole or not at all, and never over another process's: several may start at once."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # 0600
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(f"{_NOTE}1 {secrets.token_hex(KEY_BYTES)}\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(name, path)
        except FileExistsError:
            return
    finally:
        Path(name).unlink()
