"""`make faults`, or `python -m benchmarks.faults [NAME ...] [--share S]`: what each fault costs, under load.

Prints a line a fault, and writes docs/faults.json and docs/faults.md. Everything it starts listens on 127.0.0.1 and is
ended. The exit status is 1 when a goal was missed.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.faults import (
    away,
    backups,
    clocks,
    deaf,
    disk,
    fuzzing,
    kills,
    networks,
    one_member,
    soak,
    strangers,
    upgrades,
)
from benchmarks.faults.account import Fault, Result

_MODULES = (kills, away, disk, networks, strangers, deaf, clocks, one_member, backups, upgrades, soak, fuzzing)
FAULTS = tuple(sorted((fault for module in _MODULES for fault in module.FAULTS), key=lambda fault: fault.number))
RESULTS = Path(__file__).parents[2] / "docs" / "faults.json"
PREFACE = """# Faults

`make faults` printed these lines and wrote this page (`make faults ARGS="kill_server --share 0.2"`: one, a fifth as
long). Each fault is done under load: 2,000 acknowledged JSON fixes a second, 2,000 NMEA sentences a second, and
incidents being dispatched. An acknowledged fix is *lost* when it is not stored at the end, *doubled* when it is stored
twice; none may be *refused* that nothing was wrong with. Machine: {machine}; load generator and database on the same
cores. *Load before*: the machine's load average when the fault began; what is above 0 is other work, and times are
longer for it. Fuzzing (15) needs no server: each decoder of what strangers send or hand in gets inputs made of real
messages, some guided by the code that they run through (atheris), where its input must be read or refused.
"""
_COLUMNS = (
    "load before",
    "fault",
    "sent",
    "acknowledged",
    "stored",
    "lost",
    "doubled",
    "recovery, s",
    "goal",
    "kept",
    "further",
)


def main(argv: Sequence[str] | None = None) -> int:
    names = [fault.name for fault in FAULTS]
    parser = argparse.ArgumentParser(prog="python -m benchmarks.faults", description="What each fault costs.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"some of {', '.join(names)} (default: all)")
    parser.add_argument("--share", type=float, default=1.0, help="of the full length, 0.05 to 1 (default: 1)")
    arguments = parser.parse_args(argv)
    if wrong := sorted(set(arguments.names) - set(names)):
        parser.error(f"no fault {', '.join(wrong)}: there are {', '.join(names)}")
    chosen = [fault for fault in FAULTS if fault.name in (arguments.names or names)]
    done = [one for fault in chosen for one in _run(fault, arguments.share)]
    return 0 if all(one.kept for one in done) else 1


def _run(fault: Fault, share: float) -> list[Result]:
    """Do it, print it, and write it down at once: a later one may be interrupted."""
    began, (load, *_) = time.monotonic(), os.getloadavg()
    found = asyncio.run(fault.run(max(0.05, min(share, 1.0))))
    for one in found:
        print(f"{fault.number:>2} {'kept  ' if one.kept else 'MISSED'} {' | '.join(_cells(one))}", flush=True)
    print(f"   {time.monotonic() - began:.0f} s", flush=True)
    write_down(RESULTS, fault, share, load, found)
    return found


def write_down(path: Path, fault: Fault, share: float, load: float, found: Sequence[Result]) -> None:
    """Its rows in place of those before, in the JSON at `path` and the page beside it; the others' stay."""
    results = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    results["machine"] = f"{platform.machine()}, {os.cpu_count()} cores, CPython {platform.python_version()}"
    results[fault.name] = {
        "number": fault.number, "share": share, "load": round(load, 1), "rows": [asdict(one) for one in found],
    }  # fmt: skip
    path.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    path.with_suffix(".md").write_text(page(results), encoding="utf-8")


def page(results: dict[str, Any]) -> str:
    """docs/faults.md out of the last results of each fault."""
    lines = [PREFACE.format(machine=results["machine"]), "| # | " + " | ".join(_COLUMNS) + " |"]
    lines.append("|" + "---|" * (len(_COLUMNS) + 1))
    for name in (fault.name for fault in FAULTS if fault.name in results):
        said = results[name]
        for row in said["rows"]:
            length = "" if said["share"] == 1.0 else f" ({said['share']:g} of the full length)"
            load = f"{said['load']:.1f}" if "load" in said else ""
            lines.append(f"| {said['number']} | {load} | " + " | ".join(_row(row, length)) + " |")
    return "\n".join(lines) + "\n"


def _cells(one: Result) -> list[str]:
    return _row(asdict(one), "")


def _row(row: dict[str, Any], length: str) -> list[str]:
    account, recovery = row["account"], row["recovery_s"]
    figures = [f"{account[name]:,}" for name in ("sent", "acknowledged", "stored", "lost", "doubled")]
    has_fixes = account["sent"] > 0
    return [
        row["fault"] + length, *(figures if has_fixes else [""] * len(figures)),
        "" if recovery is None else f"{recovery:.1f}", row["goal"], "yes" if row["kept"] else "**no**", row["notes"],
    ]  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
