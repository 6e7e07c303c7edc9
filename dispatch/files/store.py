"""SQL of files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import class_row

from dispatch.files.model import File

__all__ = ["FileStore"]

_SHOWN = ", ".join(f"f.{name}" for name in File.model_fields if name != "incident")
_SELECT = f"""SELECT {_SHOWN}, i.id AS incident
             FROM files f JOIN incidents i ON i.key = f.incident"""


class FileStore:
    """Files over one connection; the caller ends its transaction, and has asked whether the incident may be seen."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, file: Mapping[str, Any]) -> str:
        """Store a row: the fields of File but key and id, the incident by its key. Its id."""
        names = list(file)
        cursor = await self._connection.execute(
            f"""INSERT INTO files (key, id, {", ".join(names)})
                SELECT n, 'F-' || n, {", ".join(f"%({name})s" for name in names)}
                FROM nextval(pg_get_serial_sequence('files', 'key')) AS n RETURNING id""".encode(),
            file,
        )
        row = await cursor.fetchone()
        assert row is not None
        return str(row[0])

    async def count(self, incident: int) -> int:
        """How many an incident (key) has."""
        cursor = await self._connection.execute("SELECT count(*) FROM files WHERE incident = %s", (incident,))
        row = await cursor.fetchone()
        return 0 if row is None else int(row[0])

    async def of_incident(self, incident: str) -> list[File]:
        """Those of an incident (id), the oldest first."""
        return await self._rows("i.id = %s", incident)

    async def find(self, file: str) -> File | None:
        """The file of that id."""
        rows = await self._rows("f.id = %s", file)
        return rows[0] if rows else None

    async def _rows(self, where: str, value: str) -> list[File]:
        async with self._connection.cursor(row_factory=class_row(File)) as cursor:
            await cursor.execute(f"{_SELECT} WHERE {where} ORDER BY f.key".encode(), (value,))
            return await cursor.fetchall()
