from __future__ import annotations

import json
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from registry.imports import rows
from registry.imports.errors import BadFile
from registry.imports.rows import rows_of
from tests.registry.imports.files import FORMATS, written


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_gives_the_same_rows(tmp_path: Path, kind: str) -> None:
    table: list[list[object]] = [["id", "name", "phone"], ["a", " 安娜 ", 13800000000], ["b", "", None]]
    found = [row for _, row in rows_of(written(tmp_path, kind, table))]
    expected: list[dict[str, object]] = [
        {"id": "a", "name": "安娜", "phone": "13800000000"},
        {"id": "b", "name": None, "phone": None},
    ]
    if kind == "geojson":
        expected = [row | {"territory": None} for row in expected]
    assert found == expected


@pytest.mark.parametrize(("kind", "first"), [("csv", 2), ("xlsx", 2), ("geojson", 1)])
def test_rows_are_numbered_as_their_program_shows_them(tmp_path: Path, kind: str, first: int) -> None:
    path = written(tmp_path, kind, [["id"], ["a"], ["b"]])
    assert [number for number, _ in rows_of(path)] == [first, first + 1]


def test_blank_lines_are_no_rows_and_keep_the_numbers(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("\ufeffid,name\r\na,A\r\n\r\n,\r\nb,B\r\n", encoding="utf-8")
    assert [(number, row["id"]) for number, row in rows_of(path) if isinstance(row, dict)] == [(2, "a"), (5, "b")]
    sheet = written(tmp_path, "xlsx", [["id"], ["a"], [None], ["b"]])
    assert [number for number, _ in rows_of(sheet)] == [2, 4]


def test_a_number_that_a_sheet_keeps_as_a_float_reads_as_it_was_typed(tmp_path: Path) -> None:
    path = written(tmp_path, "xlsx", [["id", "stale_after_s"], [13800000000.0, 1.5]])
    assert [row for _, row in rows_of(path)] == [{"id": "13800000000", "stale_after_s": "1.5"}]


def test_a_row_with_too_many_cells_is_said_so(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("id,name\na,Anna,Lee\nb\n", encoding="utf-8")
    assert [row for _, row in rows_of(path)] == [
        "it has more cells than there are columns",
        {"id": "b", "name": None},
    ]


def test_a_feature_that_is_none_is_said_so(tmp_path: Path) -> None:
    path = tmp_path / "x.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [1, {"type": "Feature"}]}), encoding="utf-8")
    assert [number for number, row in rows_of(path) if isinstance(row, str)] == [1, 2]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("x.pdf", b"", "ends in .csv, .xlsx, .geojson, .json"),
        ("x.csv", b"", "names of the columns"),
        ("x.csv", b"id,id\n", "column 'id' twice"),
        ("x.csv", "id,name\n1,\u5b89\n".encode("gbk"), "CSV UTF-8"),
        ("x.xlsx", b"not a workbook", "cannot be read"),
        ("x.geojson", b"{", "cannot be read"),
        ("x.geojson", b"[" * 100_000, "cannot be read"),
        ("x.geojson", b'{"type": "Feature"}', "FeatureCollection"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadFile, match=reason):
        list(rows_of(tmp_path / name))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"there is no file .*nothing\.csv"):
        list(rows_of(tmp_path / "nothing.csv"))


def test_a_workbook_without_its_parts_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.xlsx", "w") as parts:
        parts.writestr("readme.txt", "nothing")
    with pytest.raises(BadFile, match="cannot be read"):
        list(rows_of(tmp_path / "x.xlsx"))


def test_a_workbook_that_unpacks_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, "xlsx", [["id"], ["a"]])
    monkeypatch.setattr(rows, "LARGEST_SHEET", 1000)
    with pytest.raises(BadFile, match="split it"):
        list(rows_of(path))


@pytest.mark.parametrize("kind", FORMATS)
def test_too_many_rows_are_refused(tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, kind, [["id"], ["a"], ["b"], ["c"]])
    monkeypatch.setattr(rows, "MOST_ROWS", 2)
    with pytest.raises(BadFile, match="more than 2 rows"):
        list(rows_of(path))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"PK\x01\x02\x14\x03\x14\0\0\0\x08\0", b"PK\x01\x02\x14\x03\x14\0\0\0\x63\0"),  # by nobody's rule
        (b"PK\x01\x02\x14\x03\x14\0\0\0", b"PK\x01\x02\x14\x03\x14\0\x01\0"),  # under a password
    ],
)
def test_a_workbook_packed_otherwise_is_refused(tmp_path: Path, old: bytes, new: bytes) -> None:
    path = written(tmp_path, "xlsx", [["id"], ["a"]])
    whole = path.read_bytes()
    assert old in whole
    path.write_bytes(whole.replace(old, new))
    with pytest.raises(BadFile, match="cannot be read"):
        list(rows_of(path))


def test_a_workbook_whose_sheet_says_what_no_sheet_says_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "xlsx", [["id"], ["a"]])
    with zipfile.ZipFile(path) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    with zipfile.ZipFile(path, "w") as changed:
        for name, content in parts.items():
            changed.writestr(name, content.replace(b"<pageMargins", b'<pageMargins tOp="1"'))
    with pytest.raises(BadFile, match="cannot be read"):
        list(rows_of(path))


def test_a_workbook_damaged_anywhere_is_read_or_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "xlsx", [["id"], ["a"]])
    whole = path.read_bytes()
    for at in range(0, len(whole), 17):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << at % 8]) + whole[at + 1 :])
        with suppress(BadFile):
            list(rows_of(path))
    for length in range(0, len(whole), 97):
        path.write_bytes(whole[:length])
        with pytest.raises(BadFile):
            list(rows_of(path))
