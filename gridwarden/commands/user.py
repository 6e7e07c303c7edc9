"""`gridwarden user add|passwd|list`."""

from __future__ import annotations

import argparse
import json
import sys
import time

from psycopg_pool import AsyncConnectionPool

from gridwarden.commands.refusals import refuse
from registry.api.problems import Problem
from registry.api.route import Role
from registry.organisations.model import ROOT
from registry.users.service import UserService

__all__ = ["add_parser", "run"]


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """Add `user`."""
    parser = commands.add_parser("user", help="who may sign in")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    add = actions.add_parser("add", help="add a user")
    add.add_argument("name")
    add.add_argument("--role", required=True, choices=tuple(Role))
    add.add_argument("--organisation", default=ROOT, help=f"id; sees it and all below it (default: {ROOT})")
    passwd = actions.add_parser("passwd", help="change a password; the user's sessions end")
    passwd.add_argument("name")
    for action in (add, passwd):
        action.add_argument("--password-stdin", action="store_true", required=True, help="read it from stdin")
    actions.add_parser("list", help="one JSON object a line")
    return parser


async def run(arguments: argparse.Namespace, pool: AsyncConnectionPool) -> int:
    """Do it; the exit status. Refusals are sentences on stderr."""
    service = UserService(pool, time.time)
    try:
        if arguments.action == "list":
            for name, role, organisation, disabled in await service.everybody():
                user = {"user": name, "role": role, "organisation": organisation, "disabled": disabled}
                print(json.dumps(user, ensure_ascii=False))
            return 0
        password = sys.stdin.readline().rstrip("\r\n")
        if arguments.action == "add":
            await service.add(arguments.name, password, Role(arguments.role), arguments.organisation)
        else:
            await service.set_password(arguments.name, password)
    except Problem as problem:
        return refuse(problem)
    return 0
