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


def files(directory: Path) -> list[Path]:
    return sorted(directory.glob("*/*.spool"))


def left_in(directory: Path) -> list[bytes]:
    """What the next program finds."""
    spool = Spool(directory, limit=MIB)
    records = everything(spool)
    spool.close()
    return records


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
    third = Spool(tmp_path, limit=MIB)
    assert third.size == 0
    third.close()


def test_an_empty_spool_leaves_no_file(tmp_path: Path) -> None:
    spool = Spool(tmp_path, limit=MIB)
    spool.append(b"one")
    spool.take()
    assert files(tmp_path) == []
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
    [file] = files(folder)
    whole = file.read_bytes()
    cut = data.draw(st.integers(0, len(whole)))
    file.write_bytes(whole[:cut])
    ends = [8 + sum(8 + len(one) for one in records[: n + 1]) for n in range(len(records))]
    assert left_in(folder) == records[: sum(end <= cut for end in ends)]


def test_a_record_with_a_flipped_bit_and_what_follows_is_cut_off(tmp_path: Path) -> None:
    spool = Spool(tmp_path, limit=MIB)
    for record in (b"first", b"second", b"third"):
        spool.append(record)
    spool.close()
    [file] = files(tmp_path)
    file.write_bytes(file.read_bytes().replace(b"second", b"sekond"))
    assert left_in(tmp_path) == [b"first"]


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
    many = len(files(tmp_path))
    assert many > 3
    for _ in range(6):
        spool.take()
    assert len(files(tmp_path)) < many
    spool.close()
    left = left_in(tmp_path)
    assert left == records[-len(left) :]
    assert len(left) >= 4


def test_two_processes_on_one_directory_do_not_meet(tmp_path: Path) -> None:
    first, second = Spool(tmp_path, limit=MIB), Spool(tmp_path, limit=MIB)
    first.append(b"mine")
    second.append(b"yours")
    assert everything(first) == [b"mine"]
    assert everything(second) == [b"yours"]
    first.close()
    second.close()


def test_what_ended_processes_left_goes_to_the_one_that_starts(tmp_path: Path) -> None:
    spools = [Spool(tmp_path, limit=MIB) for _ in range(3)]
    for number, spool in enumerate(spools):
        spool.append(bytes([number]))
    spools[0].close()
    spools[2].close()
    assert left_in(tmp_path) == [b"\0", b"\2"]
    assert everything(spools[1]) == [b"\1"]
    spools[1].close()


def test_a_spool_of_another_version_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "0").mkdir()
    strange = tmp_path / "0" / "0000000001.spool"
    strange.write_bytes(b"GWSPOOL9 whatever this is")
    with pytest.raises(NotASpool):
        Spool(tmp_path, limit=MIB)
    assert strange.read_bytes() == b"GWSPOOL9 whatever this is"
