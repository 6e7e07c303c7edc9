"""Rises and falls of emergency flags in what a tick took in."""

from __future__ import annotations

from dataclasses import fields

from tests.tracker.pipeline.batches import NOW, a_batch
from tracker.intake.emergencies import emergency_signals
from tracker.intake.live_rows import live_rows
from tracker.live.table import LiveTable
from tracker.model.batch import Extra, FixBatch
from tracker.pipeline.geofencing import FenceSet
from tracker.pipeline.limits import Limits
from tracker.pipeline.pipeline import Pipeline
from tracker.pipeline.states import DeviceStates

SECOND = 1_000_000


class Tick:
    """One process's pipeline, fed a tick at a time."""

    def __init__(self) -> None:
        self._pipeline = Pipeline(Limits(), DeviceStates(), FenceSet())
        self._table = LiveTable(stale_after_s=60.0, silent_after_s=600.0)

    def __call__(self, *fixes: tuple[int, int, str | None]) -> list[tuple[int, bool, int]]:
        """Of (device, second, event): the (device, up, second) that are told."""
        batch = a_batch(
            [device for device, _, _ in fixes], [NOW - (1_000 - second) * SECOND for _, second, _ in fixes],
            [51.0] * len(fixes), [71.0] * len(fixes),
        )  # fmt: skip
        columns = {one.name: getattr(batch, one.name) for one in fields(FixBatch) if one.name != "extras"}
        extras = {row: Extra(event) for row, (_, _, event) in enumerate(fixes) if event is not None}
        outcome = self._pipeline.run(FixBatch(**columns, extras=extras), now=NOW)
        signals = emergency_signals(outcome, self._table)
        self._table.apply(live_rows(outcome))
        return [(one.device, one.up, 1_000 - (NOW - one.fix_time) // SECOND) for one in signals]


def test_a_flag_is_told_when_it_rises_and_when_it_falls_and_not_between() -> None:
    tick = Tick()
    assert tick((1, 1, None)) == []
    assert tick((1, 2, "sos"), (2, 2, None)) == [(1, False, 1), (1, True, 2)]
    assert tick((1, 3, "sos"), (1, 4, "sos"), (2, 3, "motionchange")) == []
    assert tick((2, 4, None)) == []
    assert tick((1, 5, "motionchange")) == [(1, False, 5)]
    assert tick((1, 6, "sos")) == [(1, False, 5), (1, True, 6)]
    assert tick((3, 6, "sos")) == [(3, True, 6)], "nothing was known of it"


def test_a_flag_that_rises_and_falls_within_a_tick_is_not_lost() -> None:
    tick = Tick()
    told = tick((1, 2, None), (1, 3, "sos"), (1, 4, None), (2, 3, None))
    assert told == [(1, False, 2), (1, True, 3), (1, False, 4)]
    assert tick((1, 5, None)) == []


def test_a_call_that_comes_in_late_is_told_and_lowers_nothing() -> None:
    tick = Tick()
    tick((1, 100, None))
    assert tick((1, 50, "sos"), (1, 51, "sos"), (1, 52, None)) == [(1, True, 50)]
    assert tick((1, 101, "sos")) == [(1, False, 100), (1, True, 101)]
    assert tick((1, 60, None)) == []
    assert tick((1, 102, None)) == [(1, False, 102)]
