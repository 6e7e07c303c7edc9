r"""Columns to PostgreSQL's binary COPY, a whole batch at a time.

The format (PostgreSQL documentation, COPY, "Binary Format"; everything big-endian):

    header      11 bytes  PGCOPY\n\377\r\n\0
    flags       int32     0
    extension   int32     0
    a row       int16     number of fields, then for each field
                int32       length of the value in bytes, -1 for NULL
                ...         the value
    trailer     int16     -1

A value is an int4/8, float4/8, one byte of boolean, timestamptz as int64 microseconds since 2000-01-01, or jsonb as
the byte 1 and JSON text. Rows with the same fields NULL have the same layout, so they are one structured array: a
template repeated, and a column assignment a field. Rows that carry jsonb differ in length and are few; they are cut
out singly.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
from psycopg import Connection

__all__ = ["CopyColumn", "CopyTable", "copy"]

_HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_TRAILER = b"\xff\xff"
_US_FROM_1970_TO_2000 = 946_684_800_000_000
_LENGTH = struct.Struct(">i")

_BINARY = {"int4": ">i4", "int8": ">i8", "float4": ">f4", "float8": ">f8", "bool": "u1", "timestamptz": ">i8"}

Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class CopyColumn:
    """One column: its name in the table and in the arrays, and its SQL type. nullable: NaN or -1 stands for NULL."""

    name: str
    kind: str
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class CopyTable:
    """A table's columns in order; document: the name of a jsonb column behind them, "" when there is none."""

    name: str
    columns: tuple[CopyColumn, ...]
    document: str = ""

    @property
    def statement(self) -> str:
        """The COPY command that takes `pack`'s bytes."""
        names = [column.name for column in self.columns] + ([self.document] if self.document else [])
        return f"COPY {self.name} ({', '.join(names)}) FROM STDIN (FORMAT BINARY)"

    def pack(self, arrays: Mapping[str, Array], documents: Mapping[int, bytes] | None = None) -> bytes:
        """One array of shape (n,) a column, timestamps as int64 microseconds since 1970; documents: row -> JSON text.

        Rows with different NULLs change places: the order within a COPY means nothing.
        """
        return b"".join((_HEADER, *self._rows(arrays, documents or {}), _TRAILER))

    def _rows(self, arrays: Mapping[str, Array], documents: Mapping[int, bytes]) -> Iterator[bytes]:
        for nulls, rows in _alike(self._nulls(arrays)):
            packed = self._packed(nulls, arrays, rows)
            if documents:
                yield from _cut(packed, rows, documents)
            else:
                yield packed.tobytes()

    def _nulls(self, arrays: Mapping[str, Array]) -> npt.NDArray[np.uint32]:
        """For each row, the bits of its NULL columns."""
        first = arrays[self.columns[0].name]
        nulls = np.zeros(len(first), np.uint32)
        for bit, column in enumerate(self.columns):
            if column.nullable:
                nulls |= _is_null(arrays[column.name]).astype(np.uint32) << np.uint32(bit)
        return nulls

    def _packed(self, nulls: int, arrays: Mapping[str, Array], rows: Array | slice) -> Array:
        template = _template(self, nulls)
        count = len(arrays[self.columns[0].name][rows])
        packed = np.repeat(template, count)
        for bit, column in enumerate(self.columns):
            if not nulls >> bit & 1:
                values = arrays[column.name][rows]
                packed[column.name] = values - _US_FROM_1970_TO_2000 if column.kind == "timestamptz" else values
        return packed


def copy(
    connection: Connection, table: CopyTable, arrays: Mapping[str, Array], documents: Mapping[int, bytes] | None = None
) -> None:
    """Pack and send; arguments as of `CopyTable.pack`."""
    with connection.cursor() as cursor, cursor.copy(table.statement) as sending:
        sending.write(table.pack(arrays, documents))


@cache
def _template(table: CopyTable, nulls: int) -> Array:
    """One row with every length in place and every value zero. At most 2 to the number of nullable columns exist."""
    layout: list[tuple[str, str]] = [("fields", ">i2")]
    lengths: dict[str, int] = {}
    for bit, column in enumerate(table.columns):
        binary = _BINARY[column.kind]
        null = bool(nulls >> bit & 1)
        lengths[f"length of {column.name}"] = -1 if null else np.dtype(binary).itemsize
        layout.append((f"length of {column.name}", ">i4"))
        if not null:
            layout.append((column.name, binary))
    if table.document:
        lengths["length of the document"] = -1
        layout.append(("length of the document", ">i4"))
    row = np.zeros(1, np.dtype(layout))
    row["fields"] = len(lengths)
    for name, length in lengths.items():
        row[name] = length
    return row


def _is_null(values: Array) -> npt.NDArray[np.bool_]:
    nulls: npt.NDArray[np.bool_] = np.isnan(values) if values.dtype.kind == "f" else values < 0
    return nulls


def _alike(nulls: npt.NDArray[np.uint32]) -> Iterator[tuple[int, Array | slice]]:
    """Groups of rows with the same NULLs, in order within a group."""
    if not len(nulls):
        return
    if (nulls == nulls[0]).all():
        yield int(nulls[0]), slice(None)
        return
    for pattern in np.unique(nulls).tolist():
        yield pattern, np.flatnonzero(nulls == pattern)


def _cut(packed: Array, rows: Array | slice, documents: Mapping[int, bytes]) -> Iterator[bytes]:
    """The packed rows; those with a document have it in place of the NULL at their end."""
    numbers = np.arange(len(packed)) if isinstance(rows, slice) else rows
    data, size, done = packed.tobytes(), packed.itemsize, 0
    for place in np.flatnonzero(np.isin(numbers, list(documents))).tolist():
        document = documents[int(numbers[place])]
        end = (place + 1) * size
        yield data[done : end - _LENGTH.size]
        yield _LENGTH.pack(len(document) + 1) + b"\x01" + document
        done = end
    yield data[done:]
