"""The five best of 100,000 members with reasons and travel times over the demo city's streets, asked over HTTP.

Every member is on duty with a fresh position somewhere on the streets; one caller asks again and again for incidents
all over the city, each policy in turns. Milliseconds, the whole request; complete: the share of answers that are sure
to be the best of all; load: the machine's load average of the last minute at the end. `python -m benchmarks recommend`.
"""

from __future__ import annotations

import csv
import json
import os
import socket
import tempfile
import time
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.product import Product, running_product, token_of
from simulators.city.city import City
from simulators.city.seed import write_import_files
from simulators.encoders.nmea import identification
from simulators.load.lines import rmc_lines

__all__ = ["Row", "main"]

MEMBERS = 100_000
CASES = (("travel_time", "walking"), ("travel_time", "car"), ("nearest", "walking"))
_GOAL = "p99 20 ms"
_A_CONNECTION = 50

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Row:
    """One policy and profile, milliseconds."""

    name: str
    asked: int
    p50_ms: float
    p99_ms: float
    complete: float
    load: float
    goal: str


def main(seconds: float = 10.0) -> list[Row]:
    """All cases in turns on one server."""
    city, random = City.load(), np.random.default_rng(3)
    with (
        running_product(1, GRIDWARDEN_STALE_AFTER="1h", GRIDWARDEN_SILENT_AFTER="2h") as product,
        tempfile.TemporaryDirectory() as folder,
    ):
        _people(product, city, Path(folder), random)
        token = _sign_in(product)
        incidents = [_incident(product, token, city, random) for _ in range(50)]
        times: dict[tuple[str, str], list[float]] = {case: [] for case in CASES}
        complete: Counter[tuple[str, str]] = Counter()
        until = time.monotonic() + max(seconds, 5.0) * len(CASES)
        while time.monotonic() < until:
            for policy, profile in CASES:
                path = f"/incidents/{random.choice(incidents)}/candidates?k=5&policy={policy}&profile={profile}"
                began = time.perf_counter()
                found = _ask(product, token, path)
                times[policy, profile].append(1e3 * (time.perf_counter() - began))
                assert len(found["items"]) == 5
                complete[policy, profile] += found["complete"]
    return [
        Row(
            f"{policy}, {profile}",
            len(found),
            float(np.percentile(found, 50)),
            float(np.percentile(found, 99)),
            complete[policy, profile] / len(found),
            os.getloadavg()[0],
            _GOAL,
        )
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
    _report(product, latitude, longitude)


def _report(product: Product, latitude: Floats, longitude: Floats) -> None:
    """Everybody is there now. A connection speaks for some devices one after the other: quicker than a request each."""
    host, _, port = product.at["nmea_tcp"].rpartition(":")

    def say(first: int) -> None:
        some = slice(first, first + _A_CONNECTION)
        now = np.full(len(latitude[some]), time.time_ns() // 1_000_000)
        fixes = rmc_lines(now, latitude[some], longitude[some], np.zeros(len(now)))
        lines = [identification(f"d{first + number}") + fix.tobytes() for number, fix in enumerate(fixes)]
        with socket.create_connection((host, int(port))) as connection:
            connection.sendall(b"".join(lines))
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(1_000):
                pass

    with ThreadPoolExecutor(200) as threads:
        list(threads.map(say, range(0, MEMBERS, _A_CONNECTION)))
    while product.metric("gridwarden_fixes_stored_total") < MEMBERS:
        time.sleep(0.5)


def _sign_in(product: Product) -> str:
    product.command("user", "add", "dora", "--role", "dispatcher", "--password-stdin", stdin="dora has a password")
    return token_of(f"http://{product.at['http']}/api/v1", "dora", "dora has a password")


def _incident(product: Product, token: str, city: City, random: np.random.Generator) -> str:
    way = np.array([random.choice(np.flatnonzero(city.home >= 0))], np.int32)
    latitude, longitude = city.streets.place(way, np.zeros(1))
    report = {"kind": "C0101", "latitude": float(latitude[0]), "longitude": float(longitude[0]), "description": "d"}
    return str(_post(f"http://{product.at['http']}/api/v1/incidents", token, report)["id"])


def _post(url: str, token: str, body: object) -> Any:
    headers = {"Authorization": f"Bearer {token}"}
    request = urllib.request.Request(url, json.dumps(body).encode(), headers, method="POST")
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def _ask(product: Product, token: str, path: str) -> Any:
    headers = {"Authorization": f"Bearer {token}"}
    with urllib.request.urlopen(
        urllib.request.Request(f"http://{product.at['http']}/api/v1{path}", headers=headers)
    ) as answer:
        return json.load(answer)
