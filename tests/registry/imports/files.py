"""Files of each format with the same table in them."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path

import openpyxl

__all__ = ["FORMATS", "written"]

FORMATS = ("csv", "xlsx", "geojson")


def written(folder: Path, kind: str, rows: Sequence[Sequence[object]]) -> Path:
    """A file of that format; the first row names the columns."""
    path = folder / f"table.{kind}"
    {"csv": _csv, "xlsx": _xlsx, "geojson": _geojson}[kind](path, rows)
    return path


def _csv(path: Path, rows: Sequence[Sequence[object]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)


def _xlsx(path: Path, rows: Sequence[Sequence[object]]) -> None:
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(list(row))
    workbook.save(path)
    workbook.close()


def _geojson(path: Path, rows: Sequence[Sequence[object]]) -> None:
    names, *values = rows
    features = [
        {"type": "Feature", "properties": dict(zip(names, row, strict=True)), "geometry": None} for row in values
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
