"""`gridwarden replay`: a recorded log against a running server. The player itself is simulators.replay."""

from __future__ import annotations

import argparse

from gridwarden.settings import Settings
from simulators import replay

__all__ = ["add_parser"]


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `replay`."""
    replay.add_parser(commands).set_defaults(run=_run)


def _run(arguments: argparse.Namespace, _: Settings) -> int:
    return replay.run(arguments)
