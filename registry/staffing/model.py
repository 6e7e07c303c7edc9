"""Who is wanted where, against who is there: sums by post, and the organisations that are short. Pure.

A surplus in one grid fills no post of another, so a sum's shortfall is that of its organisations, added up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from registry.organisations.model import Level

__all__ = ["Filled", "Line", "Short", "Staffing", "shortest", "sums_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """One post (a code) of one organisation, or of several. present: members who hold it; on_duty: of these, now."""

    post: str
    name_en: str
    name_zh: str
    wanted: int
    present: int
    on_duty: int
    shortfall: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Short:
    """An organisation (id) with less than its preset (a code) wants. shortfall: posts to fill; posts: only those."""

    organisation: str
    name: str
    level: Level
    preset: str
    shortfall: int
    posts: list[Filled]


@dataclass(frozen=True, slots=True, kw_only=True)
class Staffing:
    """Of an organisation and all below it.

    chosen: codes of the presets chosen at it. preset: that it is staffed by itself, None where none is for its level.
    short: the shortest first, as many as fit; short_total: how many there are.
    """

    organisation: str
    level: Level
    chosen: list[str]
    preset: str | None
    posts: list[Filled]
    short: list[Short]
    short_total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One post of one organisation as stored. place: of the post in the table; preset: None where none wants it."""

    organisation: str
    name: str
    level: Level
    preset: str | None
    place: int
    filled: Filled


def sums_of(lines: Iterable[Line]) -> list[Filled]:
    """One a post, in the order of the table of posts."""
    ordered = sorted(lines, key=lambda line: line.place)
    return [_added([line.filled for line in same]) for _, same in groupby(ordered, key=lambda line: line.place)]


def shortest(lines: Iterable[Line]) -> list[Short]:
    """The organisations that miss somebody, the shortest first; then by id."""
    missing = sorted(
        (line for line in lines if line.filled.shortfall), key=lambda line: (line.organisation, line.place)
    )
    short = [_short(list(same)) for _, same in groupby(missing, key=lambda line: line.organisation)]
    return sorted(short, key=lambda one: (-one.shortfall, one.organisation))


def _short(lines: Sequence[Line]) -> Short:
    first, posts = lines[0], [line.filled for line in lines]
    assert first.preset is not None, "only a preset wants anybody"
    return Short(
        organisation=first.organisation, name=first.name, level=first.level, preset=first.preset,
        shortfall=sum(post.shortfall for post in posts), posts=posts,
    )  # fmt: skip


def _added(posts: Sequence[Filled]) -> Filled:
    first = posts[0]
    return Filled(
        post=first.post, name_en=first.name_en, name_zh=first.name_zh, wanted=sum(post.wanted for post in posts),
        present=sum(post.present for post in posts), on_duty=sum(post.on_duty for post in posts),
        shortfall=sum(post.shortfall for post in posts),
    )  # fmt: skip
