from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from simulators.load.writers import Writers

MESSAGE = 1024


@pytest.fixture
def pairs() -> Iterator[list[tuple[socket.socket, socket.socket]]]:
    """Two connections whose buffers hold little: (ours, the peer's)."""
    made = [socket.socketpair() for _ in range(2)]
    for ours, theirs in made:
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        ours.setblocking(False)
        theirs.setblocking(False)
    yield made
    for ours, theirs in made:
        ours.close()
        theirs.close()


def messages(first: int, count: int) -> bytes:
    return b"".join(b"%08d" % number * (MESSAGE // 8) for number in range(first, first + count))


def received(peer: socket.socket) -> bytes:
    data = b""
    while True:
        try:
            more = peer.recv(1 << 16)
        except BlockingIOError:
            return data
        if not more:
            return data
        data += more


def test_what_a_full_connection_cannot_take_follows_in_order(
    pairs: list[tuple[socket.socket, socket.socket]],
) -> None:
    writers = Writers([ours for ours, _ in pairs])
    for round_ in range(100):
        writers.write(0, messages(2 * round_, 2), MESSAGE)
    assert writers.blocked > 0
    came = [b"", b""]
    while writers.blocked:
        for number, (_, theirs) in enumerate(pairs):
            came[number] += received(theirs)
        writers.wait(1)
    for number, (_, theirs) in enumerate(pairs):
        came[number] += received(theirs)
        assert came[number] == b"".join(messages(2 * round_ + number, 1) for round_ in range(100))
    writers.flush(1)
    assert (writers.lost, writers.errors) == (0, 0)


def test_messages_go_round_from_the_connection_named(pairs: list[tuple[socket.socket, socket.socket]]) -> None:
    writers = Writers([ours for ours, _ in pairs])
    writers.write(1, messages(0, 2), MESSAGE)
    writers.flush(1)
    assert received(pairs[1][1]) == messages(0, 1)
    assert received(pairs[0][1]) == messages(1, 1)


def test_a_broken_connection_is_counted_once_and_what_it_did_not_take_is_lost(
    pairs: list[tuple[socket.socket, socket.socket]],
) -> None:
    writers = Writers([ours for ours, _ in pairs])
    pairs[0][1].close()
    for _ in range(3):
        writers.write(0, messages(0, 2), MESSAGE)
    writers.flush(1)
    assert (writers.errors, writers.lost, writers.blocked) == (1, 3 * MESSAGE, 0)
    assert received(pairs[1][1]) == messages(1, 1) * 3


def test_flushing_ends_in_time_when_nobody_reads(pairs: list[tuple[socket.socket, socket.socket]]) -> None:
    writers = Writers([ours for ours, _ in pairs])
    writers.write(0, messages(0, 400), MESSAGE)
    writers.flush(0.05)
    assert writers.blocked > 0
