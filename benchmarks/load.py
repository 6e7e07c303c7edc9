"""Load a running server: python -m benchmarks.load nmea|json|osmand --devices FILE --connections N --rate R.

The devices are those of a CSV file with `device` or `id`, and `token`: `python -m simulators.city.seed FOLDER` writes
one, `gridwarden import` takes it. Prints one line of JSON.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from simulators.addresses import add_address_options, addresses_of
from simulators.clients.devices import BadDevices, read_devices
from simulators.load import LoadResult, json_load, nmea_load, osmand_load


def main(argv: Sequence[str] | None = None) -> int:
    arguments = _parser().parse_args(argv)
    try:
        result = _run(arguments)
    except (BadDevices, ValueError, OSError) as error:
        print(f"benchmarks.load: {error}", file=sys.stderr)
        return 2
    print(json.dumps(report(result)))
    return 0


def report(result: LoadResult) -> dict[str, float | None]:
    """The figures of a run; latencies in milliseconds."""
    p50, p99 = (None if at is None else 1000 * at for at in (result.latency_s(0.5), result.latency_s(0.99)))
    return {
        "sent": result.sent,
        "acknowledged": result.acknowledged,
        "rejected": result.rejected,
        "errors": result.errors,
        "seconds": round(result.seconds, 3),
        "rate": round(result.rate, 1),
        "cpu_s": round(result.cpu_s, 3),
        "p50_ms": p50,
        "p99_ms": p99,
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Load a running server; one line of JSON.")
    parser.add_argument("kind", choices=("nmea", "json", "osmand"))
    parser.add_argument("--devices", type=Path, required=True)
    parser.add_argument("--connections", type=int, default=1000)
    parser.add_argument("--rate", type=float, default=10_000.0, help="fixes a second in all")
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--lines", type=int, default=1, help="nmea: sentences a send")
    parser.add_argument("--batch", type=int, default=100, help="json: fixes a request")
    parser.add_argument("--depth", type=int, default=1, help="osmand: requests a connection at a time")
    add_address_options(parser)
    return parser


def _run(arguments: argparse.Namespace) -> LoadResult:
    at = addresses_of(arguments)
    devices = read_devices(arguments.devices, arguments.connections, needs_token=arguments.kind == "json")
    pace = {"rate": arguments.rate, "duration_s": arguments.seconds}
    match arguments.kind:
        case "nmea":
            return nmea_load(at.nmea, devices, **pace, lines_a_send=arguments.lines)
        case "json":
            return json_load(at.http, devices, **pace, batch=arguments.batch)
        case _:
            return osmand_load(at.osmand, devices, **pace, depth=arguments.depth)


if __name__ == "__main__":
    sys.exit(main())
