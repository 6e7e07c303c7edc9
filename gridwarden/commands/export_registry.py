"""The registry's kinds, and the catalogue, for `gridwarden export`."""

from __future__ import annotations

import argparse
import os
import sys

from psycopg_pool import AsyncConnectionPool

from gridwarden.compose.privacy import open_vault
from gridwarden.compose.registering import FILE_KINDS, import_kinds
from registry.imports.exports import export_csv

__all__ = ["KINDS", "run"]

KINDS = FILE_KINDS


async def run(arguments: argparse.Namespace, pool: AsyncConnectionPool) -> int:
    """Write the kind as CSV on stdout; a reader who has seen enough (`| head`) ends it quietly."""
    try:
        kinds = import_kinds(open_vault(arguments.settings, pool))
        async for chunk in export_csv(pool, kinds[arguments.kind]):
            sys.stdout.write(chunk)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else the interpreter complains at its end
    return 0
