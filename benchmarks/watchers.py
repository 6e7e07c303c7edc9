"""Viewers of /live in a process of their own: they subscribe, take every byte and look at nothing but frame headers.

python -m benchmarks.watchers PORT COUNT BOXES, BOXES being how many different boxes they ask for (0: none has one).
Prints "ready" when everybody has the snapshot; at the end of its input a line of JSON: frames, bytes, and the latency
from the server's clock in the frame to its last byte here.
"""

from __future__ import annotations

import json
import os
import selectors
import socket
import struct
import sys
import time
from collections.abc import Sequence

import numpy as np

_UPGRADE = (
    b"GET /live HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\nAuthorization: Bearer bench\r\n\r\n"
)
_LIVE_HEADER = struct.Struct("<4sIQq")
_PING, _PONG_EMPTY = 9, b"\x8a\x80\0\0\0\0"


class Watcher:
    """One connection; keeps what is unread of the frame under way only."""

    def __init__(self, port: int, bbox: list[float] | None) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.sendall(_UPGRADE)
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += self.socket.recv(1)
        assert answer.startswith(b"HTTP/1.1 101"), answer
        message = json.dumps({"type": "subscribe", "bbox": bbox}).encode()
        assert len(message) < 126
        self.socket.sendall(bytes([0x81, 0x80 | len(message)]) + b"\0\0\0\0" + message)
        self.socket.setblocking(False)
        self.frames = self.bytes = 0
        self.latencies: list[float] = []
        self._head = b""
        self._left = 0
        self._sent_ms = 0

    def read(self) -> bool:
        """Take what is there; False when the server hung up."""
        data = self.socket.recv(1 << 20)
        self.bytes += len(data)
        at, end = 0, len(data)
        while at < end:
            if self._left:
                step = min(self._left, end - at)
                at, self._left = at + step, self._left - step
                if not self._left and self._sent_ms:
                    self._done()
                continue
            self._head += data[at : at + 1]
            at += 1
            if self._is_whole():
                self._begin()
        return bool(data)

    def _is_whole(self) -> bool:
        """Whether the header is here, of a binary frame the start of ours too."""
        return len(self._head) >= 2 and len(self._head) == self._header_length() + (24 if self._head[0] == 0x82 else 0)

    def _header_length(self) -> int:
        return 2 + {126: 2, 127: 8}.get(self._head[1], 0)

    def _begin(self) -> None:
        header = self._header_length()
        length = int.from_bytes(self._head[2:header], "big") if header > 2 else self._head[1]
        self._sent_ms = 0
        if self._head[0] == 0x82:
            self._sent_ms = _LIVE_HEADER.unpack_from(self._head, header)[3]
        elif self._head[0] & 0xF == _PING:
            self.socket.send(_PONG_EMPTY)
        self._left = length - (len(self._head) - header)
        self._head = b""
        if not self._left and self._sent_ms:
            self._done()

    def _done(self) -> None:
        self.frames += 1
        self.latencies.append(time.time() * 1000 - self._sent_ms)
        self._sent_ms = 0


def main(argv: Sequence[str]) -> None:
    port, count, boxes = map(int, argv)
    selector = selectors.DefaultSelector()
    watchers = []
    for number in range(count):
        bbox = [-180.0, -90.0 + (number % boxes) / 1000, 180.0, 90.0] if boxes else None
        watchers.append(Watcher(port, bbox))
        selector.register(watchers[-1].socket, selectors.EVENT_READ, watchers[-1])
    selector.register(sys.stdin.fileno(), selectors.EVENT_READ, None)
    is_ready = False
    while True:
        for key, _ in selector.select():
            if key.data is None:
                os.read(sys.stdin.fileno(), 100)
                _report(watchers)
                return
            if not key.data.read():
                selector.unregister(key.fileobj)
        if not is_ready and all(watcher.frames for watcher in watchers):
            is_ready = True
            for watcher in watchers:
                watcher.frames, watcher.bytes, watcher.latencies = 0, 0, []
            print("ready", flush=True)


def _report(watchers: list[Watcher]) -> None:
    latencies = np.concatenate([watcher.latencies for watcher in watchers])
    p50, p99 = np.percentile(latencies, [50, 99]) if len(latencies) else (0.0, 0.0)
    frames = sum(watcher.frames for watcher in watchers)
    total = sum(watcher.bytes for watcher in watchers)
    print(json.dumps({"frames": frames, "bytes": total, "p50_ms": float(p50), "p99_ms": float(p99)}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
