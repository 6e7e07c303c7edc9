"""The table of commands: a server loads what it needs to start, and nothing that only others need."""

from __future__ import annotations

import subprocess
import sys

import pytest

from gridwarden.__main__ import run
from gridwarden.commands import COMMANDS

LATER = ("openpyxl", "pypinyin", "redis", "reportlab", "scipy", "simulators")
"""Libraries that together take as long as all the rest."""
LOADED = f"""
import argparse, sys
from gridwarden.commands import add_commands
add_commands(argparse.ArgumentParser().add_subparsers(), "serve")
print(*sorted(set({LATER!r}) & sys.modules.keys()))
"""


def test_a_server_starts_without_what_only_some_answers_need() -> None:
    loaded = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, check=True, text=True, timeout=60)
    assert loaded.stdout.split() == []


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run(["--help"], {})
    said = capsys.readouterr().out
    assert {name for names in COMMANDS.values() for name in names} <= set(said.split())


@pytest.mark.parametrize("name", [name for names in COMMANDS.values() for name in names])
def test_every_command_is_found_by_its_name(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run([name, "--help"], {})
    assert ended.value.code == 0
    assert f"gridwarden {name}" in capsys.readouterr().out


def test_a_command_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(["sevre"], {})
    assert ended.value.code == 2
    assert "serve" in capsys.readouterr().err
