"""`make bench`, or `python -m benchmarks [ingest nearest fan_out] [--seconds S]`: the figures of this machine.

Prints a table a benchmark and writes docs/benchmarks.json. Everything it starts listens on 127.0.0.1 and is ended.
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

NAMES = ("nearest", "fan_out", "ingest")
RESULTS = Path(__file__).parents[1] / "docs" / "benchmarks.json"


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="The figures of this machine.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"some of {', '.join(NAMES)} (default: all)")
    parser.add_argument("--seconds", type=float, default=10.0, help="of load a case (default: %(default)s)")
    arguments = parser.parse_args(argv)
    wrong = sorted(set(arguments.names) - set(NAMES))
    if wrong:
        parser.error(f"no benchmark {', '.join(wrong)}: there are {', '.join(NAMES)}")
    results = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    results["machine"] = (
        f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, CPython {platform.python_version()}"
    )
    for name in arguments.names or NAMES:
        rows = [asdict(row) for row in importlib.import_module(f"benchmarks.{name}").main(arguments.seconds)]
        results[name] = rows
        _print(name, rows)
    RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


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
