"""What stands, as a file that can be imported again: CSV, XLSX or GeoJSON, a batch of rows in memory at a time."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

from psycopg_pool import AsyncConnectionPool

from registry.imports.kinds import Kind, kind_of
from registry.imports.workbook import Workbook

__all__ = ["FORMATS", "Format", "export_csv"]

_AT_ONCE = 1_000
_CHUNK = 1 << 18
_OUTLINES = ("footprint", "territory")


class Format(NamedTuple):
    """How rows are written. write: in chunks; tokens and sealed numbers cannot be told again."""

    media_type: str
    write: Callable[[AsyncConnectionPool, Kind], AsyncIterator[bytes]]


async def export_csv(pool: AsyncConnectionPool, kind: str | Kind) -> AsyncIterator[str]:
    """The kind as CSV."""
    kind = kind_of(kind)
    yield ",".join(kind.columns) + "\r\n"
    async for rows in _batches(pool, kind):
        text = io.StringIO()
        csv.writer(text).writerows([[_cell(value) for value in row] for row in rows])
        yield text.getvalue()


async def _csv(pool: AsyncConnectionPool, kind: Kind) -> AsyncIterator[bytes]:
    async for text in export_csv(pool, kind):
        yield text.encode()


async def _geojson(pool: AsyncConnectionPool, kind: Kind) -> AsyncIterator[bytes]:
    yield b'{"type":"FeatureCollection","features":['
    comma = ""
    async for rows in _batches(pool, kind):
        text = ",\n".join(json.dumps(_feature(kind, row), ensure_ascii=False) for row in rows)
        yield f"{comma}{text}".encode()
        comma = ",\n"
    yield b"]}\n"


async def _xlsx(pool: AsyncConnectionPool, kind: Kind) -> AsyncIterator[bytes]:
    book = Workbook(kind.columns)
    try:
        async for rows in _batches(pool, kind):
            await asyncio.to_thread(book.add, [[_cell(value) for value in row] for row in rows])
        with tempfile.TemporaryFile() as file:
            await asyncio.to_thread(book.save, file)
            file.seek(0)
            while chunk := await asyncio.to_thread(file.read, _CHUNK):
                yield chunk
    finally:
        book.close()


async def _batches(pool: AsyncConnectionPool, kind: Kind) -> AsyncIterator[list[tuple[Any, ...]]]:
    async with pool.connection() as connection, connection.cursor("export") as cursor:
        await cursor.execute(kind.select.encode())
        while rows := await cursor.fetchmany(_AT_ONCE):
            yield rows


def _feature(kind: Kind, row: Sequence[Any]) -> dict[str, Any]:
    """The outline or the point as geometry, everything else as properties."""
    values = dict(zip(kind.columns, row, strict=True))
    outline = next((said for name in _OUTLINES if (said := values.pop(name, None)) is not None), None)
    geometry = None if outline is None else json.loads(outline)
    if geometry is None and values.get("longitude") is not None:
        geometry = {"type": "Point", "coordinates": [values["longitude"], values["latitude"]]}
    told = {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
    return {"type": "Feature", "properties": told, "geometry": geometry}


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else value


FORMATS = {
    "csv": Format("text/csv", _csv),
    "xlsx": Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
    "geojson": Format("application/geo+json", _geojson),
}
"""By the ending of the file."""
