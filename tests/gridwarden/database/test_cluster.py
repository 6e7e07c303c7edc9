from __future__ import annotations

import socket
import stat
from pathlib import Path

from gridwarden.database.cluster import Cluster, free_port


def test_a_free_port_lies_below_the_ephemeral_range_and_can_be_bound() -> None:
    for _ in range(20):
        port = free_port()
        assert 1024 < port < 32_768
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", port))


def test_an_interrupted_initdb_is_begun_again(tmp_path: Path) -> None:
    made = Cluster(tmp_path / "postgres", durable=False)
    made.data.mkdir(parents=True)
    (made.data / "half").touch()
    assert not made.exists()
    made.create("secret")
    assert made.exists()
    assert not (made.data / "half").exists()
    assert not (made.home / "initdb-password").exists()
    assert stat.S_IMODE(made.home.stat().st_mode) == 0o700
