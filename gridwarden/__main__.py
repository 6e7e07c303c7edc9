"""The command line. This module alone reads the environment; every command is a module of gridwarden/commands."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from gridwarden.commands import add_commands
from gridwarden.settings import BadSettings, Settings

__all__ = ["main", "run"]


def main() -> None:
    """Entry point of the `gridwarden` program."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")  # readings of words: most of pypinyin's time, and never asked
    sys.exit(run(sys.argv[1:], os.environ))


def run(argv: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run one command; the exit status: 0 done, 1 it failed, 2 it was not understood."""
    with _staying():
        parser = _parser(argv[0] if argv else None)
    arguments = parser.parse_args(argv)
    try:
        settings = Settings.from_environment(environment)
    except BadSettings as error:
        for fault in error.faults:
            print(f"gridwarden: {fault}", file=sys.stderr)
        return 2
    status: int = arguments.run(arguments, settings)
    return status


@contextmanager
def _staying() -> Iterator[None]:
    """Modules that are loaded stay: looking for garbage among them is a fifth of the start, and for nothing later."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _parser(asked: str | None) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="gridwarden", description="Real-time GPS tracking and dispatch for cities run by grid management."
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    add_commands(commands, asked)
    return parser


if __name__ == "__main__":
    main()
