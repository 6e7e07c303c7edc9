"""Every recorded message, cut at each length and with single bits turned: only DecodeError leaves a decoder."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest

from tests.tracker.protocols.vectors import VECTORS, lines_of
from tracker.protocols.errors import DecodeError
from tracker.protocols.gpslogger import read_gpslogger
from tracker.protocols.json_fixes import decode_fixes
from tracker.protocols.opengts import read_opengts
from tracker.protocols.osmand import read_osmand
from tracker.protocols.overland import decode_overland
from tracker.protocols.owntracks import decode_owntracks

NOW = 1_764_000_000_000_000
Decode = Callable[[bytes], object]


def by_query(read: Callable[[str, str, bytes], object]) -> Decode:
    def decode(message: bytes) -> object:
        return read(message.decode("utf-8", "surrogateescape"), "", b"").report(dialect="", received_at=NOW)  # type: ignore[attr-defined]  # a Claim

    return decode


def osmand_json(message: bytes) -> object:
    return read_osmand("", "application/json", message).report(dialect="", received_at=NOW)


def messages() -> Iterator[tuple[Decode, bytes]]:
    for vector in lines_of("osmand/traccar.jsonl"):
        message = vector["message"]
        if message["body"]:
            yield osmand_json, message["body"].encode()
        else:
            yield by_query(read_osmand), message["path"].partition("?")[2].encode()
    for vector in lines_of("owntracks/traccar.jsonl"):
        yield lambda body: decode_owntracks(body, received_at=NOW), vector["message"]["body"].encode()
    for vector in lines_of("gpslogger/custom_url.jsonl"):
        yield by_query(read_gpslogger), b"id=1&" + vector["message"].partition("?")[2].encode()
    for vector in lines_of("opengts/gpslogger.jsonl"):
        yield by_query(read_opengts), b"dev=1&gprmc=" + vector["message"].rpartition("=")[2].encode()
    batch = json.loads((VECTORS / "overland" / "readme_batch.json").read_text(encoding="utf-8"))["request"]["body"]
    yield lambda body: decode_overland(body, received_at=NOW), json.dumps(batch).encode()
    fix = {"time": "2026-11-24T01:02:03.123Z", "latitude": 26.0801, "longitude": 119.2965, "event": "sos", "n": [1]}
    yield lambda body: decode_fixes(body, device=1, received_at=NOW), json.dumps([fix] * 7).encode()


def hostile(message: bytes) -> Iterator[bytes]:
    """The message cut at each length, with trailing bytes, and with one bit of each byte turned."""
    yield from (message[:length] for length in range(len(message)))
    yield from (message + more for more in (b"\0", b"}", b"&", message))
    for at, byte in enumerate(message):
        yield message[:at] + bytes([byte ^ (1 << at % 8)]) + message[at + 1 :]


@pytest.mark.parametrize(("decode", "message"), list(messages()))
def test_nothing_but_decode_error_leaves_a_decoder(decode: Decode, message: bytes) -> None:
    for one in hostile(message):
        try:
            decode(one)
        except DecodeError:
            continue
