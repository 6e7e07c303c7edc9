from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from benchmarks.load import main
from simulators.city.seed import write_import_files
from tests.simulators.servers import serving


@pytest.mark.parametrize("kind", ["nmea", "json", "osmand"])
async def test_a_run_prints_one_line_of_figures(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    devices = str(write_import_files(tmp_path, members=4)["devices"])
    async with serving() as server:
        at = ["--http", str(server.at.http), "--nmea", str(server.at.nmea), "--osmand", str(server.at.osmand)]
        pace = ["--connections", "4", "--rate", "400", "--seconds", "0.3", "--batch", "10"]
        assert await asyncio.to_thread(main, [kind, "--devices", devices, *pace, *at]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["sent"] > 0
    assert figures["errors"] == 0
    assert (figures["p99_ms"] is None) == (kind == "nmea")


def test_too_few_devices_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    devices = str(write_import_files(tmp_path, members=1)["devices"])
    assert main(["nmea", "--devices", devices, "--connections", "2"]) == 2
    assert "1 devices for 2" in capsys.readouterr().err
