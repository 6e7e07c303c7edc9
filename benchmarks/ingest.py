"""Sustained ingest of the whole product: identity, order, plausibility, motion, 400 geofences, history, live.

One server process and its embedded database; the load generator runs beside them on the same machine, so the three
share its cores. A rate counts as sustained when every fix sent is stored. `python -m benchmarks ingest`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.product import Product, running_product

__all__ = ["Case", "Row", "main"]

FENCES = 400
SETTLE_S = 20.0


@dataclass(frozen=True)
class Case:
    """What is sent: by `connections` connections at `rate` fixes a second in all."""

    name: str
    kind: str
    connections: int
    rate: float
    goal: str


@dataclass(frozen=True)
class Row:
    """One line of the table. cpu_us: server's processor microseconds a fix, its database not included."""

    name: str
    rate: float
    stored: float
    sent: float
    cpu_us: float
    p50_ms: float | None
    p99_ms: float | None
    goal: str


CASES = (
    Case("NMEA/TCP, 1,000 connections, a line a send", "nmea", 1000, 100_000, "50 k/s now, 100 k/s"),
    Case("NMEA/TCP, 5,000 connections, a line a send", "nmea", 5000, 80_000, "40 k/s now (10,000), 80 k/s"),
    Case("HTTP JSON, batches of 100", "json", 400, 150_000, "100 k/s now, 200 k/s"),
    Case("HTTP, one fix a request (OsmAnd)", "osmand", 200, 8_000, "5 k/s now, 10 k/s"),
)


def main(seconds: float = 10.0, cases: Sequence[Case] = CASES) -> list[Row]:
    """Run every case on a server of its own."""
    return [_run(case, seconds) for case in cases]


def _run(case: Case, seconds: float) -> Row:
    with running_product(case.connections) as product:
        _add_fences(product)
        before = product.cpu_s()
        load = _load(product, case, seconds)
        stored = _settled(product, load["sent"])
        cpu = product.cpu_s() - before
    return Row(
        case.name, load["rate"], stored, load["sent"], 1e6 * cpu / max(stored, 1), load["p50_ms"], load["p99_ms"],
        case.goal,
    )  # fmt: skip


def _load(product: Product, case: Case, seconds: float) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.load", case.kind, "--devices", str(product.devices), "--connections",
         str(case.connections), "--rate", str(case.rate), "--seconds", str(seconds), "--http", product.at["http"],
         "--nmea", product.at["nmea_tcp"], "--osmand", product.at["osmand"]],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    result: dict[str, float] = json.loads(done.stdout)
    return result


def _settled(product: Product, sent: float) -> float:
    """Fixes stored once all are, or no more come."""
    deadline, stored = time.monotonic() + SETTLE_S, 0.0
    while time.monotonic() < deadline:
        stored = product.metric("gridwarden_fixes_stored_total")
        if stored >= sent:
            break
        time.sleep(0.2)
    return stored


def _add_fences(product: Product) -> None:
    """Circles of 200 m, some of them where the load's devices move."""
    product.command("user", "add", "bench", "--role", "administrator", "--password-stdin", stdin="bench has a password")
    token = _call(product, "POST", "/session", None, {"name": "bench", "password": "bench has a password"})["token"]
    for number in range(FENCES):
        place = [71.30 + 0.01 * (number % 20), 51.05 + 0.01 * (number // 20)]
        fence = {"organisation": "city", "name": f"F{number}", "kind": "circle", "radius_m": 200.0,
                 "geometry": {"type": "Point", "coordinates": place}}  # fmt: skip
        _call(product, "POST", "/geofences", token, fence)
    time.sleep(1.5)  # the server looks for changed geofences twice a second


def _call(product: Product, method: str, path: str, token: str | None, body: object) -> dict[str, str]:
    request = urllib.request.Request(
        f"http://{product.at['http']}/api/v1{path}", json.dumps(body).encode(), method=method,
        headers={"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {}),
    )  # fmt: skip
    with urllib.request.urlopen(request) as answer:
        said: dict[str, str] = json.loads(answer.read())
        return said
