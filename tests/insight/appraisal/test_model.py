from __future__ import annotations

import json
import random
from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from insight.appraisal.facts import Answer, Entry, Facts, Failure, Outcome, Subject, facts_from
from insight.appraisal.model import GENESIS, Score, canonical, chained, ranked, score_of, scores
from insight.appraisal.rules import LEVELS, PRESET, Rules

ANNA = Subject("member", "anna")
FIRE = Subject("department", "fire")
AT = "2026-11-05T08:00:00Z"


def outcomes(on_time: int, late: int = 0, *, subject: Subject = ANNA, unclosed: int = 0) -> list[Outcome]:
    """`unclosed` of the late ones are not closed."""
    made = []
    for number in range(on_time + late):
        is_late = number >= on_time
        made.append(
            Outcome(
                subject=subject, incident=f"I-{number}", at=AT, on_time=not is_late, urgent=False, deferred=False,
                closed=not (is_late and number < on_time + unclosed),
            )
        )  # fmt: skip
    return made


def failures(*numbers: int, subject: Subject = ANNA) -> list[Failure]:
    return [Failure(subject=subject, incident="I-1", at=f"2026-11-{nth + 1:02}T08:00:00Z", nth=nth) for nth in numbers]


def score(subject: Subject = ANNA, **facts: object) -> Score:
    rules = PRESET.of(subject.level)
    assert rules is not None
    return score_of(subject, Facts(members={subject: 1}, **facts), rules)  # type: ignore[arg-type]


def points(of: Score) -> dict[str, Decimal]:
    return {line.code: line.points for line in of.lines}


def test_seventy_percent_on_time_has_all_points_and_each_point_below_costs_one() -> None:
    assert points(score(outcomes=outcomes(7, 3)))["on_time"] == 50
    assert points(score(outcomes=outcomes(69, 31)))["on_time"] == 49
    assert points(score(outcomes=outcomes(1, 9)))["on_time"] == 0


def test_what_was_deferred_is_in_neither_side_of_the_rate() -> None:
    late = [replace(one, deferred=True) for one in outcomes(0, 5)]
    found = score(outcomes=[*outcomes(6), *late])
    assert points(found)["on_time"] == 50
    assert (found.due, found.deferred) == (6, 5)


def test_the_closing_rate_falls_by_a_point_below_ninety() -> None:
    assert points(score(outcomes=outcomes(9, 1, unclosed=1)))["closing"] == 20
    assert points(score(outcomes=outcomes(8, 2, unclosed=2)))["closing"] == 10


def test_urgent_ones_have_a_rate_of_their_own() -> None:
    urgent = [replace(one, urgent=True) for one in outcomes(9, 1)]
    assert points(score(outcomes=urgent))["urgent_on_time"] == 5
    assert points(score(outcomes=outcomes(1, 9)))["urgent_on_time"] == 10


def test_a_failed_verification_costs_a_fifth_and_from_the_third_of_an_incident_half_a_point() -> None:
    line = next(one for one in score(failures=failures(1, 2, 3, 4)).lines if one.code == "failed_verification")
    assert [item.points for item in line.items] == [Decimal(one) for one in ("0.2", "0.2", "0.5", "0.5")]
    assert line.points == Decimal("-1.4")


def test_a_falsification_costs_one_point() -> None:
    found = [replace(one, falsified=True) for one in failures(1)]
    assert points(score(failures=found))["falsification"] == -1


def test_departments_lose_points_for_what_is_overdue_and_what_they_put_off() -> None:
    slow = Answer(subject=FIRE, incident="I-9", at=AT, waited_s=25 * 3600)
    quick = replace(slow, incident="I-10", waited_s=3600)
    found = score(FIRE, outcomes=outcomes(8, 2, subject=FIRE), answers=[slow, quick])
    assert points(found)["overdue"] == -1
    assert points(found)["procrastination"] == Decimal("-0.5")


def test_the_diary_counts_by_number_and_by_quality() -> None:
    entries = [Entry(subject=ANNA, entry=f"D-{n}", at=AT, rating=3 if n == 0 else None) for n in range(4)]
    assert points(score(entries=entries))["diary_number"] == 5
    assert points(score(entries=entries))["diary_quality"] == Decimal("7.5")
    assert points(score())["diary_quality"] == 0
    assert points(score(entries=[replace(one, rating=None) for one in entries]))["diary_quality"] == 10


def test_a_penalty_has_an_end_where_the_rules_say_so() -> None:
    street = Subject("street", "main")
    many = [
        Failure(subject=street, incident=f"I-{n}", at=AT, nth=1, falsified=True)
        for n in range(50)
    ]  # fmt: skip
    assert points(score(street, failures=many))["falsification"] == -20


def test_what_is_lost_is_shared_among_what_counted_against() -> None:
    line = score(outcomes=outcomes(4, 3)).lines[0]
    assert len(line.items) == 3
    assert sum(item.points for item in line.items) == line.possible - line.points > 0


def test_a_correction_changes_the_total_and_not_what_the_rules_made() -> None:
    found = score(outcomes=outcomes(1, 9), corrections={ANNA: Decimal("3.5")})
    assert found.total - found.raw == Decimal("3.5")


