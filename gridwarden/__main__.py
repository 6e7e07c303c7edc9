"""The command line. This module alone reads the environment; every command is a module of gridwarden/commands."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence

from gridwarden.commands import COMMANDS
from gridwarden.settings import BadSettings, Settings

__all__ = ["main", "run"]


def main() -> None:
    """Entry point of the `gridwarden` program."""
    sys.exit(run(sys.argv[1:], os.environ))


def run(argv: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run one command; the exit status: 0 done, 1 it failed, 2 it was not understood."""
    arguments = _parser().parse_args(argv)
    try:
        settings = Settings.from_environment(environment)
    except BadSettings as error:
        for fault in error.faults:
            print(f"gridwarden: {fault}", file=sys.stderr)
        return 2
    status: int = arguments.run(arguments, settings)
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="gridwarden", description="Real-time GPS tracking and dispatch for cities run by grid management."
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for add_parser in COMMANDS:
        add_parser(commands)
    return parser


if __name__ == "__main__":
    main()
