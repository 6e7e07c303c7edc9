"""Members: the people who walk the grids and are dispatched; a vehicle is a member with that post."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["MOST_GRIDS", "MOST_POSTS", "MOST_SKILLS", "Member", "MemberDraft"]

MOST_POSTS = 20
MOST_GRIDS = 200
MOST_SKILLS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberDraft:
    """What people say of a member. on_duty: False while off shift.

    organisation: id; it decides who sees the member. posts: the main one first. grids: ids of those that the member
    works in beside the organisation. skills: what kinds of incidents may ask for.
    """

    id: str
    name: str
    organisation: str
    posts: list[str] = field(default_factory=list)
    grids: list[str] = field(default_factory=list)
    skills: list[str] = field(default_factory=list)
    phone: str | None = None
    on_duty: bool = True

    @property
    def post(self) -> str | None:
        """The main one."""
        return self.posts[0] if self.posts else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Member(MemberDraft):
    """A member, stored. devices: ids of what the member carries, in the order of their keys."""

    key: int
    devices: list[str]
