"""Scores out of facts and rules. Pure: the same facts in any order give the same scores.

Points are decimals of hundredths, rounded half up once a rule; a score lies between 0 and what is possible.
Nothing due, nothing lost: a rate over no incident has its full points, and a score over few has no rank.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from insight.appraisal.facts import Answer, Facts, Failure, Outcome, Subject
from insight.appraisal.rules import LevelRules, Measure, Penalty, Rules

__all__ = [
    "GENESIS",
    "Item",
    "Line",
    "Ranked",
    "Score",
    "canonical",
    "chained",
    "ranked",
    "score_of",
    "scores",
]

GENESIS = "0" * 64
"""What the first frozen period is chained to."""

_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that a rule counted against the subject. points: what it costs; 0 where the rule forgives it.

    incident, entry: ids of what it was, None for what is not there (diary entries never written).
    """

    points: Decimal
    incident: str | None = None
    entry: str | None = None
    at: str | None = None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What one rule made. value: of a measure, None over nothing; of: how many it counts over, reached: how many well.

    points: given by a measure, or taken (below 0) by a penalty.
    """

    code: str
    points: Decimal
    possible: Decimal
    value: Decimal | None = None
    of: int = 0
    reached: int = 0
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Of one subject. raw: what the rules made; total: with the corrections, and within 0 and possible."""

    subject: Subject
    raw: Decimal
    corrected: Decimal
    total: Decimal
    possible: Decimal
    due: int
    deferred: int
    few: bool
    lines: tuple[Line, ...]

    def plain(self) -> dict[str, Any]:
        """As JSON has it."""
        return {
            "level": self.subject.level, "id": self.subject.id, "raw": str(self.raw), "total": str(self.total),
            "corrected": str(self.corrected), "possible": str(self.possible), "due": self.due,
            "deferred": self.deferred, "few": self.few, "lines": [_plain_line(line) for line in self.lines],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ranked:
    """A score's place: 1 is best, equal scores share one, and the next is missing. None: too few incidents."""

    score: Score
    rank: int | None


def scores(facts: Facts, rules: Rules) -> list[Score]:
    """Of every subject whose level is appraised, in the order of level and id."""
    parts: dict[str, dict[Subject, list[Any]]] = {}
    for name in ("outcomes", "failures", "answers", "entries"):
        parts[name] = defaultdict(list)
        for fact in getattr(facts, name):
            parts[name][fact.subject].append(fact)
    made = []
    for subject in sorted(facts.members):
        level = rules.of(subject.level)
        if level is not None:
            own = Facts(
                members={subject: facts.members[subject]},
                corrections={subject: facts.corrections.get(subject, Decimal(0))},
                **{name: of.get(subject, []) for name, of in parts.items()},
            )
            made.append(score_of(subject, own, level))
    return made


def score_of(subject: Subject, facts: Facts, rules: LevelRules) -> Score:
    """Of one subject; facts: its own alone."""
    outcomes = sorted(facts.outcomes, key=lambda one: (one.at, one.incident))
    counted = [one for one in outcomes if not one.deferred]
    own = replace(facts, outcomes=counted)
    lines = [_MEASURES[rule.code](rule, own, facts.members[subject]) for rule in rules.measures]
    lines += [_penalty(rule, own) for rule in rules.penalties]
    raw = rules.base + sum((line.points for line in lines), Decimal(0))
    raw = min(max(raw, Decimal(0)), rules.possible).quantize(_HUNDREDTH)
    corrected = facts.corrections.get(subject, Decimal(0)).quantize(_HUNDREDTH)
    total = min(max(raw + corrected, Decimal(0)), rules.possible).quantize(_HUNDREDTH)
    return Score(
        subject=subject, raw=raw, corrected=corrected, total=total, possible=rules.possible, due=len(counted),
        deferred=len(outcomes) - len(counted), few=len(counted) < rules.few, lines=tuple(lines),
    )  # fmt: skip


def ranked(all_scores: Iterable[Score]) -> list[Ranked]:
    """Of one level, the best first; those over few incidents behind, without a place."""
    in_order = sorted(all_scores, key=lambda one: (one.few, -one.total, one.subject))
    placed: list[Ranked] = []
    for number, score in enumerate(in_order, start=1):
        before = placed[-1] if placed else None
        same = before is not None and before.score.total == score.total
        rank = before.rank if before is not None and same else number
        placed.append(Ranked(score, None if score.few else rank))
    return placed


def canonical(document: Mapping[str, Any]) -> str:
    """The one way to write a document: keys in order, no blanks, texts as they are."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def chained(previous: str, document: str) -> str:
    """SHA-256 over the hash before and the document, in hexadecimal."""
    return hashlib.sha256(f"{previous}\n{document}".encode()).hexdigest()


def _rate(rule: Measure, outcomes: Sequence[Outcome], good: Callable[[Outcome], bool], why: str) -> Line:
    bad = [one for one in outcomes if not good(one)]
    reached, of = len(outcomes) - len(bad), len(outcomes)
    value = Fraction(100 * reached, of) if of else None
    points = _points(rule, value)
    shares = _shared(rule.points - points, len(bad))
    items = tuple(
        Item(points=share, incident=one.incident, at=one.at, why=why)
        for one, share in zip(bad, shares, strict=True)
    )  # fmt: skip
    return Line(
        code=rule.code, points=points, possible=rule.points, value=_rounded(value), of=of, reached=reached, items=items
    )


def _on_time(rule: Measure, facts: Facts, _: int) -> Line:
    return _rate(rule, facts.outcomes, lambda one: one.on_time, "late")


def _closing(rule: Measure, facts: Facts, _: int) -> Line:
    return _rate(rule, facts.outcomes, lambda one: one.closed, "not closed")


def _urgent(rule: Measure, facts: Facts, _: int) -> Line:
    return _rate(rule, [one for one in facts.outcomes if one.urgent], lambda one: one.on_time, "late")


def _diary_number(rule: Measure, facts: Facts, members: int) -> Line:
    number = len(facts.entries)
    value = Fraction(number, members) if members else None
    points = _points(rule, value)
    missing = Item(points=rule.points - points, why="too few entries")
    items = (missing,) if points < rule.points else ()
    return Line(
        code=rule.code, points=points, possible=rule.points, value=_rounded(value), of=members, reached=number,
        items=items,
    )  # fmt: skip


def _diary_quality(rule: Measure, facts: Facts, members: int) -> Line:
    """Who wrote nothing has no quality; who was not drawn loses nothing."""
    entries = sorted(facts.entries, key=lambda one: (one.at, one.entry))
    rated = [(one, one.rating) for one in entries if one.rating is not None]
    value = Fraction(sum(rating for _, rating in rated), len(rated)) if rated else None
    points = _points(rule, value) if entries or not members else Decimal(0)
    below = [one for one, rating in rated if rating < rule.full_at]
    shares = _shared(rule.points - points, len(below))
    items = tuple(
        Item(points=share, entry=one.entry, at=one.at, why=f"rated {one.rating}")
        for one, share in zip(below, shares, strict=True)
    )  # fmt: skip
    if not entries and members:
        items = (Item(points=rule.points, why="no entries"),)
    return Line(
        code=rule.code, points=points, possible=rule.points, value=_rounded(value), of=len(rated),
        reached=len(rated) - len(below), items=items,
    )  # fmt: skip


_MEASURES: Mapping[str, Callable[[Measure, Facts, int], Line]] = {
    "on_time": _on_time, "closing": _closing, "urgent_on_time": _urgent, "diary_number": _diary_number,
    "diary_quality": _diary_quality,
}  # fmt: skip


def _penalty(rule: Penalty, facts: Facts) -> Line:
    hits = _hits(rule, facts)
    items, left = [], rule.at_most
    for hit, nth, why in hits:
        from_nth, from_points = rule.from_nth, rule.from_points
        cost = from_points if from_nth is not None and from_points is not None and nth >= from_nth else rule.points
        if left is not None:
            cost = min(cost, left)
            left -= cost
        items.append(Item(points=cost, incident=hit.incident, at=hit.at, why=why))
    taken = sum((item.points for item in items), Decimal(0))
    return Line(code=rule.code, points=-taken, possible=Decimal(0), of=len(items), items=tuple(items))


def _hits(rule: Penalty, facts: Facts) -> list[tuple[Failure | Outcome | Answer, int, str]]:
    """(what, the how-manieth of its kind, why), the oldest first."""
    match rule.code:
        case "failed_verification":
            failures = [one for one in facts.failures if not one.falsified]
            return [(one, one.nth, f"failure {one.nth}") for one in _in_order(failures)]
        case "falsification":
            found = _in_order([one for one in facts.failures if one.falsified])
            return [(one, number, "falsified") for number, one in enumerate(found, start=1)]
        case "overdue":
            late = [one for one in facts.outcomes if not one.on_time]
            return [(one, number, "late") for number, one in enumerate(late, start=1)]
        case _:
            assert rule.hours is not None
            slow = _in_order([one for one in facts.answers if one.waited_s > rule.hours * 3600])
            return [(one, number, f"{one.waited_s // 3600} h") for number, one in enumerate(slow, start=1)]


def _in_order(facts: list[Any]) -> list[Any]:
    return sorted(facts, key=lambda one: (one.at, one.incident))


def _points(rule: Measure, value: Fraction | None) -> Decimal:
    """What the measure gives at that value."""
    if value is None:
        return rule.points
    below = max(Fraction(0), Fraction(rule.full_at) - value)
    return max(Decimal(0), _exact(Fraction(rule.points) - Fraction(rule.less) * below))


def _exact(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(_HUNDREDTH, ROUND_HALF_UP)


def _rounded(value: Fraction | None) -> Decimal | None:
    return None if value is None else _exact(value)


def _shared(lost: Decimal, among: int) -> list[Decimal]:
    """The points lost, in hundredths, among so many: the first bear what does not divide."""
    if not among:
        return []
    each, rest = divmod(int(lost / _HUNDREDTH), among)
    return [(each + (number < rest)) * _HUNDREDTH for number in range(among)]


def _plain_line(line: Line) -> dict[str, Any]:
    return {
        "code": line.code, "points": str(line.points), "possible": str(line.possible),
        "value": None if line.value is None else str(line.value), "of": line.of, "reached": line.reached,
        "items": [
            {"points": str(item.points), "incident": item.incident, "entry": item.entry, "at": item.at,
             "why": item.why} for item in line.items
        ],
    }  # fmt: skip
