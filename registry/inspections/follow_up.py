"""An incident out of what an inspection found: once, whoever asks and however often."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from registry.api.problems import Conflict
from registry.api.route import Caller, Role
from registry.inspections.model import Inspection, Result
from registry.inspections.service import InspectionService

__all__ = ["Report", "follow_up"]

Report = Callable[[Caller, Mapping[str, Any], str], Awaitable[str]]
"""Reports an incident for the caller by an idempotency key; its id."""


async def follow_up(
    service: InspectionService, report: Report, inspection: str, kind: str, description: str | None, caller: Caller
) -> Inspection:
    """The inspection with the incident made out of it, at its place. Raises Conflict (no faults), NotFound."""
    async with service.held(inspection, caller) as (found, link):
        if found.result is not Result.FAULTS:
            raise Conflict(f"{inspection} found no faults: report the incident by itself")
        if found.incident is None:
            await link(await report(caller, _reported(found, kind, description, caller), f"inspection {found.id}"))
    return await service.find(inspection, caller)


def _reported(found: Inspection, kind: str, description: str | None, caller: Caller) -> dict[str, Any]:
    return {
        "kind": kind, "latitude": found.latitude, "longitude": found.longitude, "address": found.address or None,
        "description": description or f"{found.place_name}: {found.plan_name} ({found.id})",
        "source": "member" if caller.role is Role.MEMBER else "dispatcher",
    }  # fmt: skip
