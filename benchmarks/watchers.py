"""Viewers of /live in a process of their own: they subscribe, take every byte and look at nothing but frame headers.

python -m benchmarks.watchers PORT COUNT BOXES, BOXES being how many different boxes they ask for (0: none has one;
"mqtt": they are subscribers of an MQTT broker's topic "live" instead). Prints "ready" when everybody has a first frame;
at the end of its input a line of JSON: frames, bytes, and the latency from the server's clock in the frame to its last
byte here.
"""

from __future__ import annotations

import json
import os
import selectors
import socket
import struct
import sys
import time
from collections.abc import Iterator, Sequence

import numpy as np

_UPGRADE = (
    b"GET /live HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\nAuthorization: Bearer bench\r\n\r\n"
)
_LIVE_HEADER = struct.Struct("<4sIQq")
_PING, _PONG_EMPTY = 9, b"\x8a\x80\0\0\0\0"
MQTT_CONNECT = b"\x10\x0c\x00\x04MQTT\x04\x02\x00\x00\x00\x00"  # MQTT 3.1.1, 3.1: nameless, clean, no keep-alive
_SUBSCRIBE = b"\x82\x09\x00\x01\x00\x04live\x00"
MQTT_TOPIC = b"\x00\x04live"


class Watcher:
    """One connection; keeps what is unread of the frame under way only."""

    def __init__(self, port: int, bbox: list[float] | None) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self._subscribe(bbox)
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

    def _subscribe(self, bbox: list[float] | None) -> None:
        self.socket.sendall(_UPGRADE)
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += self.socket.recv(1)
        assert answer.startswith(b"HTTP/1.1 101"), answer
        message = json.dumps({"type": "subscribe", "bbox": bbox}).encode()
        assert len(message) < 126
        self.socket.sendall(bytes([0x81, 0x80 | len(message)]) + b"\0\0\0\0" + message)

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


class Subscriber(Watcher):
    """Of an MQTT broker: a PUBLISH packet is its first byte, its length in sevens of bits, topic and our frame."""

    def _subscribe(self, bbox: list[float] | None) -> None:
        for packet, acknowledged in ((MQTT_CONNECT, 4), (_SUBSCRIBE, 5)):
            self.socket.sendall(packet)
            assert len(self.socket.recv(acknowledged, socket.MSG_WAITALL)) == acknowledged

    def _is_whole(self) -> bool:
        return len(self._head) > 1 and len(self._head) == self._header_length() + _LIVE_HEADER.size

    def _header_length(self) -> int:
        lengths = next((n for n in range(1, min(5, len(self._head))) if self._head[n] < 0x80), 4)
        return 1 + lengths + len(MQTT_TOPIC)

    def _begin(self) -> None:
        sevens = self._head[1 : self._header_length() - len(MQTT_TOPIC)]
        length = sum((one & 0x7F) << 7 * n for n, one in enumerate(sevens))
        self._sent_ms = _LIVE_HEADER.unpack_from(self._head, self._header_length())[3]
        self._left = length - len(MQTT_TOPIC) - _LIVE_HEADER.size
        self._head = b""


def _watchers_of(port: int, count: int, boxes: str) -> Iterator[Watcher]:
    for number in range(count):
        if boxes == "mqtt":
            yield Subscriber(port, None)
        else:
            south = -90.0 + number % max(1, int(boxes)) / 1000
            yield Watcher(port, [-180.0, south, 180.0, 90.0] if int(boxes) else None)


def main(argv: Sequence[str]) -> None:
    selector = selectors.DefaultSelector()
    watchers = list(_watchers_of(int(argv[0]), int(argv[1]), argv[2]))
    for watcher in watchers:
        selector.register(watcher.socket, selectors.EVENT_READ, watcher)
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
