"""Import of a whole file: every refused row is reported, and by default nothing is stored when any was refused."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool
from pydantic import ValidationError

from registry.imports.errors import BadFile
from registry.imports.kinds import Kind, kind_of
from registry.imports.rows import Row, rows_of
from registry.imports.shapes import Reason, Shape, fault_of

__all__ = ["CHUNK", "Report", "import_file", "take_chunk"]

CHUNK = 500
"""Rows that are held and stored at once."""


@dataclass(slots=True)
class Report:
    """What came of an import.

    refused: (row number, reason) of each, in the order of the file; a Reason names its column.
    stored: whether anything was kept. ignored: columns of the file that the kind does not have.
    warnings: what is stored all the same, and should be looked at.
    """

    rows: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)
    ignored: set[str] = field(default_factory=set)
    warnings: list[str] = field(default_factory=list)
    stored: bool = False


async def import_file(
    pool: AsyncConnectionPool, kind: str | Kind, path: Path, *, skip_bad: bool = False, check: bool = False,
    unpacked: int | None = None,
) -> Report:  # fmt: skip
    """Add or change every row by its id. kind: one of KINDS, or another platform's own. Raises BadFile.

    skip_bad keeps the good rows beside refused ones; check keeps none. unpacked: bytes of a workbook at most.
    Reading and validating leave the loop free.
    """
    kind = kind_of(kind)
    report, seen = Report(), dict[str, int]()
    async with pool.connection() as connection:
        # a plan that was made while the tables were small would look through all of them for every row
        await connection.execute("SET LOCAL plan_cache_mode = force_custom_plan")
        rows = rows_of(path, unpacked=unpacked)
        while chunk := await asyncio.to_thread(list, islice(rows, CHUNK)):
            report.rows += len(chunk)
            await take_chunk(connection, kind, chunk, seen, report)
        if kind.inspect is not None:
            report.warnings = await kind.inspect(connection, seen.keys())
        if check or (report.refused and not skip_bad):
            await connection.rollback()  # nothing half done
        else:
            report.stored = report.rows > len(report.refused)
    return report


async def take_chunk(
    connection: AsyncConnection, kind: Kind, chunk: list[tuple[int, Row | str]], seen: dict[str, int], report: Report
) -> None:
    """Store numbered rows in the transaction at hand. seen: rows by id so far; report: gets what is refused."""
    refused: dict[int, str] = {}
    good = await asyncio.to_thread(lambda: dict(_good(kind, chunk, seen, refused, report.ignored)))
    if good:
        refused |= await kind.write(connection, good)
    report.refused += sorted(refused.items())


def _good(
    kind: Kind, chunk: list[tuple[int, Row | str]], seen: dict[str, int], refused: dict[int, str], ignored: set[str]
) -> Iterator[tuple[int, Shape]]:
    """The rows that fit the kind; what does not is noted in `refused`. seen: id -> the row that had it first."""
    for number, row in chunk:
        if isinstance(row, str):
            refused[number] = row
            continue
        _check_columns(kind, row, ignored)
        try:
            shape = kind.shape.model_validate(row)
        except ValidationError as error:
            refused[number] = fault_of(error, row)
            continue
        if seen.setdefault(shape.id, number) != number:
            refused[number] = Reason(f"row {seen[shape.id]} has the id {shape.id!r} already", "id")
        else:
            yield number, shape


def _check_columns(kind: Kind, row: Row, ignored: set[str]) -> None:
    """Note columns that the kind does not have. Raises BadFile where the id is none of them."""
    if "id" not in row:
        raise BadFile(f"there is no column 'id': the columns are {', '.join(kind.shape.model_fields)}")
    known = {field.alias or name for name, field in kind.shape.model_fields.items()}
    ignored.update(name for name in row if name not in known and name != "territory")
