from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

from simulators.city.build import main


def folder_of_blocks(folder: Path) -> Path:
    """Four districts of eight square blocks each, and a road through the first."""
    grids = [square(x, 0, district=x // 8) for x in range(32)]
    road = {"type": "LineString", "coordinates": [[70.0, 50.0005], [70.0005, 50.0005], [70.001, 50.0005]]}
    far = {"type": "LineString", "coordinates": [[10.0, 10.0], [10.1, 10.0]]}
    roads = [
        {"type": "Feature", "properties": {"kind": "residential"}, "geometry": road},
        {"type": "Feature", "properties": {"kind": "motorway"}, "geometry": road},
        {"type": "Feature", "properties": {"kind": "residential"}, "geometry": far},
    ]
    folder.mkdir()
    (folder / "grids.geojson").write_text(json.dumps({"features": grids}))
    (folder / "roads.geojson").write_text(json.dumps({"features": roads}))
    house = square(0, 0, district=0) | {"properties": {"oid": 1, "kind": "house", "levels": 2, "@user": "mapper"}}
    (folder / "buildings.geojson").write_text(json.dumps({"features": [house]}))
    return folder


def square(x: int, y: int, *, district: int) -> dict[str, Any]:
    west, south, size = 70 + x * 0.001, 50 + y * 0.001, 0.001
    ring = [(west, south), (west + size, south), (west + size, south + size), (west, south + size), (west, south)]
    return {
        "type": "Feature",
        "properties": {"district": district},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def unpacked(path: Path) -> Any:
    return json.loads(gzip.decompress(path.read_bytes()))


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    blocks = str(folder_of_blocks(tmp_path / "in"))
    assert main([blocks, "--into", str(tmp_path / "a")]) == 0
    assert main([blocks, "--into", str(tmp_path / "b")]) == 0
    for name in ("organisations.geojson.gz", "roads.json.gz", "buildings.json.gz"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_only_near_roads_that_one_may_walk_are_kept(tmp_path: Path) -> None:
    main([str(folder_of_blocks(tmp_path / "in")), "--into", str(tmp_path / "out")])
    document = unpacked(tmp_path / "out" / "roads.json.gz")
    (road,) = document["roads"]
    assert document["kinds"][road[0]] == "residential"
    assert road[1] == [70_000_000, 50_000_500, 500, 0, 500, 0]
    assert "OpenStreetMap" in document["licence"]


def test_blocks_become_grids_of_numbered_communities(tmp_path: Path) -> None:
    main([str(folder_of_blocks(tmp_path / "in")), "--into", str(tmp_path / "out")])
    features = unpacked(tmp_path / "out" / "organisations.geojson.gz")["features"]
    grids = [one["properties"]["id"] for one in features if one["properties"]["level"] == "grid"]
    assert grids[:5] == [f"9901010010010{n:02d}" for n in (1, 2, 3, 4)] + ["990101001002001"]
    assert len(grids) == 32
