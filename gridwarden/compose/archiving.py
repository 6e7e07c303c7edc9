"""The whole state in one file: the database's rows, and the files and clips of the data directory."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import zipfile
from pathlib import Path

from gridwarden.database.archive import read_tables, write_tables
from gridwarden.database.errors import NoArchive
from tracker.history.partitions import ensure_days, is_partitioned

__all__ = ["backup", "restore"]

FOLDERS = ("files", "clips")
"""Of the data directory; what lies there is named by its hash and never changes."""

_STORED = re.compile(rf"({'|'.join(FOLDERS)})/[0-9a-f]{{2}}/[0-9a-f]{{64}}")


def backup(url: str, data: Path, file: Path) -> None:
    """Write it, for its owner's eyes only: it has what the database has of passwords. A failure leaves no file.

    The folders come after the rows, so that no row is without its file.
    """
    handle, name = tempfile.mkstemp(dir=file.absolute().parent, prefix=f".{file.name}.")
    making = Path(name)
    try:
        with os.fdopen(handle, "w+b") as out:
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                write_tables(url, archive)
                for path in _stored(data):
                    archive.write(path, path.relative_to(data), zipfile.ZIP_STORED)
            out.flush()
            os.fsync(out.fileno())
        making.replace(file)
    except BaseException:
        making.unlink(missing_ok=True)
        raise


def restore(url: str, data: Path, file: Path) -> None:
    """Replace every row by the backup's, and add its files to those that are there.

    Raises NoArchive, OtherMigrations and OSError.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            if (broken := archive.testzip()) is not None:
                raise NoArchive(f"the backup is damaged: {broken}")
            for name in filter(_STORED.fullmatch, archive.namelist()):
                _put(archive, name, data / name)
            read_tables(url, archive, lambda connection, days: (
                ensure_days(connection, days) if is_partitioned(connection) else None
            ))  # fmt: skip
    except zipfile.BadZipFile as error:
        raise NoArchive("the file is no backup of gridwarden's, or not a whole one") from error


def _stored(data: Path) -> list[Path]:
    return [
        path
        for folder in FOLDERS
        for path in sorted((data / folder).glob("*/*"))
        if _STORED.fullmatch(path.relative_to(data).as_posix())
    ]


def _put(archive: zipfile.ZipFile, name: str, path: Path) -> None:
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, making = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as out, archive.open(name) as packed:
            shutil.copyfileobj(packed, out)
        Path(making).replace(path)
    except BaseException:
        Path(making).unlink(missing_ok=True)
        raise