def test_equal_scores_share_a_place_and_few_incidents_have_none() -> None:
    made = [
        score(subject, outcomes=outcomes(on_time, late, subject=subject))
        for subject, on_time, late in (
            (Subject("member", "a"), 5, 0), (Subject("member", "b"), 1, 9), (Subject("member", "c"), 5, 0),
            (Subject("member", "d"), 1, 0),
        )
    ]  # fmt: skip
    assert [(one.score.subject.id, one.rank) for one in ranked(made)] == [("a", 1), ("c", 1), ("b", 3), ("d", None)]


SUBJECTS = st.sampled_from([ANNA, FIRE, Subject("street", "main")])
NUMBERS = st.integers(0, 8)
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A busy machine is no fault of the model's."""


@st.composite
def all_facts(draw: st.DrawFn) -> Facts:
    subject = draw(SUBJECTS)
    ats = st.sampled_from([AT, "2026-11-06T08:00:00Z", "2026-11-07T08:00:00Z"])
    booleans = st.booleans()
    return Facts(
        members={subject: draw(st.integers(0, 5))},
        outcomes=[
            Outcome(subject=subject, incident=f"I-{n}", at=draw(ats), on_time=draw(booleans), closed=draw(booleans),
                    deferred=draw(booleans), urgent=draw(booleans))
            for n in range(draw(NUMBERS))
        ],
        failures=[
            Failure(subject=subject, incident=f"I-{n}", at=draw(ats), nth=draw(st.integers(1, 5)),
                    falsified=draw(booleans))
            for n in range(draw(NUMBERS))
        ],
        answers=[
            Answer(subject=subject, incident=f"I-{n}", at=draw(ats), waited_s=draw(st.integers(0, 10**6)))
            for n in range(draw(NUMBERS))
        ],
        entries=[
            Entry(subject=subject, entry=f"D-{n}", at=draw(ats), rating=draw(st.none() | st.integers(1, 5)))
            for n in range(draw(NUMBERS))
        ],
        corrections={subject: Decimal(draw(st.integers(-3000, 3000))) / 100},
    )  # fmt: skip


@UNHURRIED
@given(all_facts())
def test_a_score_lies_between_nothing_and_what_is_possible(facts: Facts) -> None:
    (found,) = scores(facts, PRESET)
    assert 0 <= found.raw <= found.possible
    assert 0 <= found.total <= found.possible
    assert all(item.points >= 0 for line in found.lines for item in line.items)


@UNHURRIED
@given(all_facts())
def test_every_point_lost_by_a_rule_is_explained_by_its_items(facts: Facts) -> None:
    (found,) = scores(facts, PRESET)
    for line in found.lines:
        assert sum((item.points for item in line.items), Decimal(0)) == line.possible - line.points


@UNHURRIED
@given(all_facts(), st.integers())
def test_the_order_of_the_facts_does_not_matter(facts: Facts, seed: int) -> None:
    mixed: dict[str, Any] = {}
    for name in ("outcomes", "failures", "answers", "entries"):
        rows = list(getattr(facts, name))
        random.Random(seed).shuffle(rows)
        mixed[name] = rows
    shuffled = replace(facts, **mixed)
    assert scores(shuffled, PRESET) == scores(facts, PRESET)
    assert canonical(shuffled.plain()) == canonical(facts.plain())


@UNHURRIED
@given(all_facts())
def test_doing_one_incident_better_never_lowers_a_score(facts: Facts) -> None:
    (before,) = scores(facts, PRESET)
    for number, one in enumerate(facts.outcomes):
        better = [*facts.outcomes]
        better[number] = replace(one, on_time=True, closed=True)
        (after,) = scores(replace(facts, outcomes=better), PRESET)
        assert after.total >= before.total


@UNHURRIED
@given(all_facts())
def test_one_failure_less_never_lowers_a_score(facts: Facts) -> None:
    (before,) = scores(facts, PRESET)
    for name in ("failures", "answers"):
        for number in range(len(getattr(facts, name))):
            rows = list(getattr(facts, name))
            del rows[number]
            changed: dict[str, Any] = {name: rows}
            (after,) = scores(replace(facts, **changed), PRESET)
            assert after.total >= before.total


@UNHURRIED
@given(all_facts())
def test_facts_survive_being_written(facts: Facts) -> None:
    written = json.loads(canonical(facts.plain()))
    assert scores(facts_from(written), PRESET) == scores(facts, PRESET)


def test_a_hash_stands_on_the_one_before() -> None:
    document = canonical({"b": "街道", "a": 1})
    assert document == '{"a":1,"b":"街道"}'
    assert chained(GENESIS, document) != chained(chained(GENESIS, document), document)


def test_the_preset_is_a_hundred_points_at_every_level() -> None:
    assert {level: PRESET.levels[level].possible for level in LEVELS} == dict.fromkeys(LEVELS, Decimal(100))
    assert Rules.model_validate(PRESET.model_dump(mode="json")) == PRESET
