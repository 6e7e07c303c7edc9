"""An XLSX workbook of one sheet, written row by row to a file: memory does not grow with it. It blocks the loop."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import IO, Any

from registry.api.plain import plain_text

__all__ = ["MOST_ROWS", "Workbook"]

MOST_ROWS = 1_048_575
"""Of a sheet, below its header (ECMA-376 has no more than 2 ** 20)."""

_LONGEST_CELL = 32_767


class Workbook:
    """Add rows, then save it once."""

    def __init__(self, columns: Sequence[str]) -> None:
        import openpyxl  # 0.1 s, which a start does not wait for
        from openpyxl.cell import WriteOnlyCell

        self._cell_of = WriteOnlyCell
        self._book = openpyxl.Workbook(write_only=True)
        self._sheet = self._book.create_sheet()
        self._sheet.freeze_panes = "A2"
        self._sheet.append(list(columns))
        self._saved = False

    def add(self, rows: Iterable[Sequence[Any]]) -> None:
        """In this order."""
        for row in rows:
            self._sheet.append([self._cell(value) for value in row])

    def save(self, file: IO[bytes]) -> None:
        """Write it out; nothing can be added any more."""
        self._saved = True
        self._book.save(file)

    def close(self) -> None:
        """Remove the temporary files of one that was not saved."""
        if not self._saved:
            self.save(io.BytesIO())

    def _cell(self, value: Any) -> Any:
        """Texts are texts whatever they begin with; times have no zone in a sheet and are UTC."""
        if isinstance(value, datetime):
            return value.astimezone(UTC).replace(tzinfo=None)
        if not isinstance(value, str):
            return value
        cell = self._cell_of(self._sheet, plain_text(value)[:_LONGEST_CELL])
        cell.data_type = "s"
        return cell
