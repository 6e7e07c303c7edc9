"""The commands; COMMANDS is the table the command line is made from: a module of this package, and what it adds.

Only the module of the command that was asked for is loaded, so that a server does not wait for what others need.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from importlib import import_module

__all__ = ["COMMANDS", "add_commands"]

COMMANDS: Mapping[str, tuple[str, ...]] = {
    "demo": ("demo",),
    "serve": ("serve",),
    "simulate": ("simulate",),
    "replay": ("replay",),
    "admin": ("user", "device", "import", "appraisal"),
    "export": ("export",),
    "backup": ("backup", "restore"),
    "check": ("check",),
    "statistics": ("statistics",),
}


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser], asked: str | None) -> None:
    """Add the command that is asked for; where there is none of that name, all, for the help and the refusal."""
    found = [module for module, names in COMMANDS.items() if asked in names]
    for module in found or COMMANDS:
        import_module(f"{__name__}.{module}").add_parser(commands)
