"""`gridwarden device add|adopt|token|retire|list`."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

from psycopg_pool import AsyncConnectionPool

from gridwarden.commands.refusals import refuse
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
    token = actions.add_parser("token", help="give a device another token, told only now; the old one is refused")
    token.add_argument("device")
    token.add_argument("--token", help="8 to 128 characters; one is made when left out")
    retire = actions.add_parser("retire", help="take nothing from a device any more; its history stays")
    retire.add_argument("device")
    listing = actions.add_parser("list", help="one JSON object a line")
    listing.add_argument("--unknown", action="store_true", help="devices that knocked and are not registered")
    return parser


async def run(arguments: argparse.Namespace, pool: AsyncConnectionPool) -> int:
    """Do it; the exit status. Refusals are sentences on stderr."""
    service = DeviceService(pool)
    try:
        if arguments.action == "list":
            await _list(service, unknown=arguments.unknown)
        elif arguments.action == "retire":
            _say(asdict(await service.change(arguments.device, {"retired": True})))
        else:
            _say({"device": arguments.device, "token": await _token(service, arguments)})
    except Problem as problem:
        return refuse(problem)
    return 0


async def _token(service: DeviceService, arguments: argparse.Namespace) -> str:
    """The token of a device that is added, adopted or given another."""
    if arguments.action == "token":
        return await service.rotate_token(arguments.device, arguments.token)
    new = NewDevice(
        device=arguments.device, member=arguments.member, organisation=arguments.organisation, token=arguments.token,
        require_token=arguments.require_token, dialect=arguments.dialect,
    )  # fmt: skip
    return await service.add(new, knocked=arguments.action == "adopt")


async def _list(service: DeviceService, *, unknown: bool) -> None:
    for row in await service.unknown() if unknown else await service.devices():
        _say(asdict(row))


def _say(row: dict[str, object]) -> None:
    print(json.dumps(row, default=str, ensure_ascii=False))
