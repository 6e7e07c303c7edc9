from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tracker.live.builders import NOON, SECOND, a_device, a_row, a_table, heard, rows_of
from tracker.live.table import NEVER
from tracker.model.presence import Presence, Silence


def test_a_position_is_shown_once_the_registry_knows_its_device() -> None:
    table = a_table()
    table.apply(rows_of(a_row(3)))
    assert not table.shown[3]
    table.describe([a_device(3)])
    assert table.shown[3]


def test_a_device_without_a_position_is_not_shown() -> None:
    table = a_table(a_device(1))
    assert not table.shown.any()


def test_older_and_equal_fix_times_change_nothing() -> None:
    table = a_table(a_device(1))
    table.apply(rows_of(a_row(1, latitude=10.0)))
    before = table.sequence
    newer = table.apply(rows_of(a_row(1, latitude=11.0), a_row(1, fix_time=NOON - 1, latitude=12.0)))
    assert len(newer) == 0
    assert table.latitude[1] == 10.0
    assert table.sequence == before


def test_of_several_rows_of_a_device_the_newest_counts() -> None:
    table = a_table(a_device(1), a_device(2))
    newer = table.apply(
        rows_of(a_row(2), a_row(1, fix_time=NOON + 2, latitude=12.0), a_row(1, fix_time=NOON + 1, latitude=11.0))
    )
    assert newer["device"].tolist() == [1, 2]
    assert newer["latitude"][0] == table.latitude[1] == 12.0


@settings(max_examples=60)
@given(st.lists(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 20), st.floats(-90, 90)), max_size=8), max_size=6))
def test_the_table_holds_the_newest_of_each_device_however_rows_arrive(
    batches: list[list[tuple[int, int, float]]],
) -> None:
    table = a_table(*map(a_device, range(6)))
    newest: dict[int, int] = {}
    for batch in batches:
        table.apply(rows_of(*(a_row(key, fix_time=NOON + at, latitude=place) for key, at, place in batch)))
        for key, at, _ in batch:
            newest[key] = max(newest.get(key, -1), at)
    assert {key: int(table.fix_time[key]) - NOON for key in newest} == newest
    assert set(np.flatnonzero(table.shown).tolist()) == set(newest)


def test_every_change_has_its_number() -> None:
    table = a_table(a_device(1), a_device(2))
    table.apply(rows_of(a_row(1), a_row(2)))
    seen = table.sequence
    table.apply(rows_of(a_row(2, fix_time=NOON + 1)))
    assert np.flatnonzero(table.changed > seen).tolist() == [2]


def test_keys_far_beyond_the_registry_are_passed_over() -> None:
    table = a_table(a_device(1))
    assert len(table.apply(rows_of(a_row(4_000_000_000)))) == 0
    assert table.size < 10_000


def test_columns_grow_and_keep_what_they_hold() -> None:
    table = a_table(a_device(1, stale_after_s=5.0))
    table.apply(rows_of(a_row(1)))
    table.describe([a_device(5_000)])
    assert table.latitude[1] == 51.1
    assert table.stale_after[[1, 4_000]].tolist() == [5 * SECOND, 60 * SECOND]


def test_a_member_with_two_devices_is_shown_at_the_one_with_the_newest_fix() -> None:
    table = a_table(a_device(1, member=7), a_device(2, member=7))
    table.apply(rows_of(a_row(1), a_row(2, fix_time=NOON + 1)))
    assert np.flatnonzero(table.shown).tolist() == [2]
    before = table.sequence
    table.apply(rows_of(a_row(1, fix_time=NOON + 2)))
    assert np.flatnonzero(table.shown).tolist() == [1]
    assert (table.changed[[1, 2]] > before).all()


def test_when_one_of_two_devices_is_retired_the_other_shows_the_member() -> None:
    table = a_table(a_device(1, member=7), a_device(2, member=7))
    table.apply(rows_of(a_row(1), a_row(2, fix_time=NOON + 1)))
    table.describe([a_device(2, member=7, retired=True)])
    assert np.flatnonzero(table.shown).tolist() == [1]
    table.apply(rows_of(a_row(2, fix_time=NOON + 5)))
    assert np.flatnonzero(table.shown).tolist() == [1]


def test_a_device_that_is_handed_over_shows_its_new_carrier_and_the_old_ones_other_device() -> None:
    table = a_table(a_device(1, member=7), a_device(2, member=7))
    table.apply(rows_of(a_row(1), a_row(2, fix_time=NOON + 1)))
    table.describe([a_device(2, member=8)])
    assert np.flatnonzero(table.shown).tolist() == [1, 2]
    assert not table.shares[[1, 2]].any()


def test_a_retired_device_leaves_the_map() -> None:
    table = a_table(a_device(1))
    table.apply(rows_of(a_row(1)))
    table.describe([a_device(1, retired=True)])
    assert not table.shown[1]


def test_what_the_registry_repeats_changes_nothing() -> None:
    table = a_table(a_device(1))
    before = table.sequence
    table.describe([a_device(1)])
    assert table.sequence == before


def test_a_change_of_who_it_is_is_numbered_by_itself() -> None:
    table = a_table(a_device(1), a_device(2))
    before = table.sequence
    table.describe([a_device(2, post="patrol")])
    assert np.flatnonzero(table.described > before).tolist() == [2]
    assert table.post[2] == table.posts["patrol"]


def test_presence_ages_and_the_change_is_numbered() -> None:
    table = a_table(a_device(1))
    table.apply(rows_of(a_row(1)))
    assert table.presence[1] == Presence.ONLINE
    before = table.sequence
    assert table.look(NOON + 30 * SECOND).tolist() == []
    assert table.sequence == before
    assert table.look(NOON + 61 * SECOND).tolist() == [1]
    assert (table.presence[1], table.changed[1]) == (Presence.STALE, table.sequence)
    table.look(NOON + 700 * SECOND)
    assert (table.presence[1], table.silence[1]) == (Presence.SILENT, Silence.LINK)


def test_a_silent_device_that_reports_is_online_at_once() -> None:
    table = a_table(a_device(1))
    table.apply(rows_of(a_row(1)))
    table.look(NOON + 700 * SECOND)
    table.apply(rows_of(a_row(1, fix_time=NOON + 701 * SECOND)))
    assert (table.presence[1], table.silence[1]) == (Presence.ONLINE, Silence.NONE)


def test_a_device_heard_without_a_fix_is_silent_for_that_reason() -> None:
    table = a_table(a_device(1))
    table.apply(rows_of(a_row(1)))
    assert len(table.apply(rows_of(heard(1, NOON + 650 * SECOND)))) == 0
    table.look(NOON + 700 * SECOND)
    assert (table.presence[1], table.silence[1]) == (Presence.SILENT, Silence.NO_FIX)


def test_a_late_fix_is_a_sign_of_life() -> None:
    table = a_table(a_device(1))
    table.apply(rows_of(a_row(1)))
    table.apply(rows_of(a_row(1, fix_time=NOON - SECOND, received_at=NOON + 650 * SECOND)))
    assert table.heard_at[1] == NOON + 650 * SECOND
    assert table.fix_time[1] == NOON


def test_rows_come_out_as_they_went_in() -> None:
    table = a_table(a_device(4))
    sent = rows_of(a_row(4, speed=1.5, battery=0.5, moving=1, cell=0x8A1FB46622DFFFF))
    table.apply(sent)
    assert table.rows(np.array([4])).tobytes() == sent.tobytes()


def test_a_device_never_heard_of_has_no_position() -> None:
    assert a_table(a_device(1)).fix_time[1] == NEVER
