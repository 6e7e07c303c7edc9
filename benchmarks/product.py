"""The real server as a child process, for benchmarks: started empty, given devices, measured from outside."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from gridwarden.database.embedded import running_url
from tests.integration.running import PROGRAM, environment, figure, write_devices

__all__ = ["Product", "running_product", "token_of"]


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
            return figure(answer.read().decode(), name) or 0.0

    def cpu_s(self) -> float:
        """Processor seconds of the server so far, without its database."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def peak_mb(self) -> float:
        """Memory of the server at its highest so far, without its database."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return float(status.partition("VmHWM:")[2].split()[0]) / 1024

    def url(self) -> str:
        """Of its database."""
        url = asyncio.run(running_url(Path(self.environment["GRIDWARDEN_DATA"])))
        assert url is not None
        return url

    @contextmanager
    def database(self) -> Iterator[psycopg.Connection]:
        """A connection to its database."""
        with psycopg.connect(self.url(), autocommit=True) as connection:
            yield connection

    def command(self, *arguments: str, stdin: str = "") -> str:
        """Run an administrative command beside it."""
        return subprocess.run(
            [*PROGRAM, *arguments], env=self.environment, input=stdin, text=True, check=True, capture_output=True
        ).stdout


def token_of(base: str, name: str, password: str) -> str:
    """That user signs in. base: of the API."""
    asked = urllib.request.Request(
        f"{base}/session", json.dumps({"name": name, "password": password}).encode(),
        {"Content-Type": "application/json"},
    )  # fmt: skip
    with urllib.request.urlopen(asked) as answer:
        return str(json.load(answer)["token"])


@contextmanager
def running_product(devices: int, **settings: str) -> Iterator[Product]:
    """A server with an empty database and so many devices; ended and removed at the end."""
    with tempfile.TemporaryDirectory() as directory:
        home = Path(directory)
        made = environment(home / "data", GRIDWARDEN_DEVICE_RATE="1000000") | settings
        with (home / "log").open("wb") as log:
            process = subprocess.Popen([*PROGRAM, "serve"], env=made, stdout=subprocess.PIPE, stderr=log)
        try:
            assert process.stdout is not None
            product = Product(json.loads(process.stdout.readline()), made, process, home / "devices.csv")
            write_devices(product.devices, (f"load-{number:06}" for number in range(devices)))
            product.command("import", "devices", str(product.devices))
            yield product
        finally:
            process.terminate()
            process.communicate(timeout=60)
