"""Files on disk by the hash of their bytes: written once, whole or not at all."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

__all__ = ["Disk"]

_CHUNK = 1 << 18


class Disk:
    """A folder of files named by SHA-256."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, data: bytes) -> str:
        """Store it durably; its hash. The same bytes are stored once. Blocks: call it in a thread."""
        sha256 = hashlib.sha256(data).hexdigest()
        path = self._path(sha256)
        if path.exists():
            return sha256
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        return sha256

    async def chunks(self, sha256: str) -> AsyncIterator[bytes]:
        """The bytes, a piece at a time. Raises FileNotFoundError."""
        with self._path(sha256).open("rb") as file:
            while chunk := file.read(_CHUNK):
                yield chunk

    def has(self, sha256: str) -> bool:
        """Whether it is there."""
        return self._path(sha256).exists()

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256
