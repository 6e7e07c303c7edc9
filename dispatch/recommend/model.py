"""Who is best sent, and why: facts of a member near an incident, what rules him out, what he costs, in words. Pure.

Every weight is in seconds of travel, so that a dispatcher can argue with it:

    position stale        half its age, ten minutes at most: he may have gone on
    member of another grid   one minute: the own grid knows the place
    each assignment today    twenty seconds: the load is shared
    a skill that is asked for and missing    fifteen minutes

Policies: `travel_time` is all of this; `nearest` is metres of straight line; `own_grid` is `nearest` among the members
of the grid that holds the place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from tracker.model.presence import Presence

__all__ = [
    "Candidate",
    "Facts",
    "PassedOver",
    "Policy",
    "Reason",
    "Travel",
    "candidate_of",
    "cost_of",
    "least_costs",
    "ruled_out",
    "travel_left",
]

Doubles = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

_STALE_SHARE, _STALE_MOST_S = 0.5, 600.0
_OTHER_GRID_S = 60.0
_LOAD_S = 20.0
_SKILL_S = 900.0


class Policy(StrEnum):
    """How candidates are ordered."""

    OWN_GRID = "own_grid"
    NEAREST = "nearest"
    TRAVEL_TIME = "travel_time"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A member as he is now. metres: straight line. age_s: of the position. busy_with: an incident's id.

    tried: he declined this incident or did not answer. load: assignments since midnight of the server's day.
    posts: the main one first. own_grid: id of his organisation or of one of his grids, whichever holds the place.
    shift_ends_at: None where there is no roster.
    """

    key: int
    member: str
    name: str
    posts: tuple[str, ...]
    organisation: str
    skills: frozenset[str]
    metres: float
    latitude: float
    longitude: float
    age_s: float
    presence: Presence
    on_duty: bool
    busy_with: str | None
    tried: bool
    load: int
    own_grid: str | None
    shift_ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Travel:
    """seconds: how long the way takes.

    basis: streets, line (no street known there), beyond (longer than looked), or the routing engine that said so.
    """

    seconds: float
    basis: str


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for or against, for programs (code, value) and for people."""

    code: str
    value: float | str | None
    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who can be sent. cost: seconds, or metres under the policies of straight lines."""

    facts: Facts
    travel: Travel
    cost: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class PassedOver:
    """Somebody near who is not proposed."""

    facts: Facts
    reason: Reason


def ruled_out(facts: Facts, policy: Policy) -> Reason | None:
    """Why he cannot be sent; None when he can."""
    if not facts.on_duty:
        return Reason("off_duty", None, "off duty", "不在班")
    if facts.presence is Presence.SILENT:
        minutes = round(facts.age_s / 60)
        return Reason("silent", facts.age_s, f"not heard of for {minutes} min", f"{minutes} 分钟无信号")
    if facts.tried:
        return Reason("tried", None, "declined it or did not answer", "已拒绝或未应答")
    if facts.busy_with is not None:
        return Reason("busy", facts.busy_with, f"on {facts.busy_with}", f"正在处理 {facts.busy_with}")
    if policy is Policy.OWN_GRID and facts.own_grid is None:
        return Reason("other_grid", facts.organisation, "belongs to another grid", "不属于本网格")
    return None


def cost_of(facts: Facts, travel: Travel, skills: Iterable[str], policy: Policy) -> float:
    """What sending him costs; less is better. Never less than the travel time (or metres)."""
    if policy is not Policy.TRAVEL_TIME:
        return facts.metres
    cost = travel.seconds + _LOAD_S * facts.load
    if facts.presence is Presence.STALE:
        cost += min(_STALE_SHARE * facts.age_s, _STALE_MOST_S)
    if facts.own_grid is None:
        cost += _OTHER_GRID_S
    if not frozenset(skills) <= facts.skills:
        cost += _SKILL_S
    return cost


def least_costs(travel_s: Doubles, metres: Doubles, of_grid: Flags, policy: Policy) -> Doubles:
    """What sending each costs at least, known before he is. of_grid: may be of the grid that holds the place."""
    return travel_s + np.where(of_grid, 0.0, _OTHER_GRID_S) if policy is Policy.TRAVEL_TIME else metres


def travel_left(cost: float, *, of_grid: bool) -> float:
    """The longest way, in seconds, of whom sending costs no more than that."""
    return cost if of_grid else cost - _OTHER_GRID_S


def candidate_of(facts: Facts, travel: Travel, skills: Sequence[str], policy: Policy) -> Candidate:
    """Him, with what speaks for and against."""
    return Candidate(facts, travel, cost_of(facts, travel, skills, policy), tuple(_reasons(facts, travel, skills)))


def _reasons(facts: Facts, travel: Travel, skills: Sequence[str]) -> Iterable[Reason]:
    metres, minutes = round(facts.metres), max(1, round(travel.seconds / 60))
    yield Reason("distance", facts.metres, f"{metres} m away", f"相距 {metres} 米")
    yield _way(travel, minutes)
    if facts.presence is Presence.STALE:
        age = round(facts.age_s)
        yield Reason("stale", facts.age_s, f"position {age} s old", f"位置已过 {age} 秒")
    if facts.own_grid is not None:
        yield Reason("own_grid", facts.own_grid, "of this grid", "本网格队员")
    if skills:
        missing = sorted(frozenset(skills) - facts.skills)
        words = ", ".join(missing or skills)
        if missing:
            yield Reason("lacks_skill", words, f"lacks: {words}", f"缺少技能：{words}")
        else:
            yield Reason("has_skill", words, f"can: {words}", f"具备技能：{words}")
    if facts.load:
        yield Reason("load", facts.load, f"{facts.load} assignments today", f"今日已派 {facts.load} 件")
    if facts.shift_ends_at is not None:
        clock = f"{facts.shift_ends_at:%H:%M} UTC"
        yield Reason("shift_end", facts.shift_ends_at.isoformat(), f"shift ends {clock}", f"班次结束 {clock}")


def _way(travel: Travel, minutes: int) -> Reason:
    match travel.basis:
        case "streets":
            return Reason("travel", travel.seconds, f"{minutes} min by street", f"沿街道约 {minutes} 分钟")
        case "line":
            return Reason(
                "travel", travel.seconds, f"about {minutes} min, no street known", f"约 {minutes} 分钟（无路网）"
            )
        case "osrm" | "valhalla":
            name = {"osrm": "OSRM", "valhalla": "Valhalla"}[travel.basis]
            return Reason("travel", travel.seconds, f"{minutes} min by {name}", f"约 {minutes} 分钟（{name}）")
        case _:
            return Reason("travel", travel.seconds, f"more than {minutes} min by street", f"沿街道超过 {minutes} 分钟")
