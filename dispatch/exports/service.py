"""Tables read page by page and written as they come, whatever their length; who reads slowly holds no connection."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

from dispatch.exports.model import Row, cells, csv_lines
from registry.imports.workbook import MOST_ROWS, Workbook

__all__ = ["Pages", "csv_of", "xlsx_of"]

Pages = Callable[[int, int], Awaitable[Sequence[Row]]]
"""(before, limit) -> rows with a key below `before` (0: from the newest), the newest first."""

_PAGE = 500
_CHUNK = 65_536


async def csv_of(columns: Sequence[str], pages: Pages) -> AsyncIterator[bytes]:
    """As CSV, a chunk a page."""
    first = await pages(0, _PAGE)
    yield csv_lines([columns])
    async for rows in _all(first, pages):
        yield csv_lines([cells(row, columns) for row in rows])


async def xlsx_of(columns: Sequence[str], pages: Pages) -> AsyncIterator[bytes]:
    """As XLSX: built in a file first, as its parts refer to each other. Rows beyond a sheet's length are left out."""
    book, written = Workbook(columns), 0
    try:
        async for rows in _all(await pages(0, _PAGE), pages):
            rows = rows[: MOST_ROWS - written]
            await asyncio.to_thread(book.add, [cells(row, columns) for row in rows])
            written += len(rows)
            if written >= MOST_ROWS:
                break
        with tempfile.TemporaryFile() as file:
            await asyncio.to_thread(book.save, file)
            await asyncio.to_thread(file.seek, 0)
            while chunk := await asyncio.to_thread(file.read, _CHUNK):
                yield chunk
    finally:
        book.close()


async def _all(rows: Sequence[Row], pages: Pages) -> AsyncIterator[Sequence[Row]]:
    while rows:
        yield rows
        rows = await pages(rows[-1]["key"], _PAGE) if len(rows) == _PAGE else ()
