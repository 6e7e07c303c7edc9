"""Make the demo city's data files out of OpenStreetMap GeoJSON.

    python -m simulators.city.build FOLDER

FOLDER holds `roads.geojson` (lines with a `kind`), `buildings.geojson` (polygons, see `footprints`) and `grids.geojson`
(polygons with `district`). The streets, communities and all names and codes are made up here; only the roads, the
blocks between them and the buildings are real. The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import numpy as np
from shapely import set_precision
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from simulators.city.footprints import pack
from simulators.city.numbering import equal_parts, in_reading_order

__all__ = ["build_city", "main"]

DATA = Path(__file__).with_name("data")
GRIDS_A_STREET = 34
GRIDS_A_COMMUNITY = 4
GAP_DEGREES = 3e-5  # neighbours were simplified apart by up to so much
MARGIN_DEGREES = 0.004
WALKABLE = {
    "service", "footway", "residential", "secondary", "tertiary", "track", "secondary_link", "primary", "unclassified",
    "path", "trunk", "primary_link", "pedestrian", "steps", "tertiary_link", "cycleway", "living_street", "trunk_link",
}  # fmt: skip

DISTRICTS = ("Riverside District", "Station District", "Lakeview District", "Old Mill District")
STREETS = (
    "Qinghe", "Hualin", "Dongmen", "Xinhu", "Baiyang", "Wenquan", "Shuibei", "Antai", "Longtan", "Ninghai", "Gushan",
    "Yongfeng", "Meilin", "Tiefo", "Zhuque", "Cangxia",
)  # fmt: skip
FIRST = ("Jin", "Bei", "Hua", "Chun", "Yun", "Feng", "Lian", "Shan", "Tai", "Xing", "Ming", "Dong", "Nan", "Xi")
SECOND = ("yuan", "qiao", "men", "xiang", "hu", "fang", "ting", "pu", "cun", "ling", "xin", "an", "he", "jing")


@dataclass(frozen=True, slots=True)
class _Unit:
    """An organisation with its territory, before it is written."""

    code: str
    level: str
    name: str
    parent: str
    territory: BaseGeometry


def main(argv: Sequence[str] | None = None) -> int:
    """Read the folder named on the command line, write beside this module."""
    parser = argparse.ArgumentParser(description="Make the demo city's data files.")
    parser.add_argument("folder", type=Path, help="holds roads.geojson, buildings.geojson and grids.geojson")
    parser.add_argument("--into", type=Path, default=DATA, help="where to write (default: %(default)s)")
    arguments = parser.parse_args(argv)
    build_city(arguments.folder, arguments.into)
    return 0


def build_city(folder: Path, into: Path) -> None:
    """Write `organisations.geojson.gz`, `roads.json.gz` and `buildings.json.gz` into a folder."""
    grids, roads, buildings = (_read(folder / f"{name}.geojson") for name in ("grids", "roads", "buildings"))
    units = list(_organisations(grids))
    into.mkdir(parents=True, exist_ok=True)
    _write(into / "organisations.geojson.gz", {"type": "FeatureCollection", "features": [*map(_feature, units)]})
    city = unary_union([unit.territory for unit in units if unit.level == "district"])
    _write(into / "roads.json.gz", _compact_roads(roads, city.buffer(MARGIN_DEGREES).bounds))
    _write(into / "buildings.json.gz", pack(buildings))


def _read(path: Path) -> list[dict[str, Any]]:
    features: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["features"]
    return features


def _organisations(grids: list[dict[str, Any]]) -> Iterable[_Unit]:
    streets = iter(f"{name} Street" for name in STREETS)
    communities = iter(f"{first}{second} Community" for second, first in product(SECOND, FIRST))
    numbers = sorted({grid["properties"]["district"] for grid in grids})
    for number, (district, name) in enumerate(zip(numbers, DISTRICTS, strict=True), start=1):
        blocks = [shape(grid["geometry"]) for grid in grids if grid["properties"]["district"] == district]
        yield from _district(f"9901{number:02d}", name, blocks, streets, communities)


def _district(
    code: str, name: str, blocks: list[BaseGeometry], streets: Iterable[str], communities: Iterable[str]
) -> Iterable[_Unit]:
    yield _Unit(code, "district", name, "city", _union(blocks))
    count = round(len(blocks) / GRIDS_A_STREET)
    for number, (part, street_name) in enumerate(zip(_parts(blocks, count), streets, strict=False), start=1):
        street = f"{code}{number:03d}"
        yield _Unit(street, "street", street_name, code, _union(part))
        count = round(len(part) / GRIDS_A_COMMUNITY)
        for place, (few, its_name) in enumerate(zip(_parts(part, count), communities, strict=False), start=1):
            yield from _community(f"{street}{place:03d}", its_name, street, few)


def _community(code: str, name: str, street: str, blocks: list[BaseGeometry]) -> Iterable[_Unit]:
    yield _Unit(code, "community", name, street, _union(blocks))
    order = in_reading_order(_centroids(blocks))
    for number, row in enumerate(order, start=1):
        short = name.removesuffix(" Community")
        yield _Unit(f"{code}{number:03d}", "grid", f"{short} Grid {number}", code, blocks[row])


def _parts(blocks: list[BaseGeometry], count: int) -> list[list[BaseGeometry]]:
    """Neighbouring blocks in `count` parts of nearly the same number, numbered as one reads."""
    centroids = _centroids(blocks)
    parts = equal_parts(centroids, max(1, count))
    order = in_reading_order(np.array([centroids[part].mean(axis=0) for part in parts]))
    return [[blocks[row] for row in parts[one]] for one in order]


def _centroids(blocks: list[BaseGeometry]) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return np.array([(block.centroid.x, block.centroid.y) for block in blocks])


def _union(blocks: list[BaseGeometry]) -> BaseGeometry:
    """One territory without the slivers between neighbours."""
    closed = unary_union([block.buffer(GAP_DEGREES) for block in blocks]).buffer(-GAP_DEGREES)
    return closed.simplify(GAP_DEGREES / 2)


def _feature(unit: _Unit) -> dict[str, object]:
    about = {"id": unit.code, "name": unit.name, "level": unit.level, "parent": unit.parent, "code": unit.code}
    exact = set_precision(unit.territory, 1e-6)  # rounding alone could make borders cross themselves
    return {"type": "Feature", "properties": about, "geometry": _rounded(mapping(exact))}


def _rounded(geometry: Any) -> dict[str, object]:
    def short(value: Any) -> Any:
        return round(value, 6) if isinstance(value, float) else [short(one) for one in value]

    return {"type": geometry["type"], "coordinates": short(geometry["coordinates"])}


def _compact_roads(roads: list[dict[str, Any]], bounds: tuple[float, float, float, float]) -> dict[str, object]:
    """Kinds once, coordinates as differences of 1e-6 degrees: [kind, [lon, lat, dlon, dlat, ...]]."""
    kinds = sorted(WALKABLE)
    rows = []
    for road in roads:
        kind = road["properties"]["kind"]
        if kind not in WALKABLE:
            continue
        geometry = road["geometry"]
        lines = [geometry["coordinates"]] if geometry["type"] == "LineString" else geometry["coordinates"]
        rows += [[kinds.index(kind), _differences(line)] for line in lines if _touches(line, bounds)]
    return {"licence": "ODbL 1.0, © OpenStreetMap contributors", "kinds": kinds, "roads": rows}


def _touches(line: list[list[float]], bounds: tuple[float, float, float, float]) -> bool:
    west, south, east, north = bounds
    return any(west <= lon <= east and south <= lat <= north for lon, lat in line)


def _differences(line: list[list[float]]) -> list[int]:
    points = [(round(lon * 1e6), round(lat * 1e6)) for lon, lat in line]
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points)]
    return [number for pair in (points[0], *steps) for number in pair]


def _write(path: Path, document: dict[str, object]) -> None:
    text = json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode()
    path.write_bytes(gzip.compress(text, 9, mtime=0))


if __name__ == "__main__":
    raise SystemExit(main())
