"""Rows out of CSV, XLSX and GeoJSON files, one mapping by column a row, streamed and bounded.

CSV and XLSX are read row by row. GeoJSON is one JSON value, so it is read whole, and its size is limited.
"""

from __future__ import annotations

import csv
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from registry.imports.errors import BadFile

__all__ = ["ENDINGS", "MOST_ROWS", "Row", "rows_of"]

Row = dict[str, Any]
"""Text by column, None where the cell is empty; `territory` of a GeoJSON feature is its geometry."""

_Reader = Callable[[Path], Iterator[tuple[int, Row | str]]]

ENDINGS = (".csv", ".xlsx", ".geojson", ".json")
"""Of files that can be imported."""

MOST_ROWS = 1_000_000
LONGEST_FIELD = 20_000_000
"""Characters; a street's territory as GeoJSON in one CSV field is long."""

LARGEST_GEOJSON = 256 << 20
LARGEST_SHEET = 1 << 30
"""Bytes of a workbook once unpacked."""

_UNREADABLE = (
    csv.Error, ValueError, LookupError, TypeError, AttributeError, RuntimeError, EOFError, OSError, zlib.error,
    zipfile.BadZipFile, ParseError,
)  # fmt: skip
"""What the readers raise on files that are not what their names say."""


def rows_of(path: Path, *, unpacked: int | None = None) -> Iterator[tuple[int, Row | str]]:
    """(number, row) of each row; a row that cannot be taken apart is the reason instead. Raises BadFile.

    Numbers: in CSV the line on which the row ends, in XLSX the sheet's row, in GeoJSON the feature, from 1.
    unpacked: bytes of a workbook once unpacked, at most; None: LARGEST_SHEET.
    """
    reader = _readers(LARGEST_SHEET if unpacked is None else unpacked).get(path.suffix.lower())
    if reader is None:
        raise BadFile(f"{path.name}: expected a file that ends in {', '.join(ENDINGS)}")
    try:
        for count, numbered in enumerate(reader(path)):
            if count == MOST_ROWS:
                raise BadFile(f"{path.name} has more than {MOST_ROWS} rows: split it")
            yield numbered
    except FileNotFoundError as error:
        raise BadFile(f"there is no file {path}") from error
    except UnicodeDecodeError as error:
        raise BadFile(f"{path.name} is not UTF-8: save it as 'CSV UTF-8'") from error
    except _UNREADABLE as error:
        raise BadFile(f"{path.name} cannot be read: {error}") from error


def _csv(path: Path) -> Iterator[tuple[int, Row | str]]:
    csv.field_size_limit(LONGEST_FIELD)
    with path.open(newline="", encoding="utf-8-sig") as file:
        reader = csv.reader(file)
        names = _names(path, next(reader, []))
        for values in reader:
            if any(values):
                yield reader.line_num, _row(names, values)


def _xlsx(path: Path, most: int) -> Iterator[tuple[int, Row | str]]:
    from openpyxl import load_workbook  # 0.1 s, which a start does not wait for
    from openpyxl.utils.exceptions import InvalidFileException

    with zipfile.ZipFile(path) as parts:
        if sum(part.file_size for part in parts.infolist()) > most:
            raise BadFile(f"{path.name} is larger than {most >> 20} MiB once unpacked: split it")
    try:
        workbook = load_workbook(path, read_only=True, data_only=True)
    except InvalidFileException as error:
        raise BadFile(f"{path.name} cannot be read: {error}") from error
    try:
        rows = workbook.worksheets[0].iter_rows(values_only=True)
        names = _names(path, [_text(value) or "" for value in next(rows, ())])
        for number, values in enumerate(rows, 2):
            if any(value is not None for value in values):
                yield number, _row(names, values)
    finally:
        workbook.close()


def _geojson(path: Path) -> Iterator[tuple[int, Row | str]]:
    if path.stat().st_size > LARGEST_GEOJSON:
        raise BadFile(f"{path.name} is larger than {LARGEST_GEOJSON >> 20} MiB: split it")
    collection = json.loads(path.read_text(encoding="utf-8-sig"))
    if not isinstance(collection, dict) or not isinstance(collection.get("features"), list):
        raise BadFile(f"{path.name} is not a GeoJSON FeatureCollection")
    for number, feature in enumerate(collection["features"], 1):
        properties = feature.get("properties") if isinstance(feature, dict) else None
        if not isinstance(properties, dict):
            yield number, "it is not a GeoJSON feature with properties"
        else:
            columns = {name: _text(value) for name, value in properties.items()}
            yield number, columns | {"territory": feature.get("geometry")}


def _names(path: Path, header: list[str]) -> list[str]:
    names = [name.strip() for name in header]
    while names and not names[-1]:
        names.pop()
    if not names:
        raise BadFile(f"{path.name} has no first row with the names of the columns")
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise BadFile(f"{path.name} has the column {twice[0]!r} twice")
    return names


def _row(names: list[str], values: list[str] | tuple[object, ...]) -> Row | str:
    texts = [_text(value) for value in values]
    if any(texts[len(names) :]):
        return "it has more cells than there are columns"
    texts += [None] * (len(names) - len(texts))
    return {name: text for name, text in zip(names, texts, strict=False) if name}


def _text(value: object) -> str | None:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # a spreadsheet's telephone number
    return None if value is None else str(value).strip() or None


def _readers(unpacked: int) -> dict[str, _Reader]:
    return {".csv": _csv, ".xlsx": lambda path: _xlsx(path, unpacked), ".geojson": _geojson, ".json": _geojson}
