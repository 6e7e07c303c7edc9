from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulators.load.answers import BadAnswer, read_answer

WHOLE = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\ncontent-length: 5\r\n\r\nhello"


def test_answers_are_taken_one_after_the_other() -> None:
    held = bytearray(WHOLE + b"HTTP/1.1 503 X\r\nContent-Length: 0\r\n\r\n" + b"HTT")
    assert read_answer(held) == (200, b"hello")
    assert read_answer(held) == (503, b"")
    assert read_answer(held) is None
    assert held == b"HTT"


@given(st.integers(0, len(WHOLE) - 1))
def test_a_cut_answer_is_not_taken(cut: int) -> None:
    held = bytearray(WHOLE[:cut])
    assert read_answer(held) is None
    held += WHOLE[cut:]
    assert read_answer(held) == (200, b"hello")


@pytest.mark.parametrize(
    "bad",
    [
        b"HTTP/1.1 200 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
        b"SSH-2.0\r\nContent-Length: 0\r\n\r\n",
        b"x" * 20_000,
    ],
)
def test_what_is_no_answer_is_refused(bad: bytes) -> None:
    with pytest.raises(BadAnswer):
        read_answer(bytearray(bad))


@given(st.binary(max_size=200))
def test_no_bytes_give_another_error(data: bytes) -> None:
    try:
        read_answer(bytearray(data))
    except BadAnswer:
        return
