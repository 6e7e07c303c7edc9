from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.tracker.live.builders import a_row, rows_of
from tracker.bus.blobs import SENDER_BYTES, SHARDS, Blob, Numbers, blobs_of, read_blob

ME = bytes(range(SENDER_BYTES))


def a_blob(number: int, *, sender: bytes = ME, shard: int = 0) -> Blob:
    return Blob(shard, sender, number, rows_of())


@given(st.lists(st.integers(0, 50), max_size=30))
def test_rows_come_back_shard_by_shard(devices: list[int]) -> None:
    sent = rows_of(*map(a_row, devices))
    numbers = [0] * SHARDS
    found = [read_blob(blob) for _, blob in blobs_of(sent, ME, numbers)]
    assert sorted(row.tobytes() for blob in found if blob for row in blob.rows) == sorted(r.tobytes() for r in sent)
    for blob in found:
        assert blob is not None
        assert (blob.rows["device"] % SHARDS == blob.shard).all()
        assert (blob.sender, blob.number) == (ME, 1)
    assert sum(numbers) == len(np.unique(sent["device"] % SHARDS))


@given(st.binary(max_size=200), st.integers(0, 300))
def test_what_is_not_a_blob_is_none(junk: bytes, cut: int) -> None:
    [(_, whole)] = blobs_of(rows_of(a_row(4)), ME, [0] * SHARDS)
    assert read_blob(junk) is None
    complete = cut == 32 or cut >= len(whole)  # a header alone is a blob without rows
    assert (read_blob(whole[:cut]) is not None) == complete


def test_a_missing_number_is_noticed_once() -> None:
    numbers = Numbers()
    assert [numbers.follows(a_blob(number)) for number in (5, 6, 9, 10)] == [True, True, False, True]


def test_senders_and_shards_count_by_themselves() -> None:
    numbers = Numbers()
    assert numbers.follows(a_blob(1))
    assert numbers.follows(a_blob(7, shard=1))
    assert numbers.follows(a_blob(9, sender=b"x" * SENDER_BYTES))
    assert numbers.follows(a_blob(2))


def test_many_senders_do_not_fill_the_memory() -> None:
    numbers = Numbers()
    for sender in range(5_000):
        numbers.follows(a_blob(1, sender=sender.to_bytes(SENDER_BYTES, "big")))
    assert numbers.follows(a_blob(9, sender=(0).to_bytes(SENDER_BYTES, "big")))  # forgotten: its first again
    assert not numbers.follows(a_blob(9, sender=(4_999).to_bytes(SENDER_BYTES, "big")))
