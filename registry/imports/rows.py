"""Rows out of CSV, XLSX and GeoJSON files, one mapping of text a row, streamed and bounded."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl

__all__ = ["BadFile", "Row", "rows_of"]

Row = dict[str, Any]

LONGEST_FIELD = 20_000_000
"""Characters; a street's territory as GeoJSON in one CSV field is long."""


class BadFile(Exception):
    """The file as a whole cannot be read; the message says what to do."""


def rows_of(path: Path) -> Iterator[tuple[int, Row]]:
    """(number, row) of each row; numbers as a spreadsheet shows them. Raises BadFile.

    GeoJSON features are their properties, with `territory` their geometry.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise BadFile(f"{path.name}: expected a file that ends in {', '.join(_READERS)}")
    try:
        yield from reader(path)
    except FileNotFoundError as error:
        raise BadFile(f"there is no file {path}") from error
    except (UnicodeDecodeError, csv.Error, ValueError, KeyError, OSError) as error:
        raise BadFile(f"{path.name} cannot be read: {error}") from error


def _csv(path: Path) -> Iterator[tuple[int, Row]]:
    csv.field_size_limit(LONGEST_FIELD)
    with path.open(newline="", encoding="utf-8-sig") as file:
        reader = csv.DictReader(file)
        for row in reader:
            yield reader.line_num, {str(key).strip(): _text(value) for key, value in row.items() if key is not None}


def _xlsx(path: Path) -> Iterator[tuple[int, Row]]:
    workbook = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        rows = workbook.worksheets[0].iter_rows(values_only=True)
        names = [str(name or "").strip() for name in next(rows, ())]
        for number, values in enumerate(rows, 2):
            yield number, {name: _text(value) for name, value in zip(names, values, strict=False) if name}
    finally:
        workbook.close()


def _geojson(path: Path) -> Iterator[tuple[int, Row]]:
    collection = json.loads(path.read_text(encoding="utf-8-sig"))
    if not isinstance(collection, dict) or not isinstance(collection.get("features"), list):
        raise BadFile(f"{path.name} is not a GeoJSON FeatureCollection")
    for number, feature in enumerate(collection["features"], 1):
        properties = feature.get("properties") or {}
        yield (
            number,
            {name: _text(value) for name, value in properties.items()} | {"territory": feature.get("geometry")},
        )


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


_READERS = {".csv": _csv, ".xlsx": _xlsx, ".geojson": _geojson, ".json": _geojson}
