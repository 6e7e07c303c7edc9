"""The five best of 100,000 members with reasons and travel times over the demo city's streets, asked over HTTP.

Every member is on duty with a fresh position somewhere on the streets; one caller asks again and again for incidents
all over the city, each policy in turns. Milliseconds, the whole request. `python -m benchmarks recommend`.
"""

from __future__ import annotations

import csv
import json
import tempfile
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.product import Product, running_product
from simulators.city.city import City
from simulators.city.seed import write_import_files

__all__ = ["Row", "main"]

MEMBERS = 100_000
CASES = (("travel_time", "walking"), ("travel_time", "car"), ("nearest", "walking"))
_GOAL = "p99 20 ms"


@dataclass(frozen=True)
class Row:
    """One policy and profile, milliseconds."""

    name: str
    asked: float
    p50_ms: float
    p99_ms: float
    goal: str


def main(seconds: float = 10.0) -> list[Row]:
    """All cases in turns on one server."""
    city, random = City.load(), np.random.default_rng(3)
    with running_product(1) as product, tempfile.TemporaryDirectory() as folder:
        _people(product, city, Path(folder), random)
        token = _sign_in(product)
        incidents = [_incident(product, token, city, random) for _ in range(50)]
        times: dict[tuple[str, str], list[float]] = {case: [] for case in CASES}
        until = time.monotonic() + max(seconds, 5.0) * len(CASES)
        while time.monotonic() < until:
            for policy, profile in CASES:
                path = f"/incidents/{random.choice(incidents)}/candidates?k=5&policy={policy}&profile={profile}"
                began = time.perf_counter()
                found = _ask(product, token, path)
                times[policy, profile].append(1e3 * (time.perf_counter() - began))
                assert len(found["items"]) == 5
    return [
        Row(f"{policy}, {profile}", len(found), float(np.percentile(found, 50)), float(np.percentile(found, 99)), _GOAL)
        for (policy, profile), found in times.items()
    ]


def _people(product: Product, city: City, folder: Path, random: np.random.Generator) -> None:
    """100,000 members with a device and a position each."""
    files = write_import_files(folder, members=1)
    grids = [grid.id for grid in city.grids]
    with (folder / "members.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["id", "name", "organisation"]] + [
            [f"m{number}", f"Member {number}", grids[number % len(grids)]] for number in range(MEMBERS)
        ])  # fmt: skip
    with (folder / "devices.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["id", "member", "token"]] + [
            [f"d{number}", f"m{number}", f"token-{number:06}"] for number in range(MEMBERS)
        ])  # fmt: skip
    for kind in ("organisations", "members", "devices", "streets"):
        product.command("import", kind, str(files[kind]))
    ways = random.choice(np.flatnonzero(city.home >= 0).astype(np.int32), MEMBERS)
    latitude, longitude = city.streets.place(ways, random.random(MEMBERS) * city.streets.length[ways])

    def report(number: int) -> None:
        fix = {"time": _now(), "latitude": float(latitude[number]), "longitude": float(longitude[number])}
        _post(f"http://{product.at['http']}/api/v1/fixes", f"token-{number:06}", fix)

    with ThreadPoolExecutor(32) as threads:
        list(threads.map(report, range(MEMBERS)))


def _now() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


def _sign_in(product: Product) -> str:
    product.command("user", "add", "dora", "--role", "dispatcher", "--password-stdin", stdin="dora has a password")
    answer = _post(
        f"http://{product.at['http']}/api/v1/session", None, {"name": "dora", "password": "dora has a password"}
    )
    return str(answer["token"])


def _incident(product: Product, token: str, city: City, random: np.random.Generator) -> str:
    way = np.array([random.choice(np.flatnonzero(city.home >= 0))], np.int32)
    latitude, longitude = city.streets.place(way, np.zeros(1))
    report = {"kind": "C0101", "latitude": float(latitude[0]), "longitude": float(longitude[0]), "description": "d"}
    return str(_post(f"http://{product.at['http']}/api/v1/incidents", token, report)["id"])


def _post(url: str, token: str | None, body: object) -> Any:
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    request = urllib.request.Request(url, json.dumps(body).encode(), headers, method="POST")
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def _ask(product: Product, token: str, path: str) -> Any:
    headers = {"Authorization": f"Bearer {token}"}
    with urllib.request.urlopen(
        urllib.request.Request(f"http://{product.at['http']}/api/v1{path}", headers=headers)
    ) as answer:
        return json.load(answer)
