"""Streets out of an OpenStreetMap PBF extract, read by osmium, which is installed with `gridwarden[pbf]`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from dispatch.streets.geojson import BadStreets, Line

__all__ = ["lines_of_pbf"]


def lines_of_pbf(path: Path) -> Iterator[Line]:
    """Every way with a highway tag. Raises BadStreets."""
    try:
        import osmium
    except ImportError as error:
        raise BadStreets(
            "reading a .pbf needs osmium: pip install 'gridwarden[pbf]', or convert it to GeoJSON"
        ) from error
    try:
        ways = osmium.FileProcessor(str(path)).with_locations().with_filter(osmium.filter.KeyFilter("highway"))
        for way in ways:
            if isinstance(way, osmium.osm.Way):
                places = [(node.lon, node.lat) for node in way.nodes if node.location.valid()]
                yield np.array(places).reshape(-1, 2), {tag.k: tag.v for tag in way.tags}
    except RuntimeError as error:
        raise BadStreets(f"{path.name}: {error}") from error
