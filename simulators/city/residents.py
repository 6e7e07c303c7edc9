"""Made-up households in the real buildings of a street, as files that `gridwarden import` takes.

Everybody is synthetic: the region of the identity numbers, 990101, is none, and no telephone number begins with 100.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from simulators.city.buildings import Building, grids_of, load_buildings
from simulators.city.city import City
from simulators.city.establishments import ESTABLISHMENT_HEADER, establishment_of, window_of
from simulators.city.staffing import synthetic_names
from simulators.city.twins import plant_twins

__all__ = ["write_residents"]

_HOME_M2 = 75.0
_MOST_A_FLOOR = 12
_VACANT, _RENTED = 0.08, 0.22
_WORKS, _SERVES = 0.05, 0.055
"""Part of the buildings with a company or association in them; from there on, with a service window."""
_NO_HOMES = {"garage", "garages", "hangar", "warehouse", "roof", "tank", "construction", "industrial", "manufacture"}
_USES = {
    "commercial": "commercial", "retail": "commercial", "office": "commercial", "hotel": "commercial",
    "industrial": "industrial", "manufacture": "industrial", "warehouse": "industrial", "school": "public",
    "kindergarten": "public", "university": "public", "college": "public", "hospital": "public", "church": "public",
    "public": "public", "train_station": "public", "garage": "other", "garages": "other", "hangar": "other",
}  # fmt: skip
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_THIS_YEAR = 2026
_OCCUPATIONS = ("teacher", "driver", "engineer", "shop assistant", "nurse", "cook", "accountant", "builder", "clerk")
_HEADERS = {
    "buildings": "id,organisation,name,address,use,latitude,longitude,footprint,height_m,floors,entrances",
    "houses": "id,organisation,building,entrance,floor,number,use,occupancy,area_m2",
    "households": "id,organisation,house,kind,tenure",
    "people": "id,organisation,household,relation,name,gender,birth_date,occupation,residence,groups,identity,"
    "telephone",
    "establishments": ESTABLISHMENT_HEADER,
    "places": "id,organisation,kind,name,address,latitude,longitude,building,contact,telephone,risk,stream",
    "things": "id,organisation,code,name,latitude,longitude,owner_department,state",
}

SYNTHETIC_PICTURE = "/synthetic-camera.svg"
"""Of every camera here: a drawing that says so, served by the program itself."""

_COMPONENTS = (
    ("C0110", "hydrant", "public-facilities"), ("C0115", "street lamp", "public-facilities"),
    ("C0102", "manhole", "public-facilities"), ("C0202", "bus shelter", "roads"),
    ("C0305", "litter bin", "sanitation"), ("C0402", "street tree", "greening"),
)  # fmt: skip
"""Code of GB/T 30428, word, and the department that owns it."""

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Somebody:
    """One of a household, before there is a name. relation: to the head."""

    relation: str
    age: int
    gender: str


def write_residents(folder: Path, city: City, street: str) -> dict[str, Path]:
    """Files by kind, in the order to import: what stands in a street (id) and who lives there."""
    everything = load_buildings()
    homes = grids_of(everything, city.grids)
    found = [
        (building, city.grids[row].id)
        for building, row in zip(everything, homes.tolist(), strict=True)
        if row >= 0 and city.grids[row].id.startswith(street)
    ]
    rows = _Rows(city.seed)
    for building, grid in found:
        rows.add(building, grid)
    plant_twins(rows.of)
    return {kind: _write(folder / f"{kind}.csv", header, rows.of[kind]) for kind, header in _HEADERS.items()}


class _Rows:
    """Rows of every kind, filled building by building."""

    def __init__(self, seed: int) -> None:
        self._random = np.random.default_rng((seed, 11))
        self._names = iter(_endless_names(np.random.default_rng((seed, 12))))
        self._people = 0
        self._born: Counter[str] = Counter()
        self.of: dict[str, list[Row]] = {kind: [] for kind in _HEADERS}

    def add(self, building: Building, grid: str) -> None:
        """The building with its houses, who lives in them, and what is beside it."""
        use = _USES.get(building.kind, "residential")
        floors = max(1, min(building.levels, 60))
        a_floor = max(1, min(_MOST_A_FLOOR, round(building.area_m2 * 0.8 / _HOME_M2)))
        entrances = max(1, -(-a_floor // 4))
        ring = [[round(lon, 6), round(lat, 6)] for lon, lat in building.footprint.tolist()]
        self.of["buildings"].append((
            building.id, grid, building.name, building.address, use, round(building.latitude, 6),
            round(building.longitude, 6), json.dumps({"type": "Polygon", "coordinates": [ring]}),
            building.height_m, floors, json.dumps([{"number": n} for n in range(1, entrances + 1)]),
        ))  # fmt: skip
        if use == "residential" and building.kind not in _NO_HOMES and building.area_m2 >= 35:
            for floor in range(1, floors + 1):
                self._floor(building, grid, floor, a_floor, entrances)
        self._around(building, grid, use)

    def _floor(self, building: Building, grid: str, floor: int, homes: int, entrances: int) -> None:
        for door in range(1, homes + 1):
            house = f"{building.id}-{floor:02d}{door:02d}"
            luck = float(self._random.random())
            occupancy = "vacant" if luck < _VACANT else "rented" if luck < _VACANT + _RENTED else "owner"
            self.of["houses"].append((
                house, grid, building.id, (door - 1) * entrances // homes + 1, floor, f"{floor}{door:02d}", "home",
                occupancy, round(float(self._random.uniform(38, 110)), 1),
            ))  # fmt: skip
            if occupancy != "vacant":
                self._household(house, grid, rented=occupancy == "rented")

    def _household(self, house: str, grid: str, *, rented: bool) -> None:
        people = _family(self._random)
        kind = "single" if len(people) == 1 else "family"
        self.of["households"].append((f"household-{house[9:]}", grid, house, kind, "tenant" if rented else "owner"))
        for somebody in people:
            self._person(f"household-{house[9:]}", grid, somebody, alone=len(people) == 1, rented=rented)

    def _person(self, household: str, grid: str, who: _Somebody, *, alone: bool, rented: bool) -> None:
        self._people += 1
        month, day = int(self._random.integers(1, 13)), int(self._random.integers(1, 29))
        birth = f"{_THIS_YEAR - who.age - 1}-{month:02d}-{day:02d}"
        self._born[birth] += 1
        works = _OCCUPATIONS[int(self._random.integers(len(_OCCUPATIONS)))] if 18 <= who.age < 60 else ""
        from_away = self._random.random() < (0.6 if rented else 0.05)
        self.of["people"].append((
            f"person-{self._people:07d}", grid, household, who.relation, next(self._names), who.gender, birth, works,
            "from_away" if from_away else "registered", ";".join(_groups(self._random, who.age, alone=alone)),
            _identity(birth, self._born[birth], who.gender), f"100{self._people:08d}" if who.age >= 12 else "",
        ))  # fmt: skip

    def _around(self, building: Building, grid: str, use: str) -> None:
        """A shop, a key place, a camera or a component beside it, now and then."""
        luck, at = float(self._random.random()), (round(building.latitude, 6), round(building.longitude, 6))
        said = (building.address or "no number", *at, building.id)
        number = building.id[9:]
        if use in ("public", "commercial", "industrial") or luck < _WORKS:
            self.of["establishments"].append(establishment_of(building, grid, use, int(number), self._names))
        if use == "public" or _WORKS <= luck < _SERVES:
            self.of["places"].append(window_of(building, grid, int(number), self._names))
        if use == "public":
            kind = building.kind if building.kind in ("school", "hospital") else "site"
            self.of["places"].append(
                (f"place-{number}", grid, kind, building.name or f"Site {number}", *said, "", "", "medium", "")
            )
        elif use == "commercial" or luck < 0.04:
            self.of["places"].append(
                (f"place-{number}", grid, "shop", f"Shop {number}", *said, next(self._names), "", "", "")
            )
        if use in ("commercial", "industrial") or building.levels >= 12:
            risk = "high" if building.levels >= 12 else "medium"
            self.of["places"].append(
                (f"fire-{number}", grid, "fire_safety", f"Key place {number}", *said, "", "", risk, "")
            )
        if luck > 0.95:
            self.of["places"].append(
                (f"camera-{number}", grid, "camera", f"Camera {number}", *said, "", "", "", SYNTHETIC_PICTURE)
            )
        elif luck > 0.7:
            code, name, owner = _COMPONENTS[int(luck * 1e4) % len(_COMPONENTS)]
            state = "damaged" if int(luck * 1e5) % 11 == 0 else "in_order"
            self.of["things"].append((f"thing-{number}", grid, code, f"{name} {number}", *at, owner, state))


def _family(random: np.random.Generator) -> list[_Somebody]:
    """The head first; ages fit each other."""
    age = int(random.integers(24, 88))
    genders = ("female", "male") if random.random() < 0.5 else ("male", "female")
    family = [_Somebody("head", age, genders[0])]
    if random.random() < (0.45 if age > 70 else 0.75):
        family.append(_Somebody("spouse", max(20, age + int(random.integers(-6, 5))), genders[1]))
    if len(family) == 2 and age < 62:
        for _ in range(int(random.choice(4, p=[0.25, 0.45, 0.25, 0.05]))):
            young = max(0, age - int(random.integers(22, 38)))
            family.append(_Somebody("child", young, genders[int(random.integers(2))]))
    if 30 < age < 60 and random.random() < 0.12:
        family.append(_Somebody("parent", age + int(random.integers(21, 32)), "female"))
    return family


def _groups(random: np.random.Generator, age: int, *, alone: bool) -> Iterator[str]:
    if age >= 65 and alone:
        yield "lives_alone"
    if age >= 80:
        yield "over_80"
    for code, share in (("disabled", 0.02), ("low_income", 0.03), ("veteran", 0.02), ("party_member", 0.06)):
        if age >= 20 and random.random() < share:
            yield code


def _identity(birth: str, number: int, gender: str) -> str:
    """Of no region; what its check character says is right."""
    order = number % 500 * 2 + (gender == "male")
    digits = f"990101{birth.replace('-', '')}{order % 1000:03d}"
    return digits + "10X98765432"[sum(weight * int(one) for weight, one in zip(_WEIGHTS, digits, strict=True)) % 11]


def _endless_names(random: np.random.Generator) -> Iterable[str]:
    while True:
        yield from synthetic_names(random, 1_000)


def _write(path: Path, header: str, rows: Sequence[Row]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header.split(","))
        writer.writerows(rows)
    return path
