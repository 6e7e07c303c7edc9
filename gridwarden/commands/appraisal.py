"""`gridwarden appraisal verify`."""

from __future__ import annotations

import argparse
import json

from psycopg_pool import AsyncConnectionPool

from gridwarden.compose.clock import utc_now
from insight.appraisal.service import AppraisalService

__all__ = ["add_parser", "run"]


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """Add `appraisal`."""
    parser = commands.add_parser("appraisal", help="scores of periods that are over")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser(
        "verify", help="recompute every frozen period and compare; exit status 1 where one does not hold"
    )
    return parser


async def run(_: argparse.Namespace, pool: AsyncConnectionPool) -> int:
    """Verify; one JSON object a period, the oldest first. The exit status."""
    verdicts = await AppraisalService(pool, utc_now).verify()
    for verdict in verdicts:
        print(json.dumps(verdict, ensure_ascii=False))
    return 0 if all(verdict["holds"] for verdict in verdicts) else 1
