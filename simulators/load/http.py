"""HTTP load on raw keep-alive sockets: batches of our JSON, or one fix a request in OsmAnd's form."""

from __future__ import annotations

import select
import socket
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import ExitStack

import numpy as np
import orjson

from simulators.addresses import Address
from simulators.clients.protocols import Handheld
from simulators.encoders.json_fixes import fixes_body
from simulators.encoders.osmand import query
from simulators.fleet.reports import Sample
from simulators.load.answers import BadAnswer, read_answer
from simulators.load.lines import SPEED_MPS, circling
from simulators.load.result import LoadResult, Pace

__all__ = ["json_load", "osmand_load"]

CONNECT_TIMEOUT_S = 10.0
ANSWER_TIMEOUT_S = 30.0
_TICK_S = 0.005

Request = Callable[[int, int], bytes]
"""The request number `turn` of connection `number`."""
Accepted = Callable[[bytes], int]
"""How many fixes a 200's body says were taken."""


def json_load(
    address: Address, devices: Sequence[Handheld], *, rate: float, duration_s: float, batch: int = 100
) -> LoadResult:
    """Batches to `/api/v1/fixes`, a connection a device, one request on each at a time. rate: fixes a second in all."""
    samples = _samples_from_now(1000 * len(devices) / rate)

    def request(number: int, turn: int) -> bytes:
        body = fixes_body(samples(number, turn * batch, batch))
        return (
            f"POST /api/v1/fixes HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {devices[number].token}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        ).encode() + body

    def accepted(body: bytes) -> int:
        return int(orjson.loads(body)["accepted"])

    load = _Load(address, len(devices), request, accepted, fixes=batch, depth=1)
    return load.run(Pace(rate / batch, duration_s))


def osmand_load(
    address: Address, devices: Sequence[Handheld], *, rate: float, duration_s: float, depth: int = 1
) -> LoadResult:
    """One fix a GET, a connection a device, `depth` requests on each at a time. rate: fixes a second in all."""
    samples = _samples_from_now(1000 * len(devices) / rate)

    def request(number: int, turn: int) -> bytes:
        (sample,) = samples(number, turn, 1)
        who = devices[number]
        return f"GET /?{query(who.device, sample, who.token)} HTTP/1.1\r\nHost: {address}\r\n\r\n".encode()

    load = _Load(address, len(devices), request, lambda body: 1, fixes=1, depth=depth)
    return load.run(Pace(rate, duration_s))


def _samples_from_now(spacing_ms: float) -> Callable[[int, int, int], list[Sample]]:
    """A function of device, first and count: the fixes `first` to `first + count` of a device that begins now.

    Raises ValueError when two fixes of a device would share a time.
    """
    if spacing_ms < 1:
        raise ValueError("fix times are milliseconds: at most 1,000 fixes a second and device")
    start_ms = time.time_ns() // 1_000_000

    def samples(device: int, first: int, count: int) -> list[Sample]:
        time_ms = start_ms + (np.arange(first, first + count) * spacing_ms).astype(np.int64)
        columns = circling(np.full(count, device), time_ms)
        rows = zip(time_ms.tolist(), *(np.round(column, 7).tolist() for column in columns), strict=True)
        return [Sample(at, north, east, SPEED_MPS, round(course, 1)) for at, north, east, course in rows]

    return samples


class _Link:
    """One connection: `turn` requests were made; since: when each one on the way was written."""

    def __init__(self, number: int, connection: socket.socket) -> None:
        self.number, self.connection = number, connection
        self.turn = 0
        self.since: deque[float] = deque()
        self.received, self.unsent = bytearray(), bytearray()


class _Load:
    """Requests at a pace, each on a connection with room; a lost connection is counted and not opened again."""

    def __init__(
        self, address: Address, connections: int, request: Request, accepted: Accepted, *, fixes: int, depth: int
    ) -> None:
        self._address, self._connections, self._depth = address, connections, depth
        self._request, self._accepted, self._fixes = request, accepted, fixes
        self._result = LoadResult()
        self._links: dict[int, _Link] = {}
        self._free: deque[_Link] = deque()

    def run(self, pace: Pace) -> LoadResult:
        """Send until the pace is over, then wait for the answers."""
        with ExitStack() as stack, select.epoll() as epoll:
            self._open(stack, epoll)
            made = 0
            while not pace.is_over and self._links:
                while made < pace.due() and self._free:
                    self._ask(epoll, self._free.popleft())
                    made += 1
                self._poll(epoll)
            deadline = time.monotonic() + ANSWER_TIMEOUT_S
            while any(link.since for link in self._links.values()) and time.monotonic() < deadline:
                self._poll(epoll)
        return pace.finish(self._result)

    def _open(self, stack: ExitStack, epoll: select.epoll) -> None:
        for number in range(self._connections):
            where = (self._address.host, self._address.port)
            connection = stack.enter_context(socket.create_connection(where, timeout=CONNECT_TIMEOUT_S))
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection.setblocking(False)
            link = _Link(number, connection)
            self._links[connection.fileno()] = link
            self._free.extend([link] * self._depth)
            epoll.register(connection.fileno(), select.EPOLLIN)

    def _ask(self, epoll: select.epoll, link: _Link) -> None:
        if link.connection.fileno() not in self._links:
            return
        link.unsent += self._request(link.number, link.turn)
        link.turn += 1
        link.since.append(time.perf_counter())
        self._result.sent += self._fixes
        self._write(epoll, link)

    def _write(self, epoll: select.epoll, link: _Link) -> None:
        try:
            written = link.connection.send(link.unsent)
        except BlockingIOError:
            written = 0
        except OSError:
            self._lose(epoll, link)
            return
        del link.unsent[:written]
        epoll.modify(link.connection.fileno(), select.EPOLLIN | (select.EPOLLOUT if link.unsent else 0))

    def _poll(self, epoll: select.epoll) -> None:
        for file, events in epoll.poll(_TICK_S):
            link = self._links.get(file)
            if link is not None and events & select.EPOLLOUT:
                self._write(epoll, link)
            if file in self._links and link is not None and events & ~select.EPOLLOUT:
                self._read(epoll, link)

    def _read(self, epoll: select.epoll, link: _Link) -> None:
        try:
            data = link.connection.recv(1 << 16)
            link.received += data
            while data and (answer := read_answer(link.received)) is not None:
                self._answered(link, *answer)
        except BlockingIOError:
            return
        except (OSError, BadAnswer):
            data = b""
        if not data:
            self._lose(epoll, link)

    def _answered(self, link: _Link, status: int, body: bytes) -> None:
        if not link.since:
            raise BadAnswer("an answer without a request")
        self._result.latencies_s.append(time.perf_counter() - link.since.popleft())
        self._free.append(link)
        if status != 200:
            self._result.errors += 1
            return
        accepted = self._accepted(body)
        self._result.acknowledged += accepted
        self._result.rejected += self._fixes - accepted

    def _lose(self, epoll: select.epoll, link: _Link) -> None:
        self._result.errors += 1
        epoll.unregister(link.connection.fileno())
        del self._links[link.connection.fileno()]
        link.connection.close()
