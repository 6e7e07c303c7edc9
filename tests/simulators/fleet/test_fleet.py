from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from shapely import STRtree, linestrings, points

from simulators.city.city import City
from simulators.fleet.fleet import Fleet
from simulators.fleet.reports import Reports
from simulators.fleet.scenario import Scenario

START_MS = 1_700_000_000_000
UNTROUBLED = Scenario(pauses=0, no_fix=0, link_losses=0, duplicates=0, noise_m=0, bicycles=0, vehicles=0)
MEMBERS = 40


def fleet_of(city: City, scenario: Scenario = UNTROUBLED, *, rate: float = 1.0, seed: int = 1) -> Fleet:
    return Fleet(city, range(MEMBERS), scenario, rate=rate, seed=seed, start_ms=START_MS)


def rounds(fleet: Fleet, number: int, *, turns: int = 20) -> Reports:
    return Reports.concatenate([fleet.turn() for _ in range(number * turns)])


def test_one_seed_gives_one_sequence(city: City) -> None:
    scenario = Scenario(no_fix=60, link_losses=60, duplicates=0.1)
    first, second, other = (list(rounds(fleet_of(city, scenario, seed=s), 30).samples()) for s in (1, 1, 2))
    assert first == second
    assert first != other


def test_everybody_reports_once_a_round_at_a_time_of_the_own(city: City) -> None:
    reports = rounds(fleet_of(city), 5)
    assert Counter(reports.member.tolist()) == dict.fromkeys(range(MEMBERS), 5)
    for member in range(MEMBERS):
        assert np.diff(reports.time_ms[reports.member == member]).tolist() == [1000] * 4


def test_turns_are_due_one_after_the_other_within_the_round(city: City) -> None:
    fleet = fleet_of(city, rate=0.5)
    assert fleet.due_ms == START_MS
    fleet.turn()
    assert fleet.due_ms == START_MS + 50
    for _ in range(39):
        fleet.turn()
    assert fleet.due_ms == START_MS + 2000


def test_several_fixes_a_second_have_times_of_their_own(city: City) -> None:
    reports = rounds(fleet_of(city, rate=10.0), 20, turns=2)
    times = reports.time_ms[reports.member == 0]
    assert np.diff(times).tolist() == [100] * 19


def test_without_noise_everybody_is_on_a_street(city: City) -> None:
    reports = rounds(fleet_of(city), 3)
    assert distances_to_streets(city, reports).max() < 0.5


def test_noise_errs_as_much_as_it_says_and_stays_alike(city: City) -> None:
    reports = rounds(fleet_of(city, Scenario(noise_m=5, pauses=3600, pause_s=9e9, no_fix=0, link_losses=0)), 60)
    steps = [
        np.hypot(
            np.diff(reports.latitude[mine]) * 111_195,
            np.diff(reports.longitude[mine]) * 111_195 * np.cos(np.radians(51.1)),
        )
        for mine in (reports.member == member for member in range(MEMBERS))
    ]
    assert 0.5 < float(np.concatenate(steps).mean()) < 3.5  # independent errors of 5 m would step about 9 m


def test_speed_is_that_of_the_walk(city: City) -> None:
    reports = rounds(fleet_of(city), 10)
    assert reports.speed.min() > 0.5
    assert reports.speed.max() < 2.0
    assert not np.isnan(reports.course).any()


def test_who_pauses_stands_still_without_a_course(city: City) -> None:
    reports = rounds(fleet_of(city, Scenario(pauses=1e9, pause_s=1e9, no_fix=0, link_losses=0, noise_m=0)), 3)
    assert np.isnan(reports.course).all()
    assert len(np.unique(reports.latitude)) == MEMBERS


def test_without_a_fix_nothing_is_sent(city: City) -> None:
    assert len(rounds(fleet_of(city, Scenario(no_fix=1e9, no_fix_s=1e9)), 3)) == 0


def test_fixes_of_a_lost_link_come_late_in_order_and_none_is_missing(city: City) -> None:
    fleet = fleet_of(city, Scenario(link_losses=100, link_loss_s=5, no_fix=0, duplicates=0))
    reports = rounds(fleet, 60)
    rest = fleet.rest()
    if rest is not None:
        reports = Reports.concatenate([reports, rest])
    for member in range(MEMBERS):
        mine = reports.time_ms[reports.member == member]
        assert len(mine) == 60
        assert (np.diff(mine) > 0).all()
    assert (np.diff(reports.time_ms) < 0).any(), "nothing came late"


def test_the_rest_is_handed_out_once(city: City) -> None:
    fleet = fleet_of(city, Scenario(link_losses=1e9, link_loss_s=1e9, no_fix=0))
    assert len(rounds(fleet, 2)) == 0
    rest = fleet.rest()
    assert rest is not None
    assert len(rest) == 2 * MEMBERS
    assert fleet.rest() is None


def test_duplicates_are_the_same_fix_and_marked(city: City) -> None:
    samples = list(rounds(fleet_of(city, Scenario(duplicates=1.0, no_fix=0, link_losses=0)), 3).samples())
    first = [(member, sample) for member, sample in samples if not sample.is_again]
    again = [(member, sample._replace(is_again=False)) for member, sample in samples if sample.is_again]
    assert sorted(first) == sorted(again)


def test_batteries_drain_and_are_changed(city: City) -> None:
    fleet = fleet_of(city, Scenario(battery_hours=0.02, no_fix=0, link_losses=0, duplicates=0))
    level = rounds(fleet, 100).battery
    assert level.min() >= 0.04
    assert level.max() > 0.95


def test_skipped_time_moves_nobody(city: City) -> None:
    fleet, other = fleet_of(city), fleet_of(city)
    rounds(fleet, 1), rounds(other, 1)
    other.skip(60_000)
    assert other.due_ms == fleet.due_ms + 60_000
    here, there = fleet.turn(), other.turn()
    assert here.latitude == pytest.approx(there.latitude)
    assert (there.time_ms - here.time_ms == 60_000).all()


def distances_to_streets(city: City, reports: Reports) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Metres from each place to the nearest piece of street."""
    streets, scale = city.streets, np.cos(np.radians(51.1))
    ends = np.column_stack([streets.longitude * scale, streets.latitude]) * 111_195
    pieces = np.asarray(linestrings(np.stack([ends[streets.start], ends[streets.end]], axis=1)))
    tree = STRtree(pieces)
    places = points(np.column_stack([reports.longitude * scale, reports.latitude]) * 111_195)
    _, distances = tree.query_nearest(places, return_distance=True, all_matches=False)
    return np.asarray(distances)
