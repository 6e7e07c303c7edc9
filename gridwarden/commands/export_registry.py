"""The registry's kinds for `gridwarden export`."""

from __future__ import annotations

import argparse
import sys

from psycopg_pool import AsyncConnectionPool

from registry.imports.kinds import KINDS as _KINDS
from registry.imports.service import export_csv

__all__ = ["KINDS", "run"]

KINDS = tuple(_KINDS)


async def run(arguments: argparse.Namespace, pool: AsyncConnectionPool) -> int:
    """Write the kind as CSV on stdout."""
    async for chunk in export_csv(pool, arguments.kind):
        sys.stdout.write(chunk)
    return 0
