"""A tick's rows as they travel: one blob a shard. Pure.

    bytes    is (little-endian)
    0-3      magic GWB1
    4-7      uint32 shard
    8-23     the sending process, random
    24-31    uint64 number of the blob, from 1, by sender and shard
    32-      LIVE_ROW rows (tracker/model/live_row.py)

The numbers tell a listener what it did not hear: a blob that the sender dropped, or that was lost on the way.
"""

from __future__ import annotations

import struct
from collections import OrderedDict
from dataclasses import dataclass

import numpy as np

from tracker.model.live_row import LIVE_ROW, LiveRows

__all__ = ["SENDER_BYTES", "SHARDS", "Blob", "Numbers", "blobs_of", "read_blob"]

SHARDS = 4
"""A device's shard is its key modulo this number: a bounded number of channels, whatever the number of devices."""

SENDER_BYTES = 16
_HEADER = struct.Struct(f"<4sI{SENDER_BYTES}sQ")
_MAGIC = b"GWB1"
_MOST_SENDERS = 4_096


@dataclass(frozen=True, slots=True)
class Blob:
    """What one process told of one shard."""

    shard: int
    sender: bytes
    number: int
    rows: LiveRows


def blobs_of(rows: LiveRows, sender: bytes, numbers: list[int]) -> list[tuple[int, bytes]]:
    """(shard, blob) of each shard that has rows; `numbers`, the last ones by shard, are counted up."""
    shards = rows["device"] % SHARDS
    blobs = []
    for shard in np.unique(shards).tolist():
        numbers[shard] += 1
        header = _HEADER.pack(_MAGIC, shard, sender, numbers[shard])
        blobs.append((shard, header + rows[shards == shard].tobytes()))
    return blobs


def read_blob(data: bytes) -> Blob | None:
    """None where it is not a blob of this version."""
    if len(data) < _HEADER.size or (len(data) - _HEADER.size) % LIVE_ROW.itemsize:
        return None
    magic, shard, sender, number = _HEADER.unpack_from(data)
    if magic != _MAGIC or shard >= SHARDS:
        return None
    return Blob(shard, sender, number, np.frombuffer(data, LIVE_ROW, offset=_HEADER.size))


class Numbers:
    """The last number heard of each sender and shard; the 4,096 heard of lately."""

    def __init__(self) -> None:
        self._last: OrderedDict[tuple[bytes, int], int] = OrderedDict()

    def follows(self, blob: Blob) -> bool:
        """False when blobs between this one and the one before it were not heard. A sender's first one follows."""
        whose = (blob.sender, blob.shard)
        before = self._last.pop(whose, blob.number - 1)
        self._last[whose] = max(before, blob.number)
        if len(self._last) > _MOST_SENDERS:
            self._last.popitem(last=False)
        return blob.number <= before + 1
