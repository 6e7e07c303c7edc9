"""Cells of an exported table."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta, timezone

import pytest

from dispatch.exports.model import csv_lines
from registry.api.plain import plain_text


@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd", "-2", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n@x", "\uff1d1", "=HYPERLINK(\"http://x\")"]
)  # fmt: skip
def test_what_a_spreadsheet_would_run_is_a_text(text: str) -> None:
    [[cell]] = csv.reader(io.StringIO(csv_lines([[text]]).decode(), newline=""))
    assert cell == f"'{text}"


def test_cells_are_written_as_people_and_programs_read_them() -> None:
    noon_here = datetime(2026, 11, 24, 17, tzinfo=timezone(timedelta(hours=5)))
    line = csv_lines([[None, True, False, -1.5, 3, noon_here, 'a "b", 井盖\nc', datetime(2026, 1, 1, tzinfo=UTC)]])
    assert line.decode() == (',yes,no,-1.5,3,2026-11-24T12:00:00.000Z,"a ""b"", 井盖\nc",2026-01-01T00:00:00.000Z\r\n')


def test_a_text_of_a_workbook_has_only_characters_of_xml() -> None:
    assert plain_text("a\x00b\x1fc\td\n") == "a\ufffdb\ufffdc\td\n"
