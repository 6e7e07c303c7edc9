from __future__ import annotations

import csv
import json
from pathlib import Path

from simulators.city.seed import main, write_import_files


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_files_are_named_by_kind_in_the_order_to_import(tmp_path: Path) -> None:
    paths = write_import_files(tmp_path / "new", members=3)
    assert list(paths) == ["organisations", "members", "devices", "streets"]
    assert all(path.is_file() for path in paths.values())


def test_every_reference_between_the_files_is_kept(tmp_path: Path) -> None:
    paths = write_import_files(tmp_path, members=50, seed=7)
    features = json.loads(paths["organisations"].read_text(encoding="utf-8"))["features"]
    organisations = {feature["properties"]["id"] for feature in features}
    members, devices = rows(paths["members"]), rows(paths["devices"])
    assert {feature["properties"]["parent"] for feature in features} <= organisations | {"city"}
    assert {member["organisation"] for member in members} <= organisations
    assert [device["member"] for device in devices] == [member["id"] for member in members]


def test_the_columns_are_those_of_the_import(tmp_path: Path) -> None:
    paths = write_import_files(tmp_path, members=1)
    assert paths["members"].read_text().splitlines()[0] == "id,name,organisation,post,phone,on_duty"
    assert paths["devices"].read_text().splitlines()[0] == "id,member,token,require_token"


def test_the_same_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    first = write_import_files(tmp_path / "a", members=20, seed=3)
    second = write_import_files(tmp_path / "b", members=20, seed=3)
    assert [path.read_bytes() for path in first.values()] == [path.read_bytes() for path in second.values()]


def test_it_is_a_command_too(tmp_path: Path) -> None:
    assert main([str(tmp_path), "--members", "5"]) == 0
    assert len(rows(tmp_path / "members.csv")) == 5
