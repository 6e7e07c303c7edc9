"""`gridwarden serve`: the server, in all roles or in some."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from collections.abc import Mapping

import orjson

from gridwarden.compose.loop import run_async
from gridwarden.compose.roles import ALL_ROLES, BadRoles, ServerRole, roles_of
from gridwarden.compose.server import CannotStart, serve
from gridwarden.logs import set_up_logs
from gridwarden.settings import Settings

__all__ = ["add_parser", "print_ready", "serve_until_signalled"]


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `serve`."""
    parser = commands.add_parser("serve", help="the server", description="Run the server until SIGTERM or SIGINT.")
    parser.add_argument(
        "--roles", default=",".join(ALL_ROLES), help="comma-separated of ingest, push, api, workers (default: all)"
    )
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    set_up_logs(settings.log)
    try:
        roles = roles_of(arguments.roles)
        return run_async(serve_until_signalled(settings, roles))
    except (BadRoles, CannotStart) as error:
        print(f"gridwarden: {error}", file=sys.stderr)
        return 2 if isinstance(error, BadRoles) else 1


async def serve_until_signalled(settings: Settings, roles: frozenset[ServerRole]) -> int:
    """Serve; SIGTERM and SIGINT drain and stop."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await serve(settings, roles, ready=print_ready, stop=stop)
    return 0


def print_ready(addresses: Mapping[str, str | None]) -> None:
    """The one line on stdout that says where everything listens."""
    line = orjson.dumps({"event": "ready", **{name: at for name, at in addresses.items() if at is not None}})
    print(line.decode(), flush=True)
