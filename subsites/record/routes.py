"""Rows of the routes table that every desk has alike."""

from __future__ import annotations

from collections.abc import Callable

from pydantic import BaseModel

from dispatch.incidents.api import DISPATCHERS
from registry.api.route import Handler, Role, Route

__all__ = ["CLERKS", "READERS", "commands"]

CLERKS = DISPATCHERS | {Role.OFFICER}
"""Who works at a service desk."""
READERS = CLERKS | {Role.SUPERVISOR}
"""Who sees what is done there."""


def commands(base: str, answer: type[BaseModel], *, roles: frozenset[Role] = CLERKS) -> Callable[..., Route]:
    """Makes the routes of what is done to one thing of a list: POST /base/{id}/name."""

    def command(name: str, handler: Handler, summary: str, body: type[BaseModel], *, idempotent: bool = False) -> Route:
        return Route(
            method="POST", path=f"/{base}/{{id}}/{name}", handler=handler, tag=base, summary=summary, body=body,
            answer=answer, roles=roles, problems=(404, 409), idempotent=idempotent,
        )  # fmt: skip

    return command
