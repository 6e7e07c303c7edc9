"""Dispatch policies on the same seeded day: own grid only, nearest by line, least travel time.

A morning's incidents over the demo city, played through the public API at sixty times the pace of life by robots while
800 members walk the streets; each policy has a fresh server. Times are minutes of the day's own time, p50 / p90.
`python -m benchmarks policies`.
"""

from __future__ import annotations

import asyncio
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.product import Product, running_product
from simulators.addresses import Address, Addresses
from simulators.city.seed import write_import_files
from simulators.day.plan import Plan
from simulators.day.run import DayOptions, play_day
from simulators.fleet.scenario import Scenario

__all__ = ["Row", "main"]

MEMBERS = 800
HOURS = 3.0
INCIDENTS = 300
SPEED = 60.0
POLICIES = ("own_grid", "nearest", "travel_time")
_PASSWORD = "a password for robots"


@dataclass(frozen=True)
class Row:
    """One policy. Times in minutes, lengths in metres of straight line; p50 / p90."""

    policy: str
    incidents: float
    closed: float
    unserved: float
    metres: str
    dispatch: str
    travel: str
    on_scene: str
    closed_after: str


def main(seconds: float = 10.0) -> list[Row]:
    """The same day under each policy."""
    return [_run(policy) for policy in POLICIES]


def _run(policy: str) -> Row:
    with running_product(1, GRIDWARDEN_MAX_SPEED="5000") as product, tempfile.TemporaryDirectory() as folder:
        for kind, path in write_import_files(Path(folder), members=MEMBERS).items():
            product.command("import", kind, str(path))
        for role in ("dispatcher", "supervisor"):
            product.command("user", "add", role, "--role", role, "--password-stdin", stdin=_PASSWORD)
        result = asyncio.run(play_day(_options(product, policy)))
    minutes, ended = result["minutes"], result["ended"]
    done = ended.get("closed", 0) + ended.get("rejected", 0)
    return Row(
        policy, result["incidents"], ended.get("closed", 0), result["incidents"] - done, _pair(result["metres"]),
        *(_pair(minutes[name]) for name in (
            "report to dispatch", "dispatch to on scene", "report to on scene", "report to closed"
        )),
    )  # fmt: skip


def _options(product: Product, policy: str) -> DayOptions:
    at = {name: _address(product.at[listener]) for name, listener in (("http", "http"), ("ws", "ws"))}
    return DayOptions(
        plan=Plan(incidents=INCIDENTS, hours=HOURS, begins_at=8, speed=SPEED, policy=policy), members=MEMBERS,
        dispatcher=("dispatcher", _PASSWORD), verifier=("supervisor", _PASSWORD), addresses=Addresses(**at),
        scenario=Scenario(vehicles=0.0, bicycles=0.0),
    )  # fmt: skip


def _address(text: str) -> Address:
    host, _, port = text.rpartition(":")
    return Address(host, int(port))


def _pair(values: dict[str, Any]) -> str:
    return f"{values['p50']} / {values['p90']}"
