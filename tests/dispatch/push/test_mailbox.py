from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch.push.mailbox import Delta, Mailbox
from dispatch.push.subscription import Coverage, Subscription
from tests.tracker.live.builders import NOON, SECOND, a_device, a_row, a_table, rows_of
from tracker.live.table import LiveTable

BOX = (71.0, 51.0, 72.0, 52.0)
KEYS = st.integers(1, 5)


def news(mailbox: Mailbox, table: LiveTable) -> Delta:
    return mailbox.advance(table, np.flatnonzero(table.changed > 0))


def told(delta: Delta) -> tuple[list[int], list[int], list[int]]:
    return delta.came.tolist(), delta.left.tolist(), delta.moved.tolist()


def a_mailbox(table: LiveTable) -> Mailbox:
    return Mailbox(Subscription(frozenset({1}), BOX), table)


def test_who_is_there_at_the_start_is_known() -> None:
    table = a_table(a_device(1), a_device(2, organisation=2))
    table.apply(rows_of(a_row(1), a_row(2)))
    mailbox = a_mailbox(table)
    assert mailbox.everybody().tolist() == [1]
    assert not news(mailbox, table)


def test_coming_moving_and_leaving_are_told_once() -> None:
    table = a_table(a_device(1), a_device(2))
    mailbox = a_mailbox(table)
    table.apply(rows_of(a_row(1)))
    assert told(news(mailbox, table)) == ([1], [], [1])
    table.apply(rows_of(a_row(1, fix_time=NOON + 1)))
    assert told(news(mailbox, table)) == ([], [], [1])
    table.apply(rows_of(a_row(1, fix_time=NOON + 2, longitude=73.0)))
    assert told(news(mailbox, table)) == ([], [1], [])
    table.apply(rows_of(a_row(1, fix_time=NOON + 3, longitude=74.0)))
    assert not news(mailbox, table)


def test_keys_that_were_never_seen_are_not_named_when_they_change() -> None:
    table = a_table(a_device(1, organisation=2))
    mailbox = a_mailbox(table)
    table.apply(rows_of(a_row(1)))
    assert not news(mailbox, table)
    assert not mailbox.since(table, mailbox.begun)


def test_a_new_name_is_told_again() -> None:
    table = a_table(a_device(1))
    table.apply(rows_of(a_row(1)))
    mailbox = a_mailbox(table)
    table.describe([a_device(1, post="patrol")])
    assert told(news(mailbox, table)) == ([1], [], [1])


def test_a_member_who_changes_organisation_leaves() -> None:
    table = a_table(a_device(1))
    table.apply(rows_of(a_row(1)))
    mailbox = a_mailbox(table)
    table.describe([a_device(1, organisation=2)])
    assert told(news(mailbox, table)) == ([], [1], [])


def test_a_change_of_presence_is_told() -> None:
    table = a_table(a_device(1))
    table.apply(rows_of(a_row(1)))
    mailbox = a_mailbox(table)
    table.look(NOON + 70 * SECOND)
    assert told(news(mailbox, table)) == ([], [], [1])


def test_one_who_was_away_is_told_the_newest_state_once() -> None:
    table = a_table(a_device(1), a_device(2), a_device(3))
    table.apply(rows_of(a_row(1), a_row(3)))
    mailbox = a_mailbox(table)
    stood = mailbox.sequence
    for at in range(1, 50):
        table.apply(rows_of(a_row(1, fix_time=NOON + at, latitude=51.0 + at / 100)))
        news(mailbox, table)
    table.apply(rows_of(a_row(2), a_row(3, fix_time=NOON + 1, latitude=0.0)))
    news(mailbox, table)
    assert told(mailbox.since(table, stood)) == ([2], [3], [1, 2])
    assert not mailbox.since(table, mailbox.sequence)


def test_it_reaches_back_to_its_beginning_and_no_further() -> None:
    table = a_table(a_device(1))
    table.apply(rows_of(a_row(1)))
    mailbox = a_mailbox(table)
    table.apply(rows_of(a_row(1, fix_time=NOON + 1)))
    news(mailbox, table)
    reached = [mailbox.reaches(mailbox.begun + step) for step in (-1, 0, 1, 2)]
    assert reached == [False, True, True, False]


def test_a_table_that_grew_is_held() -> None:
    table = a_table(a_device(1))
    mailbox = a_mailbox(table)
    table.describe([a_device(9_000)])
    table.apply(rows_of(a_row(9_000)))
    assert told(news(mailbox, table)) == ([9_000], [], [9_000])
    assert mailbox.covers(table, 9_000)
    assert not mailbox.covers(table, 1)
    assert not mailbox.covers(table, 1_000_000)


@settings(max_examples=120, deadline=None)
@given(st.lists(st.tuples(KEYS, st.sampled_from([71.5, 73.0]), st.sampled_from([1, 2]), st.booleans()), max_size=25))
def test_whoever_follows_every_delta_or_only_some_knows_just_who_is_seen_and_where(
    steps: list[tuple[int, float, int, bool]],
) -> None:
    """steps: a device moves to a longitude, or goes to an organisation; and whether the slow viewer reads then."""
    table = a_table(*map(a_device, range(1, 6)))
    subscription = Subscription(frozenset({1}), BOX)
    mailbox = Mailbox(subscription, table)
    viewers: list[dict[int, float]] = [{}, {}]
    slow_stands = mailbox.sequence
    for at, (key, longitude, organisation, reads) in enumerate(steps):
        if at % 3:
            table.apply(rows_of(a_row(key, fix_time=NOON + at, longitude=longitude)))
        else:
            table.describe([a_device(key, organisation=organisation)])
        follow(viewers[0], news(mailbox, table), table)
        if reads:
            follow(viewers[1], mailbox.since(table, slow_stands), table)
            slow_stands = mailbox.sequence
    follow(viewers[1], mailbox.since(table, slow_stands), table)
    rows = np.arange(table.size)
    seen = rows[Coverage(subscription).of(table, rows)].tolist()
    expected = {key: float(table.longitude[key]) for key in seen}
    assert viewers == [expected, expected]


def follow(known: dict[int, float], delta: Delta, table: LiveTable) -> None:
    """As a client does: forget who left, draw only who was introduced."""
    for key in delta.left.tolist():
        known.pop(key, None)
    introduced = set(known) | set(delta.came.tolist())
    known.update({key: float(table.longitude[key]) for key in delta.moved.tolist() if key in introduced})
