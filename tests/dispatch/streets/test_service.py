"""Importing streets: GeoJSON and PBF, in place of those before, or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from psycopg_pool import AsyncConnectionPool

from dispatch.streets.model import Profile
from dispatch.streets.service import BadStreets, StreetService, import_streets
from simulators.city.streets import street_lines
from tests.dispatch.streets.test_geojson import a_line

osmium = pytest.importorskip("osmium")


def geojson(path: Path, *features: object) -> Path:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


async def test_the_demo_city_is_imported_and_loaded_by_every_process(pool: AsyncConnectionPool, tmp_path: Path) -> None:
    service = StreetService(pool)
    await service.look()
    assert service.streets is None
    file = tmp_path / "city.geojson"
    file.write_text(json.dumps(street_lines()))
    loaded = await import_streets(pool, file)
    assert loaded.junctions > 10_000
    await service.look()
    assert service.loaded == loaded
    assert service.streets is not None
    assert service.streets.fastest(Profile.CAR) > service.streets.fastest(Profile.WALKING)


async def test_an_import_takes_the_place_of_the_one_before(pool: AsyncConnectionPool, tmp_path: Path) -> None:
    service = StreetService(pool)
    for last in (0.001, 0.002):
        await import_streets(pool, geojson(tmp_path / "s.geojson", a_line((0, 0), (last, 0))))
        await service.look()
    assert service.loaded is not None
    assert (service.loaded.name, service.loaded.junctions) == ("s.geojson", 2)


async def test_a_pbf_extract_is_read(pool: AsyncConnectionPool, tmp_path: Path) -> None:
    file = tmp_path / "tiny.osm.pbf"
    with osmium.SimpleWriter(str(file)) as writer:
        for node in range(3):
            writer.add_node(osmium.osm.mutable.Node(id=node + 1, location=(node * 0.001, 0.0)))
        tags = {"highway": "residential", "oneway": "yes"}
        writer.add_way(osmium.osm.mutable.Way(id=1, nodes=[1, 2, 3], tags=tags))
        writer.add_way(osmium.osm.mutable.Way(id=2, nodes=[1, 3], tags={"waterway": "river"}))
    loaded = await import_streets(pool, file)
    assert (loaded.junctions, loaded.pieces) == (3, 2)


@pytest.mark.parametrize("name", ["no.geojson", "no.osm.pbf"])
async def test_what_cannot_be_read_changes_nothing(pool: AsyncConnectionPool, tmp_path: Path, name: str) -> None:
    await import_streets(pool, geojson(tmp_path / "s.geojson", a_line((0, 0), (0.001, 0))))
    file = tmp_path / name
    with pytest.raises(BadStreets):
        await import_streets(pool, file)
    file.write_bytes(b"nonsense")
    with pytest.raises(BadStreets):
        await import_streets(pool, file)
    service = StreetService(pool)
    await service.look()
    assert service.loaded is not None
