"""`gridwarden simulate`: a fleet against a running server. The fleet itself is simulators.simulate."""

from __future__ import annotations

import argparse

from gridwarden.settings import Settings
from simulators import simulate

__all__ = ["add_parser"]


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `simulate`."""
    simulate.add_parser(commands).set_defaults(run=_run)


def _run(arguments: argparse.Namespace, _: Settings) -> int:
    return simulate.run(arguments)
