"""How other rooms make an incident out of what they have: a visit, an inspection."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from dispatch.incidents.actor import actor_of
from dispatch.incidents.service import IncidentService
from registry.api.route import Caller

__all__ = ["reporting"]


def reporting(incidents: IncidentService) -> Callable[[Caller, Mapping[str, Any], str], Awaitable[str]]:
    """Reports an incident for the caller by an idempotency key; its id."""

    async def report(caller: Caller, fields: Mapping[str, Any], key: str) -> str:
        return str((await incidents.report(fields, actor_of(caller), idempotency_key=key))["id"])

    return report
