"""Who acts on an incident: a signed-in user, a member by the handheld, a citizen, or a worker of ours. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from registry.api.route import Caller, Role

__all__ = ["WORKER", "Actor", "actor_of", "handheld"]

_ON_BEHALF = frozenset({Role.ADMINISTRATOR, Role.COMMANDER, Role.DISPATCHER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """organisation: key of the subtree it may touch; None: all (workers). member: whose handheld it is, if one's."""

    name: str
    organisation: int | None = None
    role: Role | None = None
    user: int | None = None
    member: int | None = None

    @property
    def only_own(self) -> bool:
        """Whether it may touch only what it reported or is assigned to."""
        return self.role is Role.MEMBER

    @property
    def speaks_for_others(self) -> bool:
        """Whether it may act for those who tell by radio or telephone what they do."""
        return self.role in _ON_BEHALF


WORKER = Actor(name="gridwarden")


def actor_of(caller: Caller) -> Actor:
    """The user of a request."""
    return Actor(
        name=caller.name, organisation=caller.organisation, role=caller.role, user=caller.user, member=caller.member
    )


def handheld(member: int, name: str) -> Actor:
    """A member who acts by a handheld signed in as a device."""
    return Actor(name=name, role=Role.MEMBER, member=member)
