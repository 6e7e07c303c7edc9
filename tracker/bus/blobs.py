"""A tick's rows and crossings as they travel: one blob a shard. Pure.

    bytes    is (little-endian)
    0-3      magic GWB1
    4-7      uint32 shard
    8-11     uint32 n, number of rows
    12-27    the sending process, random
    28-35    uint64 number of the blob, from 1, by sender and shard
    36-      n LIVE_ROW rows (tracker/model/live_row.py), then CROSSING_ROW rows to the end

The numbers tell a listener what it did not hear: a blob that the sender dropped, or that was lost on the way.
"""

from __future__ import annotations

import struct
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tracker.model.crossing import Crossing, CrossingKind
from tracker.model.live_row import LIVE_ROW, LiveRows

__all__ = ["CROSSING_ROW", "SENDER_BYTES", "SHARDS", "Blob", "Numbers", "blobs_of", "read_blob"]

SHARDS = 4
"""A device's shard is its key modulo this number: a bounded number of channels, whatever the number of devices."""

CROSSING_ROW = np.dtype(
    [
        ("geofence", "<u4"),
        ("device", "<u4"),
        ("fix_time", "<i8"),
        ("latitude", "<f8"),
        ("longitude", "<f8"),
        ("enter", "u1"),  # 1 enter, 0 exit
    ]
)

SENDER_BYTES = 16
_HEADER = struct.Struct(f"<4sII{SENDER_BYTES}sQ")
_MAGIC = b"GWB1"
_MOST_SENDERS = 4_096


@dataclass(frozen=True, slots=True)
class Blob:
    """What one process told of one shard."""

    shard: int
    sender: bytes
    number: int
    rows: LiveRows
    crossings: list[Crossing]


def blobs_of(
    rows: LiveRows, crossings: Sequence[Crossing], sender: bytes, numbers: list[int]
) -> list[tuple[int, bytes]]:
    """(shard, blob) of each shard that has something; `numbers`, the last ones by shard, are counted up."""
    packed = _packed(crossings)
    shards, crossed = rows["device"] % SHARDS, packed["device"] % SHARDS
    blobs = []
    for shard in np.union1d(shards, crossed).tolist():
        numbers[shard] += 1
        mine = rows[shards == shard]
        header = _HEADER.pack(_MAGIC, shard, len(mine), sender, numbers[shard])
        blobs.append((shard, header + mine.tobytes() + packed[crossed == shard].tobytes()))
    return blobs


def read_blob(data: bytes) -> Blob | None:
    """None where it is not a blob of this version."""
    if len(data) < _HEADER.size:
        return None
    magic, shard, count, sender, number = _HEADER.unpack_from(data)
    end = _HEADER.size + count * LIVE_ROW.itemsize
    if magic != _MAGIC or shard >= SHARDS or end > len(data) or (len(data) - end) % CROSSING_ROW.itemsize:
        return None
    rows = np.frombuffer(data, LIVE_ROW, count=count, offset=_HEADER.size)
    return Blob(shard, sender, number, rows, _unpacked(np.frombuffer(data, CROSSING_ROW, offset=end)))


def _packed(crossings: Sequence[Crossing]) -> npt.NDArray[np.void]:
    packed = [
        (one.geofence, one.device, one.fix_time, one.latitude, one.longitude, one.kind is CrossingKind.ENTER)
        for one in crossings
    ]
    return np.array(packed, CROSSING_ROW)


def _unpacked(rows: npt.NDArray[np.void]) -> list[Crossing]:
    return [
        Crossing(
            geofence=geofence, device=device, fix_time=fix_time, latitude=latitude, longitude=longitude,
            kind=CrossingKind.ENTER if enter else CrossingKind.EXIT,
        )
        for geofence, device, fix_time, latitude, longitude, enter in rows.tolist()
    ]  # fmt: skip


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
