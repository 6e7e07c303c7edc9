"""Recordings and vectors of tests/vectors/nmea, and sentences with their checksum."""

from __future__ import annotations

import json
from collections import defaultdict
from functools import cache
from pathlib import Path

from tracker.protocols.lines import LineFramer

__all__ = ["GPSD", "all_lines", "sentence", "stream_of", "truth_of"]

VECTORS = Path(__file__).parents[2] / "vectors" / "nmea"
GPSD = sorted(path.stem for path in (VECTORS / "gpsd").glob("*.log"))

Place = tuple[float, float]


def sentence(body: str) -> bytes:
    """`$body*hh`."""
    checksum = 0
    for byte in body.encode():
        checksum ^= byte
    return f"${body}*{checksum:02X}".encode()


def stream_of(name: str) -> bytes:
    """A receiver's bytes; lines that start with # are the recording's header."""
    lines = (VECTORS / "gpsd" / f"{name}.log").read_bytes().splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(b"#"))


def truth_of(name: str) -> tuple[dict[str, list[Place]], list[Place]]:
    """(time of day -> places, all places) that gpsd told."""
    places: dict[str, list[Place]] = defaultdict(list)
    every: list[Place] = []
    for line in (VECTORS / "gpsd" / f"{name}.log.chk").read_bytes().splitlines():
        if line.startswith(b'{"class":"TPV"') and "lat" in (tpv := json.loads(line)):
            every.append((tpv["lat"], tpv["lon"]))
            if "time" in tpv:
                places[tpv["time"][11:19]].append(every[-1])
    return places, every


@cache
def all_lines() -> tuple[bytes, ...]:
    """Every line of every recording and vector."""
    framer = LineFramer(4_096)
    logs = b"\n".join(path.read_bytes() for path in sorted(VECTORS.rglob("*.log")))
    vectors = (VECTORS / "go-nmea_vectors.jsonl").read_text(encoding="utf-8").splitlines()
    sentences = [json.loads(line)["sentence"].encode() for line in vectors]
    return (*framer.feed(logs + b"\n"), *(one for one in sentences if b"\n" not in one))
