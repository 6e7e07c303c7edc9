"""The city as files that `gridwarden import` takes; also `python -m simulators.city.seed FOLDER`."""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from simulators.city.city import City, Member, Organisation
from simulators.city.streets import street_lines

__all__ = ["main", "write_import_files"]


def write_import_files(folder: Path, *, members: int, seed: int = 1) -> dict[str, Path]:
    """Write the city's files; their paths by kind, in the order to import."""
    city = City.load(seed)
    people = city.members(members)
    folder.mkdir(parents=True, exist_ok=True)
    paths = {
        "organisations": folder / "organisations.geojson",
        "members": folder / "members.csv",
        "devices": folder / "devices.csv",
        "streets": folder / "streets.geojson",
    }
    features = [_feature(one) for one in city.organisations]
    collection = {"type": "FeatureCollection", "features": features}
    paths["organisations"].write_text(json.dumps(collection, ensure_ascii=False), encoding="utf-8")
    _write_rows(paths["members"], "id,name,organisation,post,phone,on_duty", _member_rows(city, people))
    devices = ((one.device, one.id, one.token, "false") for one in people)
    _write_rows(paths["devices"], "id,member,token,require_token", devices)
    paths["streets"].write_text(json.dumps(street_lines()), encoding="utf-8")
    return paths


def main(argv: Sequence[str] | None = None) -> int:
    """Write the files into the folder named on the command line."""
    parser = argparse.ArgumentParser(description="Write the simulated city's import files.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--members", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args(argv)
    write_import_files(arguments.folder, members=arguments.members, seed=arguments.seed)
    return 0


def _feature(one: Organisation) -> dict[str, object]:
    about = {"id": one.id, "name": one.name, "level": one.level, "parent": one.parent, "code": one.code}
    return {"type": "Feature", "properties": about, "geometry": one.territory}


def _member_rows(city: City, people: Iterable[Member]) -> Iterable[tuple[str, ...]]:
    return ((one.id, one.name, city.grids[one.grid].id, one.post, one.phone, "true") for one in people)


def _write_rows(path: Path, header: str, rows: Iterable[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header.split(","))
        writer.writerows(rows)


if __name__ == "__main__":
    raise SystemExit(main())
