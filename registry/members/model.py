"""Members: the people who walk the grids and are dispatched; a vehicle is a member with that post."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Member", "MemberDraft"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberDraft:
    """What people say of a member. organisation: id. on_duty: False while off shift."""

    id: str
    name: str
    organisation: str
    post: str | None = None
    phone: str | None = None
    on_duty: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Member(MemberDraft):
    """A member, stored. devices: ids of what the member carries, in the order of their keys."""

    key: int
    devices: list[str]
