"""A day that is drawn before it begins."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from simulators.city.city import City
from simulators.day.plan import Plan, read_plan, reports_of
from simulators.fleet.scenario import BadScenario, read_scenario

PLAN = Plan(incidents=2_000, seed=3)
KINDS = ("C0101", "E0101", "E0201")


@pytest.fixture(scope="module")
def city() -> City:
    return City.load(1)


def test_one_seed_gives_one_day_and_another_another(city: City) -> None:
    day = reports_of(PLAN, city, KINDS, range(120))
    assert day == reports_of(replace(PLAN, policy="nearest", speed=9.0), city, KINDS, range(120))
    assert day != reports_of(replace(PLAN, seed=4), city, KINDS, range(120))


def test_it_has_about_as_many_as_planned_in_order_and_busier_by_day(city: City) -> None:
    day = reports_of(PLAN, city, KINDS, range(120))
    at = np.array([one.at_s for one in day])
    assert abs(len(day) - 2_000) < 5 * np.sqrt(2_000)
    assert (np.diff(at) >= 0).all()
    assert at.max() < 86_400
    assert ((at > 8 * 3600) & (at < 18 * 3600)).mean() > 0.5
    assert [one.number for one in day] == list(range(len(day)))


def test_earlier_kinds_are_reported_more_often_and_all_of_them(city: City) -> None:
    kinds = [one.kind for one in reports_of(PLAN, city, KINDS, range(120))]
    assert kinds.count("C0101") > kinds.count("E0101") > kinds.count("E0201") > 0


def test_a_shorter_day_ends_earlier(city: City) -> None:
    day = reports_of(replace(PLAN, hours=1.5, begins_at=9), city, KINDS, range(120))
    assert max(one.at_s for one in day) <= 1.5 * 3600


def test_a_scenario_may_hold_a_day(tmp_path: Path) -> None:
    file = tmp_path / "s.json"
    file.write_text(json.dumps({"noise_m": 2.0, "day": {"incidents": 50, "policy": "own_grid", "kinds": ["C0101"]}}))
    plan = read_plan(file)
    assert plan == Plan(incidents=50, policy="own_grid", kinds=("C0101",))
    assert read_scenario(file).noise_m == 2.0


def test_a_scenario_without_a_day_has_none(tmp_path: Path) -> None:
    file = tmp_path / "s.json"
    file.write_text("{}")
    assert read_plan(file) is None


@pytest.mark.parametrize(
    ("day", "fault"),
    [
        ({"incidense": 5}, "no such setting"),
        ({"speed": 0}, "more than 0"),
        ({"declines": 0.95}, "at most 0.9"),
        ({"hours": "long"}, "not a number"),
        ({"policy": 3}, "not a text"),
        ({"kinds": "C0101"}, "list of codes"),
        ([1], "not a JSON object"),
    ],
)
def test_faults_are_told(tmp_path: Path, day: object, fault: str) -> None:
    file = tmp_path / "s.json"
    file.write_text(json.dumps({"day": day}))
    with pytest.raises(BadScenario, match=fault):
        read_plan(file)
