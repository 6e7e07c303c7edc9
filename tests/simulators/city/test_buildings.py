from __future__ import annotations

import gzip
import json
from importlib.resources import files

import numpy as np
import pytest

from simulators.city.buildings import Building, grids_of, load_buildings
from simulators.city.city import City


@pytest.fixture(scope="module")
def buildings() -> list[Building]:
    return load_buildings()


def test_every_building_of_the_city_is_there_once(buildings: list[Building]) -> None:
    assert len(buildings) == 32_056
    assert len({one.id for one in buildings}) == 32_056


def test_a_building_says_what_openstreetmap_says_of_it(buildings: list[Building]) -> None:
    (one,) = (one for one in buildings if one.id == "building-315257889")
    assert (one.name, one.levels, one.kind, one.address) == ("Кең жол", 2, "yes", "")
    assert one.footprint[0].tolist() == one.footprint[-1].tolist() == [71.359269, 51.289406]
    assert len(one.footprint) == 10
    assert 600 < one.area_m2 < 1_600
    assert (one.latitude, one.longitude) == pytest.approx((51.2891, 71.3593), abs=3e-4)


def test_most_have_an_address(buildings: list[Building]) -> None:
    assert sum(bool(one.street and one.number) for one in buildings) > 21_000


def test_nobody_is_told_who_drew_them() -> None:
    packed = files("simulators.city").joinpath("data", "buildings.json.gz").read_bytes()
    document = json.loads(gzip.decompress(packed))
    assert set(document) == {"licence", "kinds", "streets", "buildings"}
    assert "OpenStreetMap" in document["licence"]
    assert b"@user" not in packed


def test_most_stand_in_a_grid_and_the_grid_is_around_them(buildings: list[Building]) -> None:
    grids = City.load().grids
    home = grids_of(buildings, grids)
    inside = np.flatnonzero(home >= 0)
    assert len(inside) > 10_000
    one = buildings[inside[0]]
    ring = np.array(grids[home[inside[0]]].territory["coordinates"][0])
    assert ring[:, 0].min() < one.longitude < ring[:, 0].max()
    assert ring[:, 1].min() < one.latitude < ring[:, 1].max()
