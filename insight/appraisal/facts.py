"""What happened in a period, as the appraisal counts it; read from the logs by `facts_store`, plain values here.

An incident is *due* once, in the period in which it is settled: when the first of its limits runs out (late), or when
it is closed before any did (on time). One whose deferral or suspension was approved before that is deferred, and is
counted in no rate. For a member or a department only the time between the offer and the end of the assignment counts:
a limit that ran out before they were sent is none of theirs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from insight.appraisal.rules import Level

__all__ = ["Answer", "Entry", "Facts", "Failure", "Outcome", "Subject", "facts_from"]


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """Who is appraised: id of an organisation or, of the level member, of a member."""

    level: Level
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How an incident that was due went for a subject. at: when it was settled, RFC 3339 UTC."""

    subject: Subject
    incident: str
    at: str
    on_time: bool
    closed: bool
    deferred: bool
    urgent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A verification that failed, or a falsification that was confirmed. nth: of this incident, from 1."""

    subject: Subject
    incident: str
    at: str
    nth: int
    falsified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """How long an assignment of a department waited for an answer, seconds; until the period's end without one."""

    subject: Subject
    incident: str
    at: str
    waited_s: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A diary entry of the subject's people. rating: 1 to 5; None: not drawn, or not rated."""

    subject: Subject
    entry: str
    at: str
    rating: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that a period's scores stand on. members: how many the subject has, 1 of a member."""

    members: Mapping[Subject, int]
    outcomes: Sequence[Outcome] = ()
    failures: Sequence[Failure] = ()
    answers: Sequence[Answer] = ()
    entries: Sequence[Entry] = ()
    corrections: Mapping[Subject, Decimal] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """As JSON has it; whatever order the facts came in, the same."""
        return {
            "members": sorted([one.level, one.id, count] for one, count in self.members.items()),
            **{name: sorted(map(_row, getattr(self, name))) for name in _ROWS},
            "corrections": sorted([one.level, one.id, str(points)] for one, points in self.corrections.items()),
        }


_ROWS: Mapping[str, type[Outcome] | type[Failure] | type[Answer] | type[Entry]] = {
    "outcomes": Outcome, "failures": Failure, "answers": Answer, "entries": Entry,
}  # fmt: skip


def facts_from(plain: Mapping[str, Any]) -> Facts:
    """What `Facts.plain` said."""
    rows: dict[str, Any] = {
        name: [
            kind(subject=Subject(row[0], row[1]), **dict(zip(_names(kind), row[2:], strict=True)))
            for row in plain[name]
        ]
        for name, kind in _ROWS.items()
    }
    return Facts(
        members={Subject(level, one): count for level, one, count in plain["members"]},
        corrections={Subject(level, one): Decimal(points) for level, one, points in plain["corrections"]},
        **rows,
    )


def _names(kind: Any) -> list[str]:
    return [name for name in kind.__dataclass_fields__ if name != "subject"]


def _row(fact: Any) -> list[Any]:
    values = asdict(fact)
    return [fact.subject.level, fact.subject.id, *(values[name] for name in _names(type(fact)))]
