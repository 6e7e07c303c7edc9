"""Posts that members hold, and staffing presets: how many of each post an organisation of a level needs. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from registry.organisations.model import Level

__all__ = ["CODE", "MOST_WANTED", "Post", "Preset", "Wanted"]

CODE = "^[a-z0-9][a-z0-9-]{0,31}$"
"""What a code looks like."""
MOST_WANTED = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post. A member holds it whose post is its code or one of its names, in any case.

    level: of the organisations that it stands in, None any. skills: what whoever holds it can do. retired: out of use.
    """

    code: str
    name_en: str
    name_zh: str
    level: Level | None
    skills: list[str]
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """How many of a post (a code); 0: they count and none must be."""

    post: str
    wanted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """What each organisation of the level needs. retired: cannot be chosen any more; where it was, it stays."""

    code: str
    name_en: str
    name_zh: str
    level: Level
    posts: list[Wanted]
    retired: bool = False
