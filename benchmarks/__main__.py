"""`make bench`, or `python -m benchmarks [NAME ...] [--seconds S] [--rows N]`: the figures of this machine.

Prints a table a benchmark, and writes docs/benchmarks.json and docs/benchmarks.md. Everything it starts listens on
127.0.0.1 and is ended.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

USUAL = (
    "decode", "nearest", "fan_out", "broker", "page", "ingest", "recommend", "policies", "search", "imports", "start",
)  # fmt: skip
SLOW = ("page_hour", "statistics", "history", "growth")
"""Take more than minutes: only where they are named."""
OF_RESIDENTS = ("search", "imports")
"""Take --rows."""
NAMES = (*USUAL, *SLOW)
RESULTS = Path(__file__).parents[1] / "docs" / "benchmarks.json"
PREFACE = """# Benchmarks

`make bench` printed these figures and wrote this page (`make bench ARGS="nearest --seconds 5"` for one benchmark).
They are of one machine that was shared and noisy: {machine}. The load generator, the server and its database run on
the same cores, so a rate is what all three reached together. Compare figures of one run with each other, not with
other machines'.
"""


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="The figures of this machine.")
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"some of {', '.join(NAMES)} (default: all but {', '.join(SLOW)})"
    )
    parser.add_argument("--seconds", type=float, default=10.0, help="of load a case (default: %(default)s)")
    parser.add_argument("--rows", type=int, help=f"residents of {', '.join(OF_RESIDENTS)} (default: a million)")
    arguments = parser.parse_args(argv)
    wrong = sorted(set(arguments.names) - set(NAMES))
    if wrong:
        parser.error(f"no benchmark {', '.join(wrong)}: there are {', '.join(NAMES)}")
    results = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    results["machine"] = (
        f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, CPython {platform.python_version()}"
    )
    for name in arguments.names or USUAL:
        size = (arguments.rows,) if arguments.rows and name in OF_RESIDENTS else ()
        rows = [asdict(row) for row in importlib.import_module(f"benchmarks.{name}").main(arguments.seconds, *size)]
        results[name] = rows
        _print(name, rows)
    RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    RESULTS.with_suffix(".md").write_text(_page(results), encoding="utf-8")
    return 0


def _page(results: dict[str, Any]) -> str:
    """docs/benchmarks.md out of the last results of each benchmark."""
    parts = [PREFACE.format(machine=results["machine"])]
    for name in (name for name in NAMES if name in results):
        rows = results[name]
        parts.append(f"## {name}\n\n{(importlib.import_module(f'benchmarks.{name}').__doc__ or '').strip()}\n")
        parts.append("| " + " | ".join(rows[0]) + " |\n|" + "---|" * len(rows[0]))
        parts += ["| " + " | ".join(map(_text, row.values())) + " |" for row in rows]
        parts.append("")
    return "\n".join(parts)


def _print(name: str, rows: list[dict[str, object]]) -> None:
    print(f"\n{name}")
    if not rows:
        return
    columns = list(rows[0])
    cells = [[_text(row[column]) for column in columns] for row in rows]
    widths = [max(len(column), *(len(row[n]) for row in cells)) for n, column in enumerate(columns)]
    for line in [columns, *cells]:
        print("  " + "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)))


def _text(value: object) -> str:
    return f"{value:,.1f}" if isinstance(value, float) else "" if value is None else str(value)


if __name__ == "__main__":
    sys.exit(main())
