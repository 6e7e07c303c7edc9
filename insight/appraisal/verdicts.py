"""What frozen documents still say: whether they hold, and what other rules would have made of them. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from insight.appraisal.facts import Subject, facts_from
from insight.appraisal.model import chained, ranked, scores
from insight.appraisal.rules import Rules

__all__ = ["Change", "Verdict", "compared", "verdict"]

Verdict = dict[str, Any]
Change = dict[str, Any]


def verdict(row: Mapping[str, Any], previous: str, shown: dict[Subject, Decimal]) -> Verdict:
    """What holds of a frozen period and what does not; faults are sentences."""
    faults = []
    if row["previous"] != previous:
        faults.append("it is not chained to the period before")
    if chained(row["previous"], row["document"]) != row["sha256"]:
        faults.append("its document does not have its hash")
    document = json.loads(row["document"])
    made = scores(facts_from(document["facts"]), Rules.model_validate(document["rules"]))
    if [one.plain() for one in made] != document["scores"]:
        faults.append("its facts and rules give other scores")
    raw = {one.subject: one.raw for one in made}
    wrong = sorted(subject.id for subject, points in shown.items() if raw.get(subject) != points)
    if wrong:
        faults.append(f"shown otherwise than frozen: {', '.join(wrong[:5])} and {max(0, len(wrong) - 5)} more")
    return {
        "period": row["period"], "number": row["number"], "sha256": row["sha256"], "holds": not faults,
        "faults": faults, "scores": len(made),
    }  # fmt: skip


def compared(document: str, rules: Rules) -> list[Change]:
    """By level: each subject's score and place before and after, the largest change first."""
    plain = json.loads(document)
    facts = facts_from(plain["facts"])
    found: list[Change] = []
    before = scores(facts, Rules.model_validate(plain["rules"]))
    after = scores(facts, rules)
    for level in ("street", "community", "grid", "department", "member"):
        was = {one.score.subject: one for one in ranked(s for s in before if s.subject.level == level)}
        is_ = {one.score.subject: one for one in ranked(s for s in after if s.subject.level == level)}
        changes: list[Change] = [
            {"level": level, "id": subject.id, "before": was[subject].score.total, "after": is_[subject].score.total,
             "rank_before": was[subject].rank, "rank_after": is_[subject].rank}
            for subject in is_ if subject in was
        ]  # fmt: skip
        changes.sort(key=lambda one: (-abs(one["after"] - one["before"]), one["id"]))
        found += changes[:50]
    return found
