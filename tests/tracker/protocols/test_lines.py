"""Lines out of a byte stream, however it is cut."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tracker.protocols.lines import LineFramer

LINES = st.lists(st.binary(min_size=1, max_size=40).filter(lambda line: not set(line) & set(b"\r\n")), max_size=12)
ENDS = st.sampled_from([b"\n", b"\r\n", b"\r"])


@given(LINES, ENDS, st.data())
def test_a_cut_changes_nothing(lines: list[bytes], end: bytes, data: st.DataObject) -> None:
    stream = b"".join(line + end for line in lines)
    cut = data.draw(st.integers(0, len(stream)))
    framer = LineFramer(64)
    assert framer.feed(stream[:cut]) + framer.feed(stream[cut:]) == lines
    assert not framer.holds_part


@given(LINES)
def test_byte_by_byte_is_the_same(lines: list[bytes]) -> None:
    framer = LineFramer(64)
    stream = b"".join(line + b"\r\n" for line in lines)
    assert [line for byte in stream for line in framer.feed(bytes([byte]))] == lines


def test_a_line_too_long_is_dropped_and_the_next_one_comes() -> None:
    framer = LineFramer(10)
    assert framer.feed(b"x" * 11) == []
    assert framer.feed(b"y" * 10_000) == []
    assert framer.holds_part
    assert framer.feed(b"z\nnext\n") == [b"next"]
    assert framer.too_long == 1


def test_an_endless_line_is_held_in_bounded_memory() -> None:
    framer = LineFramer(100)
    for _ in range(1_000):
        framer.feed(b"x" * 1_000)
    assert len(framer._held) <= 100


def test_the_end_of_a_stream_is_its_last_line() -> None:
    framer = LineFramer(10)
    framer.feed(b"one\ntwo")
    assert framer.flush() == [b"two"]
    assert framer.flush() == []
