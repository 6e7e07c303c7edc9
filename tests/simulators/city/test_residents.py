"""Made-up residents: they fit each other, are the seed's alone, and nobody can take them for real."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from registry.privacy.model import identity_fault
from simulators.city.city import City
from simulators.city.residents import write_residents

Rows = dict[str, list[dict[str, str]]]


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Rows:
    city = City.load(1)
    grid = city.grids[0].id
    return _read(write_residents(tmp_path_factory.mktemp("city"), city, grid))


def _read(paths: dict[str, Path]) -> Rows:
    found = {}
    for kind, path in paths.items():
        with path.open(encoding="utf-8", newline="") as file:
            found[kind] = list(csv.DictReader(file))
    return found


def test_every_row_lies_in_something_that_is_there(rows: Rows) -> None:
    ids = {kind: {row["id"] for row in some} for kind, some in rows.items()}
    assert {row["building"] for row in rows["houses"]} <= ids["buildings"]
    assert {row["house"] for row in rows["households"]} <= ids["houses"]
    assert {row["household"] for row in rows["people"]} == ids["households"]
    assert len(ids["people"]) > 100
    assert all(len(ids[kind]) == len(some) for kind, some in rows.items())


def test_each_household_has_one_head_and_children_are_younger(rows: Rows) -> None:
    heads = [row for row in rows["people"] if row["relation"] == "head"]
    assert len(heads) == len(rows["households"])
    born = {row["household"]: row["birth_date"] for row in heads}
    children = [row for row in rows["people"] if row["relation"] == "child"]
    assert children
    assert all(row["birth_date"] > born[row["household"]] for row in children)


def test_numbers_are_well_formed_and_of_nobody(rows: Rows) -> None:
    for row in rows["people"]:
        if row["identity"] or not row["id"].startswith("person-twin"):
            assert identity_fault(row["identity"], gender=row["gender"]) is None
            assert row["identity"].startswith("990101")
        assert row["telephone"] == "" or row["telephone"].startswith("100")


def test_nobody_has_the_number_of_another_but_those_who_were_registered_twice(rows: Rows) -> None:
    once = [row["identity"] for row in rows["people"] if not row["id"].startswith("person-twin")]
    assert len(set(once)) == len(once)
    twins = [row for row in rows["people"] if row["id"].startswith("person-twin")]
    assert twins
    named = {(row["name"], row["birth_date"]) for row in rows["people"] if row not in twins}
    assert {(row["name"], row["birth_date"]) for row in twins} <= named


def test_a_seed_gives_the_same_people(rows: Rows, tmp_path: Path) -> None:
    city = City.load(1)
    assert _read(write_residents(tmp_path, city, city.grids[0].id)) == rows
