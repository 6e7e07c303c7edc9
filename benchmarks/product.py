"""The real server as a child process, for benchmarks: started empty, given devices, measured from outside."""

from __future__ import annotations

import csv
import json
import os
import secrets
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Product", "running_product"]

_PORTS = ("HTTP", "WS", "NMEA_TCP", "NMEA_UDP", "OSMAND")


@dataclass(frozen=True)
class Product:
    """A running server: where it listens, its environment and process, and the devices it knows."""

    at: dict[str, str]
    environment: dict[str, str]
    process: subprocess.Popen[bytes]
    devices: Path

    def metric(self, name: str) -> float:
        """One figure of /metrics, 0.0 when it is not there."""
        with urllib.request.urlopen(f"http://{self.at['http']}/metrics") as answer:
            for line in answer.read().decode().splitlines():
                if line.startswith(f"{name} "):
                    return float(line.rpartition(" ")[2])
        return 0.0

    def cpu_s(self) -> float:
        """Processor seconds of the server so far, without its database."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def command(self, *arguments: str, stdin: str = "") -> str:
        """Run an administrative command beside it."""
        return subprocess.run(
            [sys.executable, "-m", "gridwarden", *arguments], env=self.environment, input=stdin, text=True,
            check=True, capture_output=True,
        ).stdout  # fmt: skip


@contextmanager
def running_product(devices: int, **settings: str) -> Iterator[Product]:
    """A server with an empty database and so many devices; ended and removed at the end."""
    with tempfile.TemporaryDirectory() as directory:
        environment = os.environ | {f"GRIDWARDEN_{name}": "127.0.0.1:0" for name in _PORTS}
        environment |= {"GRIDWARDEN_DATA": f"{directory}/data", "GRIDWARDEN_DEVICE_RATE": "1000000"} | settings
        with Path(f"{directory}/log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "gridwarden", "serve"], env=environment, stdout=subprocess.PIPE, stderr=log
            )
        try:
            assert process.stdout is not None
            at = json.loads(process.stdout.readline())
            product = Product(at, environment, process, Path(directory) / "devices.csv")
            _add_devices(product, devices)
            yield product
        finally:
            process.terminate()
            process.wait(60)


def _add_devices(product: Product, devices: int) -> None:
    with product.devices.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "token"])
        writer.writerows((f"load-{number:06}", secrets.token_urlsafe(12)) for number in range(devices))
    product.command("import", "devices", str(product.devices))
