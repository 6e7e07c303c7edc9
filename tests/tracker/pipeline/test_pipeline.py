"""The pipeline in columns against the plain rules, one fix after the other."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tracker.pipeline.batches import NOW, a_batch, cuts_of
from tracker.geo.geodesy import distance
from tracker.model.batch import FixBatch
from tracker.model.live_row import LIVE_ROW
from tracker.model.refusal import Refusal
from tracker.pipeline.geofencing import FenceSet
from tracker.pipeline.limits import Limits
from tracker.pipeline.motion import is_moving_now
from tracker.pipeline.pipeline import Pipeline
from tracker.pipeline.plausibility import is_jump, sanity_of
from tracker.pipeline.reorder import order_of
from tracker.pipeline.states import DeviceStates

SECOND = 1_000_000
LIMITS = Limits()


@dataclass
class Known:
    """What the plain driver remembers of a device."""

    newest: tuple[int, float, float, float] | None = None
    anchor: tuple[float, float] = (math.nan, math.nan)
    moving_at: int = -(2**60)
    jumps: int = 0
    jumped: tuple[int, float, float, float] = (0, 0.0, 0.0, 0.0)


Said = tuple[Refusal, bool, bool, float]


def judged(known: Known, fix: tuple[int, float, float, float, float, float]) -> Said:
    """(verdict, late, moving, distance) of one fix by the rules of the stages."""
    time, latitude, longitude, speed, course, accuracy = fix
    sanity = sanity_of(time, latitude, longitude, speed, course, limits=LIMITS, now=NOW)
    if sanity != Refusal.NONE:
        return sanity, False, False, 0.0
    if known.newest is not None:
        verdict, late = order_of(known.newest[:3], time, latitude, longitude)
        if late:
            return verdict, True, False, 0.0
    gap = 0.0 if known.newest is None else distance(known.newest[1], known.newest[2], latitude, longitude)
    if known.newest is not None and is_jump(known.newest, time, latitude, longitude, accuracy, limits=LIMITS):
        agrees = known.jumps > 0 and not is_jump(known.jumped, time, latitude, longitude, accuracy, limits=LIMITS)
        known.jumps = known.jumps + 1 if agrees else 1
        known.jumped = (time, latitude, longitude, 0.0)
        if known.jumps < LIMITS.believe_after:
            return Refusal.JUMP, False, False, 0.0
        gap = 0.0
    known.jumps = 0
    return Refusal.NONE, False, *moved(known, fix, gap)


def moved(known: Known, fix: tuple[int, float, float, float, float, float], gap: float) -> tuple[bool, float]:
    time, latitude, longitude, speed, _, accuracy = fix
    fast = is_moving_now(known.anchor, latitude, longitude, speed, accuracy, limits=LIMITS)
    if fast:
        known.moving_at = time
    if fast or math.isnan(known.anchor[0]):
        known.anchor = (latitude, longitude)
    known.newest = (time, latitude, longitude, 0.0 if math.isnan(accuracy) else accuracy)
    moving = time - known.moving_at < LIMITS.stopped_after
    return moving, gap if moving else 0.0


def random_stream(dice: np.random.Generator, fixes: int) -> FixBatch:
    """Walks of a few devices with resends, late fixes, teleports, contradictions and nonsense in between."""
    device = dice.integers(1, 4, fixes)
    time = NOW - 3_600 * SECOND + np.arange(fixes) * 20 * SECOND + dice.integers(-60, 60, fixes) * SECOND
    latitude = 51 + dice.normal(0, 0.002, fixes)
    longitude = 71 + dice.normal(0, 0.002, fixes)
    for row in np.flatnonzero(dice.random(fixes) < 0.3).tolist():
        earlier = int(dice.integers(0, row + 1))
        device[row], time[row] = device[earlier], time[earlier]
        if dice.random() < 0.6:
            latitude[row], longitude[row] = latitude[earlier], longitude[earlier]
    far = dice.random(fixes) < 0.15
    latitude[far] += 3.0
    time[dice.random(fixes) < 0.03] = NOW + 3_600 * SECOND
    time[dice.random(fixes) < 0.03] = NOW - 90 * 86_400 * SECOND
    latitude[dice.random(fixes) < 0.03] = 91.0
    longitude[dice.random(fixes) < 0.02] = np.nan
    speed = dice.choice([np.nan, 0.0, 0.5, 1.4, 900.0], fixes, p=[0.5, 0.2, 0.1, 0.17, 0.03])
    course = dice.choice([np.nan, 0.0, 359.5, 360.0], fixes, p=[0.6, 0.2, 0.18, 0.02])
    accuracy = dice.choice([np.nan, 5.0, 120.0], fixes)
    return a_batch(device, time, latitude, longitude, speed=speed, course=course, accuracy=accuracy)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1), st.lists(st.integers(1, 30), min_size=1, max_size=5))
def test_columns_agree_with_the_rules_however_the_stream_is_cut(seed: int, lengths: list[int]) -> None:
    stream = random_stream(np.random.default_rng(seed), 80)
    pipeline, known = Pipeline(LIMITS, DeviceStates(), FenceSet()), {device: Known() for device in range(1, 4)}
    for batch in cuts_of(stream, lengths):
        outcome = pipeline.run(batch, now=NOW)
        said: dict[int, Said] = {}
        for row in np.lexsort((batch.fix_time, batch.device)).tolist():
            fix = (int(batch.fix_time[row]), float(batch.latitude[row]), float(batch.longitude[row]),
                   float(batch.speed[row]), float(batch.course[row]), float(batch.accuracy[row]))  # fmt: skip
            said[row] = judged(known[int(batch.device[row])], fix)
        assert outcome.verdicts.tolist() == [said[row][0] for row in range(len(batch))]
        for place, row in enumerate(outcome.accepted_rows.tolist()):
            _, late, moving, metres = said[row]
            assert (bool(outcome.late[place]), bool(outcome.moving[place])) == (late, moving)
            assert math.isclose(float(outcome.distance[place]), metres, rel_tol=1e-5, abs_tol=1e-3)
            assert bool(outcome.doubtful[place]) == late


def test_accepted_rows_come_by_device_and_time() -> None:
    batch = a_batch([2, 1, 2, 1], [NOW, NOW, NOW - SECOND, NOW - SECOND], [51.0] * 4, [71.0] * 4)
    outcome = Pipeline(LIMITS, DeviceStates(), FenceSet()).run(batch, now=NOW)
    assert outcome.accepted_rows.tolist() == [3, 1, 2, 0]
    assert outcome.accepted.device.tolist() == [1, 1, 2, 2]


def test_an_empty_batch_and_one_of_nonsense_are_harmless() -> None:
    pipeline = Pipeline(LIMITS, DeviceStates(), FenceSet())
    assert len(pipeline.run(a_batch([], [], [], []), now=NOW).accepted) == 0
    nonsense = pipeline.run(a_batch([1], [NOW], [math.inf], [71.0]), now=NOW)
    assert nonsense.verdicts.tolist() == [Refusal.NOT_FINITE]
    assert len(nonsense.accepted) == 0


def test_what_the_store_knows_makes_older_fixes_late() -> None:
    states = DeviceStates()
    row = np.zeros(1, LIVE_ROW)
    row["device"], row["fix_time"], row["latitude"], row["longitude"] = 5, NOW, 51.0, 71.0
    states.restore(row)
    outcome = Pipeline(LIMITS, states, FenceSet()).run(
        a_batch([5, 5], [NOW - SECOND, NOW + SECOND], [51.0, 51.0], [71.0, 71.0]), now=NOW
    )
    assert outcome.late.tolist() == [True, False]


def test_one_wrong_position_does_not_lock_a_device_out() -> None:
    times = [NOW + second * SECOND for second in range(5)]
    batch = a_batch([1] * 5, times, [10.0, 51.0, 51.0, 51.0, 51.0], [71.0] * 5)
    verdicts = Pipeline(LIMITS, DeviceStates(), FenceSet()).run(batch, now=NOW).verdicts
    assert verdicts.tolist() == [Refusal.NONE, Refusal.JUMP, Refusal.JUMP, Refusal.NONE, Refusal.NONE]
