"""Import of a whole file: every refused row is reported, and by default nothing is stored when any was refused."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

from psycopg import AsyncConnection, DatabaseError
from psycopg_pool import AsyncConnectionPool

from registry.imports.kinds import KINDS, BadRow, Kind
from registry.imports.rows import Row, rows_of

__all__ = ["Report", "export_csv", "import_file"]


@dataclass(slots=True)
class Report:
    """What came of an import. refused: (row number, reason) of each. stored: whether anything was kept."""

    rows: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)
    stored: bool = False


async def import_file(pool: AsyncConnectionPool, kind: str, path: Path, *, skip_bad: bool = False) -> Report:
    """Upsert every row by its id. skip_bad keeps the good rows beside refused ones. Raises BadFile."""
    report = Report()
    async with pool.connection() as connection:
        for number, row in rows_of(path):
            report.rows += 1
            await _take(connection, KINDS[kind], number, row, report)
        if report.refused and not skip_bad:
            await connection.rollback()  # nothing half done
        else:
            report.stored = report.rows > len(report.refused)
    return report


async def export_csv(pool: AsyncConnectionPool, kind: str) -> AsyncIterator[str]:
    """The kind as CSV that can be imported again, in chunks; tokens cannot be told again."""
    yield ",".join(KINDS[kind].columns) + "\r\n"
    async with pool.connection() as connection, connection.cursor("export") as cursor:
        await cursor.execute(KINDS[kind].select.encode())
        async for row in cursor:
            text = io.StringIO()
            csv.writer(text).writerow(["" if value is None else value for value in row])
            yield text.getvalue()


async def _take(connection: AsyncConnection, kind: Kind, number: int, row: Row, report: Report) -> None:
    missing = [name for name in kind.required if not row.get(name)]
    if missing:
        report.refused.append((number, f"{', '.join(missing)} must be filled"))
        return
    try:
        async with connection.transaction():
            await kind.write(connection, row)
    except BadRow as error:
        report.refused.append((number, str(error)))
    except DatabaseError as error:
        report.refused.append((number, (error.diag.message_primary or str(error)).strip()))
