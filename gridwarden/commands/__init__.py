"""The commands, one module each; COMMANDS is the table the command line is made from."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from gridwarden.commands import (
    admin,
    backup,
    check,
    demo,
    export,
    replay,
    serve,
    simulate,
    statistics,
)

__all__ = ["COMMANDS"]

COMMANDS: tuple[Callable[[argparse._SubParsersAction[argparse.ArgumentParser]], None], ...] = (
    demo.add_parser,
    serve.add_parser,
    simulate.add_parser,
    replay.add_parser,
    admin.add_parsers,
    export.add_parser,
    backup.add_parsers,
    check.add_parser,
    statistics.add_parser,
)
