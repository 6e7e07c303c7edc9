"""A dispatcher of the world that the figures are tested in."""

from __future__ import annotations

from registry.api.route import Caller, Role
from tests.dispatch.world import World

__all__ = ["caller_of"]


def caller_of(world: World, name: str = "dora") -> Caller:
    """That user of the world, as a dispatcher."""
    actor = world[name]
    assert actor.user is not None
    assert actor.organisation is not None
    return Caller(user=actor.user, name=name, role=Role.DISPATCHER, organisation=actor.organisation, organisation_id="")
