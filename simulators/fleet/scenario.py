"""How the simulated handhelds behave, as numbers that a JSON file can change."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from math import isfinite
from pathlib import Path

__all__ = ["BadScenario", "Scenario", "read_scenario"]


class BadScenario(Exception):
    """The scenario cannot be used; `faults` lists every reason."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """Rates are per member and hour of simulated time, lengths of time in seconds with exponential spread.

    bicycles, vehicles: shares of the members, 0 to 1, together at most 1.
    noise_m: standard deviation of the receiver's error on each axis; noise_memory_s: how long it stays alike.
    pauses: stands still, for pause_s. no_fix: the receiver sees no sky, nothing is sent, for no_fix_s.
    link_losses: fixes are kept and come late, after link_loss_s. duplicates: share of fixes that are sent twice.
    battery_hours: from full to empty; it is changed at 5 percent.
    pace: how many times as fast as in life they move, for days that pass in minutes.
    """

    bicycles: float = 0.06
    vehicles: float = 0.02
    noise_m: float = 3.0
    noise_memory_s: float = 40.0
    pauses: float = 12.0
    pause_s: float = 60.0
    no_fix: float = 0.6
    no_fix_s: float = 25.0
    link_losses: float = 0.6
    link_loss_s: float = 20.0
    duplicates: float = 0.002
    battery_hours: float = 11.0
    pace: float = 1.0


def read_scenario(path: Path) -> Scenario:
    """The scenario of a JSON object with any of the fields. Raises BadScenario."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadScenario([f"{path}: {error}"]) from error
    if not isinstance(document, dict):
        raise BadScenario([f"{path}: not a JSON object"])
    document.pop("day", None)  # simulators.day.plan reads it
    if faults := list(_faults(document)):
        raise BadScenario(faults)
    return Scenario(**document)


def _faults(document: Mapping[str, object]) -> list[str]:
    known = {field.name for field in fields(Scenario)}
    faults = [f"{name}: there is no such setting" for name in sorted(document.keys() - known)]
    given = {name: value for name, value in document.items() if name in known}
    faults += [f"{name}: {fault}" for name, value in given.items() if (fault := _fault(name, value))]
    shares = [given.get(name, 0) for name in ("bicycles", "vehicles")]
    if not faults and sum(share for share in shares if isinstance(share, int | float)) > 1:
        faults.append("bicycles and vehicles: more than all members")
    return faults


def _fault(name: str, value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        return "not a number"
    if value < 0:
        return "less than 0"
    if name in {"bicycles", "vehicles", "duplicates"} and value > 1:
        return "a share is at most 1"
    if value == 0 and (name.endswith("_s") or name in {"battery_hours", "pace"}):
        return "must be more than 0"
    return None
