"""The example worked by hand in docs/appraisal.md is what the code computes."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

from insight.appraisal.facts import Entry, Facts, Failure, Outcome
from insight.appraisal.model import score_of
from insight.appraisal.rules import PRESET
from tests.insight.appraisal.test_model import ANNA, AT

DOC = Path(__file__).parents[3] / "docs" / "appraisal.md"


def anna() -> Facts:
    outcomes = [
        Outcome(
            subject=ANNA, incident=f"I-{n}", at=AT, on_time=n < 5, closed=n < 8, deferred=n == 9, urgent=n in (0, 5)
        )
        for n in range(10)
    ]  # fmt: skip
    failures = [Failure(subject=ANNA, incident="I-5", at=AT, nth=nth) for nth in (1, 2, 3)]
    ratings = [3, 4, None, None, None, None]
    entries = [Entry(subject=ANNA, entry=f"D-{n}", at=AT, rating=rating) for n, rating in enumerate(ratings)]
    return Facts(members={ANNA: 1}, outcomes=outcomes, failures=failures, entries=entries)


def test_the_example_in_the_docs_is_what_the_code_computes() -> None:
    example = DOC.read_text(encoding="utf-8").partition("## An example by hand")[2].partition("\n## ")[0]
    told = {code: Decimal(points) for code, points in re.findall(r"^\| `(\w+)` \|.*\| (-?[\d.]+) \|$", example, re.M)}
    total = re.search(r"\*\*total\*\* \| \| \*\*([\d.]+)\*\*", example)
    found = score_of(ANNA, anna(), PRESET.levels["member"])
    assert {line.code: line.points for line in found.lines} == told
    assert total is not None
    assert found.total == Decimal(total[1])
