"""The three servers that tests run against; each runs while its context is entered, in the background."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gridwarden.database.cluster import Cluster, free_port
from gridwarden.database.embedded import EmbeddedPostgres
from tests.databases.debian_timescale import bin_directory
from tests.databases.errors import NotHere
from tests.databases.fresh import CopiedDatabases, Databases, OneDatabase, background_loop
from tests.databases.pglite_timescale import node
from tests.databases.places import DEBIAN, PGLITE

__all__ = ["NAMES", "databases_of"]

_TIMESCALE_SETTINGS = {
    "shared_preload_libraries": "timescaledb",
    "timescaledb.telemetry_level": "off",
    "timescaledb.max_background_workers": "0",  # a worker on the template would keep it from being copied
}


@contextmanager
def _embedded(directory: Path) -> Iterator[Databases]:
    with _cluster(Cluster(directory / "postgres", durable=False)) as databases:
        yield databases


@contextmanager
def _debian_timescale(directory: Path) -> Iterator[Databases]:
    if not (DEBIAN / "ready").exists():
        raise NotHere("Debian's TimescaleDB is not unpacked: python -m tests.databases install")
    binaries = bin_directory(DEBIAN)
    with _cluster(Cluster(directory / "debian", False, _TIMESCALE_SETTINGS, binaries)) as databases:
        yield databases


@contextmanager
def _pglite_timescale(directory: Path) -> Iterator[Databases]:
    if not (PGLITE / "ready").exists():
        raise NotHere("PGlite is not fetched: python -m tests.databases install")
    port = free_port()
    server = subprocess.Popen(
        node(PGLITE), stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=directory,
        env=os.environ | {"PGLITE_PORT": str(port)},
    )  # fmt: skip
    assert server.stdin is not None
    assert server.stdout is not None
    try:
        if server.stdout.readline() != b"ready\n":
            raise NotHere("PGlite does not start")
        with background_loop() as run:
            yield OneDatabase(f"postgresql://postgres@127.0.0.1:{port}/postgres", run)
    finally:
        server.kill()
        server.wait()
        server.stdin.close()
        server.stdout.close()


@contextmanager
def _cluster(cluster: Cluster) -> Iterator[Databases]:
    with background_loop() as run:
        server = EmbeddedPostgres(cluster.home.parent, cluster=cluster)
        run(server.__aenter__())
        try:
            yield CopiedDatabases(server.url, run)
        finally:
            run(server.__aexit__(None, None, None))


_SERVERS = {"embedded": _embedded, "debian-timescale": _debian_timescale, "pglite-timescale": _pglite_timescale}

NAMES: tuple[str, ...] = tuple(_SERVERS)
"""What `databases_of` knows."""


@contextmanager
def databases_of(name: str, directory: Path) -> Iterator[Databases]:
    """The databases of one server, which runs until the end. Raises NotHere."""
    with _SERVERS[name](directory) as databases:
        yield databases
