"""`gridwarden device add|adopt|list`."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict

from psycopg_pool import AsyncConnectionPool

from registry.api.problems import Problem
from registry.devices.service import DIALECTS, DeviceService, NewDevice

__all__ = ["add_parser", "run"]


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """Add `device`."""
    parser = commands.add_parser("device", help="which devices may send")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, text in (("add", "add a device"), ("adopt", "add a device that knocked")):
        action = actions.add_parser(name, help=f"{text}; prints its token, told only now")
        action.add_argument("device")
        action.add_argument("--member", help="id of the member who carries it")
        action.add_argument("--organisation", help="id, for a device that nobody carries")
        action.add_argument("--token", help="8 to 128 characters; one is made when left out")
        action.add_argument("--require-token", action="store_true", help="refuse it without its token everywhere")
        action.add_argument("--dialect", default="", choices=DIALECTS, help="osmand: the OsmAnd app's own units")
    listing = actions.add_parser("list", help="one JSON object a line")
    listing.add_argument("--unknown", action="store_true", help="devices that knocked and are not registered")
    return parser


async def run(arguments: argparse.Namespace, pool: AsyncConnectionPool) -> int:
    """Do it; problems are sentences on stderr."""
    service = DeviceService(pool)
    if arguments.action == "list":
        rows = await service.unknown() if arguments.unknown else await service.devices()
        for row in rows:
            print(json.dumps(asdict(row), default=str, ensure_ascii=False))
        return 0
    try:
        token = await service.add(_new(arguments))
    except Problem as problem:
        print(f"gridwarden: {problem.detail}", file=sys.stderr)
        return 1
    print(json.dumps({"device": arguments.device, "token": token}, ensure_ascii=False))
    return 0


def _new(arguments: argparse.Namespace) -> NewDevice:
    return NewDevice(
        device=arguments.device,
        member=arguments.member,
        organisation=arguments.organisation,
        token=arguments.token,
        require_token=arguments.require_token,
        dialect=arguments.dialect,
    )
