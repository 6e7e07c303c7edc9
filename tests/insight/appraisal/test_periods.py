from __future__ import annotations

from datetime import UTC, datetime

from insight.appraisal.periods import Version, follows, in_force, period_at
from insight.appraisal.rules import PRESET

NOVEMBER = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_a_month_begins_at_midnight_of_the_place() -> None:
    period = period_at((), NOVEMBER)
    assert period.id == "2026-11"
    assert period.starts_at == datetime(2026, 10, 31, 16, tzinfo=UTC)
    assert period.ends_at == datetime(2026, 11, 30, 16, tzinfo=UTC)
    assert period_at((), datetime(2026, 11, 30, 16, tzinfo=UTC)).id == "2026-12"


def test_december_is_followed_by_january() -> None:
    december = period_at((), datetime(2026, 12, 15, tzinfo=UTC))
    assert follows((), december).id == "2027-01"


def test_quarters_that_come_into_force_amid_one_are_cut() -> None:
    quarters = PRESET.model_copy(update={"period": "quarter"})
    version = Version(1, period_at((), NOVEMBER).ends_at, quarters)
    november = period_at([version], NOVEMBER)
    assert (november.id, november.version) == ("2026-11", 0)
    cut = follows([version], november)
    assert (cut.id, cut.version, cut.starts_at) == ("2026-Q4", 1, version.in_force_from)
    assert follows([version], cut).id == "2027-Q1"


def test_of_two_versions_for_the_same_period_the_later_made_is_in_force() -> None:
    at = period_at((), NOVEMBER).ends_at
    versions = [Version(1, at, PRESET), Version(2, at, PRESET)]
    assert in_force(versions, at).number == 2
    assert in_force(versions, NOVEMBER).number == 0
