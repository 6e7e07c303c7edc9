from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.history import spool as spool_module
from tracker.history.spool import NotASpool, Spool, SpoolFull

MIB = 1 << 20


def everything(spool: Spool) -> list[bytes]:
    taken = []
    while (record := spool.peek()) is not None:
        taken.append(record)
        spool.take()
    return taken


def test_records_come_out_in_the_order_they_went_in(tmp_path: Path) -> None:
    spool = Spool(tmp_path, limit=MIB)
    for record in (b"a", b"", b"ccc"):
        spool.append(record)
    assert spool.peek() == b"a"
    assert everything(spool) == [b"a", b"", b"ccc"]
    assert spool.size == 0
    spool.close()


def test_an_ended_program_leaves_its_records_to_the_next(tmp_path: Path) -> None:
    first = Spool(tmp_path, limit=MIB)
    first.append(b"one")
    first.append(b"two")
    first.close()
    second = Spool(tmp_path, limit=MIB)
    second.append(b"three")
    assert everything(second) == [b"one", b"two", b"three"]
    second.close()
    assert Spool(tmp_path, limit=MIB).size == 0


def test_an_empty_spool_leaves_no_file(tmp_path: Path) -> None:
    spool = Spool(tmp_path, limit=MIB)
    spool.append(b"one")
    spool.take()
    assert list(tmp_path.iterdir()) == []
    spool.append(b"two")
    assert everything(spool) == [b"two"]
    spool.close()


@given(st.lists(st.binary(max_size=20), min_size=1, max_size=5), st.data())
def test_a_file_torn_anywhere_keeps_every_whole_record(
    tmp_path_factory: pytest.TempPathFactory, records: list[bytes], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("spool")
    spool = Spool(folder, limit=MIB)
    for record in records:
        spool.append(record)
    spool.close()
    [file] = folder.iterdir()
    whole = file.read_bytes()
    cut = data.draw(st.integers(0, len(whole)))
    file.write_bytes(whole[:cut])
    ends = [8 + sum(8 + len(one) for one in records[: n + 1]) for n in range(len(records))]
    assert everything(Spool(folder, limit=MIB)) == records[: sum(end <= cut for end in ends)]


def test_a_record_with_a_flipped_bit_and_what_follows_is_cut_off(tmp_path: Path) -> None:
    spool = Spool(tmp_path, limit=MIB)
    for record in (b"first", b"second", b"third"):
        spool.append(record)
    spool.close()
    [file] = tmp_path.iterdir()
    file.write_bytes(file.read_bytes().replace(b"second", b"sekond"))
    assert everything(Spool(tmp_path, limit=MIB)) == [b"first"]


def test_a_full_spool_says_so_and_takes_again_when_there_is_room(tmp_path: Path) -> None:
    spool = Spool(tmp_path, limit=100)
    spool.append(bytes(60))
    with pytest.raises(SpoolFull, match="100 bytes"):
        spool.append(bytes(60))
    assert everything(spool) == [bytes(60)]
    spool.append(bytes(60))
    spool.close()


def test_long_queues_are_cut_into_segments_that_go_as_they_are_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spool_module, "_SEGMENT_BYTES", 64)
    spool = Spool(tmp_path, limit=MIB)
    records = [bytes([n]) * 30 for n in range(10)]
    for record in records:
        spool.append(record)
    many = len(list(tmp_path.iterdir()))
    assert many > 3
    for _ in range(6):
        spool.take()
    assert len(list(tmp_path.iterdir())) < many
    spool.close()
    left = everything(Spool(tmp_path, limit=MIB))
    assert left == records[-len(left) :]
    assert len(left) >= 4


def test_a_spool_of_another_version_is_not_touched(tmp_path: Path) -> None:
    strange = tmp_path / "0000000001.spool"
    strange.write_bytes(b"GWSPOOL9 whatever this is")
    with pytest.raises(NotASpool):
        Spool(tmp_path, limit=MIB)
    assert strange.read_bytes() == b"GWSPOOL9 whatever this is"
