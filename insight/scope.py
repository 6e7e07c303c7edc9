"""What the appraisal and the diary share: who may see and judge what, and how long a text may be."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from registry.api.route import Caller, Role
from registry.scope.queries import BELOW_SCOPE

__all__ = ["JUDGES", "SEEN", "Words", "own_member"]

JUDGES = frozenset({Role.ADMINISTRATOR, Role.COMMANDER, Role.SUPERVISOR})
"""Who decides objections, judges falsifications and rates diaries."""

Words = Annotated[str, Field(min_length=1, max_length=4_000)]
"""What a person writes."""

SEEN = f"IN {BELOW_SCOPE}"
"""Behind the key of an organisation."""


def own_member(caller: Caller) -> int | None:
    """The key of the only member that a caller of the role member sees; None of others, who see their subtree."""
    return (caller.member or 0) if caller.role is Role.MEMBER else None
