"""Who may see and judge what: organisations of the caller's subtree; a member nobody beside himself."""

from __future__ import annotations

from registry.api.route import Caller, Role
from registry.scope.queries import BELOW_SCOPE

__all__ = ["JUDGES", "SEEN", "own_member"]

JUDGES = frozenset({Role.ADMINISTRATOR, Role.COMMANDER, Role.SUPERVISOR})
"""Who decides objections, judges falsifications and rates diaries."""

SEEN = f"IN {BELOW_SCOPE}"
"""Behind the key of an organisation."""


def own_member(caller: Caller) -> int | None:
    """The key of the only member that a caller of the role member sees; None of others, who see their subtree."""
    return (caller.member or 0) if caller.role is Role.MEMBER else None
