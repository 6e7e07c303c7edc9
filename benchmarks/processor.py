"""What a server and its database need of the processors, however busy these are with others."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg

__all__ = ["Processor", "ran"]


class Processor:
    """server: its process. url: of its embedded database."""

    def __init__(self, server: int, url: str) -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            self._server, self._database = server, int(_stat(connection.info.backend_pid)[1])

    def seconds(self) -> float:
        """That the server, the database's processes, and those of them that ended have run so far."""
        ended = _stat(self._database)
        taken = sum(ran(process) for process in (self._server, self._database, *self._children()))
        return taken + (int(ended[13]) + int(ended[14])) / os.sysconf("SC_CLK_TCK")

    def _children(self) -> Iterator[int]:
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if int(_stat(int(process.name))[1]) == self._database:
                    yield int(process.name)


def ran(process: int) -> float:
    """Seconds of all its threads."""
    nanoseconds = 0
    with suppress(OSError):
        for thread in Path(f"/proc/{process}/task").iterdir():
            with suppress(OSError):
                nanoseconds += int((thread / "schedstat").read_text(encoding="ascii").split()[0])
    return nanoseconds / 1e9


def _stat(process: int) -> list[str]:
    return Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
