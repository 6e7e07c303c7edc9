from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.tracker.live.builders import NOON, a_row, rows_of
from tracker.bus.blobs import CROSSING_ROW, SENDER_BYTES, SHARDS, Blob, Numbers, blobs_of, read_blob
from tracker.model.crossing import Crossing, CrossingKind

ME = bytes(range(SENDER_BYTES))


def a_blob(number: int, *, sender: bytes = ME, shard: int = 0) -> Blob:
    return Blob(shard, sender, number, rows_of(), [])


def a_crossing(device: int, kind: CrossingKind = CrossingKind.ENTER) -> Crossing:
    return Crossing(geofence=9, device=device, kind=kind, fix_time=NOON, latitude=51.1, longitude=-71.4)


@given(
    st.lists(st.integers(0, 50), max_size=30), st.lists(st.tuples(st.integers(0, 50), st.sampled_from(CrossingKind)))
)
def test_rows_and_crossings_come_back_shard_by_shard(
    devices: list[int], crossed: list[tuple[int, CrossingKind]]
) -> None:
    sent, crossings = rows_of(*map(a_row, devices)), [a_crossing(*one) for one in crossed]
    numbers = [0] * SHARDS
    found = [read_blob(blob) for _, blob in blobs_of(sent, crossings, ME, numbers)]
    blobs = [blob for blob in found if blob is not None]
    assert len(blobs) == len(found) == sum(numbers)
    assert sorted(row.tobytes() for blob in blobs for row in blob.rows) == sorted(row.tobytes() for row in sent)
    assert sorted((one for blob in blobs for one in blob.crossings), key=repr) == sorted(crossings, key=repr)
    for blob in blobs:
        assert {device % SHARDS for device in blob.rows["device"].tolist()} <= {blob.shard}
        assert {one.device % SHARDS for one in blob.crossings} <= {blob.shard}
        assert (blob.sender, blob.number) == (ME, 1)


@given(st.binary(max_size=300))
def test_what_is_not_a_blob_is_none(junk: bytes) -> None:
    assert read_blob(junk) is None


def test_a_blob_that_was_cut_or_made_longer_is_none() -> None:
    [(_, whole)] = blobs_of(rows_of(a_row(4), a_row(8)), [a_crossing(4)], ME, [0] * SHARDS)
    assert read_blob(whole) is not None
    without_crossing = len(whole) - CROSSING_ROW.itemsize  # is a blob, too: its number is what tells of a loss
    for cut in set(range(len(whole))) - {without_crossing}:
        assert read_blob(whole[:cut]) is None
    assert read_blob(whole + b"x") is None


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
