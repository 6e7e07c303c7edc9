"""Builders for the tests of the appraisal: its services over a world, who calls, and what went wrong in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from insight.appraisal.counting import Counting
from insight.appraisal.facts import Subject
from insight.appraisal.falsifications.service import FalsificationService
from insight.appraisal.objections.service import ObjectionService
from insight.appraisal.rulebook.service import RulebookService
from insight.appraisal.service import AppraisalService
from registry.api.route import Caller, Role
from tests.dispatch.world import World

__all__ = ["ANNA", "Office", "caller", "late", "office_of", "root"]

ANNA = Subject("member", "anna")


@dataclass(frozen=True, slots=True)
class Office:
    """Everything that appraises."""

    counting: Counting
    scores: AppraisalService
    rules: RulebookService
    objections: ObjectionService
    falsifications: FalsificationService


def office_of(world: World) -> Office:
    """By the world's clock."""
    kinds = (Counting, AppraisalService, RulebookService, ObjectionService, FalsificationService)
    return Office(*(kind(world.pool, lambda: world.now) for kind in kinds))  # type: ignore[arg-type]


def caller(world: World, name: str, **also: Any) -> Caller:
    """A user of the world."""
    actor = world[name]
    assert actor.user is not None
    assert actor.role is not None
    assert actor.organisation is not None
    fields: dict[str, Any] = {
        "user": actor.user, "name": name, "role": actor.role, "organisation": actor.organisation,
        "organisation_id": "", "member": actor.member,
    }  # fmt: skip
    return Caller(**(fields | also))


def root(world: World) -> Caller:
    """The city's administrator."""
    return Caller(
        user=world["dora"].user or 0, name="root", role=Role.ADMINISTRATOR, organisation=1, organisation_id="city"
    )


async def late(world: World) -> str:
    """An incident of anna's whose limit runs out."""
    told = await world.handling("anna")
    world.later(minutes=30)
    return str(told["id"])
