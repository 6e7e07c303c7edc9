"""What could not be stored yet: records on disk, in order, safe once `append` has returned.

A segment file is an 8-byte mark and records: length (uint32), CRC-32 of the payload (uint32), payload; little-endian.
A record is on the disk (fsync) before `append` returns. Reading starts at the oldest record; a segment is removed when
its last record was taken, so after a crash the records of one segment may come again: their reader is idempotent. A
torn record at the end of a segment was never acknowledged; it is cut off when the spool is opened.

Processes that share the directory have a slot of it each, locked as long as they live; a process that starts takes over
the slots of those that ended. Within a process, one thread may append while another takes.
"""

from __future__ import annotations

import fcntl
import os
import struct
import threading
import zlib
from collections import deque
from dataclasses import dataclass
from pathlib import Path

__all__ = ["NotASpool", "Spool", "SpoolFull"]

_MARK = b"GWSPOOL1"
_RECORD = struct.Struct("<II")
_SUFFIX = ".spool"
_SEGMENT_BYTES = 16 << 20


class SpoolFull(Exception):
    """The spool holds as much as it may, or the disk takes no more."""


class NotASpool(Exception):
    """A file in the spool's directory is not of this program, or of a newer one."""


@dataclass(slots=True)
class _Segment:
    """One file: where its good records end, and how far they were taken."""

    path: Path
    end: int
    taken: int = len(_MARK)


class Spool:
    """A queue of bytes in `directory`, of at most `limit` bytes on disk."""

    def __init__(self, directory: Path, *, limit: int) -> None:
        """Open it and find what was left by programs that ended. Raises NotASpool."""
        self._limit = limit
        self._guard = threading.Lock()
        self._file = -1
        self._directory, self._lock = _claim(directory)
        self._segments = deque(_recover(path) for path in _segments_in(self._directory))
        self._number = int(self._segments[-1].path.stem) if self._segments else 0
        self._size = sum(segment.end - segment.taken for segment in self._segments)
        self._drop_taken()

    @property
    def size(self) -> int:
        """Bytes that wait, without what was taken already."""
        return self._size

    def append(self, payload: bytes) -> None:
        """Write one record and wait until it is on the disk. Raises SpoolFull; nothing is kept then."""
        record = _RECORD.pack(len(payload), zlib.crc32(payload)) + payload
        with self._guard:
            if sum(segment.end for segment in self._segments) + len(record) + len(_MARK) > self._limit:
                raise SpoolFull(f"the spool holds its {self._limit} bytes")
            try:
                segment = self._writable()
                _write_all(self._file, record, segment.end)
                os.fdatasync(self._file)
            except OSError as error:
                self._close_file()  # the next record opens a new segment; `end` excludes what was written here
                raise SpoolFull(f"the spool cannot be written: {error.strerror}") from error
            segment.end += len(record)
            self._size += len(record)

    def peek(self) -> bytes | None:
        """The oldest record, None when there is none. It stays until `take`."""
        with self._guard:
            segment = next((one for one in self._segments if one.taken < one.end), None)
        return None if segment is None else _read_record(segment)

    def take(self) -> None:
        """The oldest record is stored elsewhere: forget it."""
        with self._guard:
            segment = next(one for one in self._segments if one.taken < one.end)
            record = _RECORD.size + len(_read_record(segment))
            segment.taken += record
            self._size -= record
            self._drop_taken()

    def close(self) -> None:
        """Let go of it; what waits stays on the disk."""
        with self._guard:
            self._close_file()
            os.close(self._lock)

    def _writable(self) -> _Segment:
        """The segment to append to, its file open; a new one when the last is full or gone."""
        if self._file >= 0 and self._segments[-1].end < _SEGMENT_BYTES:
            return self._segments[-1]
        self._close_file()
        self._number += 1
        path = self._directory / _name(self._number)
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        _write_all(self._file, _MARK, 0)
        _sync_directory(self._directory)
        segment = _Segment(path, len(_MARK))
        self._segments.append(segment)
        return segment

    def _drop_taken(self) -> None:
        """Remove the segments of which everything was taken."""
        while self._segments and self._segments[0].taken >= self._segments[0].end:
            if len(self._segments) == 1:
                self._close_file()
            self._segments.popleft().path.unlink()

    def _close_file(self) -> None:
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


def _claim(directory: Path) -> tuple[Path, int]:
    """A slot that nobody else has, with what was left in all such slots, and its lock."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    number, lock = _first_free(directory)
    slot = directory / str(number)
    slot.mkdir(mode=0o700, exist_ok=True)
    for other in sorted(directory.glob("*.lock")):
        if other.stem != str(number) and (taken := _lock(other)) is not None:
            _move_segments(directory / other.stem, slot)
            os.close(taken)
    return slot, lock


def _first_free(directory: Path) -> tuple[int, int]:
    """Number and lock of the first slot that nobody has."""
    number = 0
    while (lock := _lock(directory / f"{number}.lock")) is None:
        number += 1
    return number, lock


def _lock(path: Path) -> int | None:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


def _move_segments(source: Path, target: Path) -> None:
    """Behind those of the target, in their order."""
    last = max((int(path.stem) for path in _segments_in(target)), default=0)
    for number, path in enumerate(_segments_in(source), last + 1):
        path.rename(target / _name(number))


def _segments_in(directory: Path) -> list[Path]:
    return sorted(directory.glob(f"*{_SUFFIX}"))


def _name(number: int) -> str:
    return f"{number:010d}{_SUFFIX}"


def _recover(path: Path) -> _Segment:
    """Find the end of the good records, and cut off what is torn behind it."""
    segment = _Segment(path, len(_MARK))
    with path.open("rb+") as file:
        total = os.fstat(file.fileno()).st_size
        if file.read(len(_MARK)) != _MARK and total >= len(_MARK):
            raise NotASpool(f"{path} was not written by this version of gridwarden: move it away")
        while segment.end + _RECORD.size <= total:
            length, checksum = _RECORD.unpack(file.read(_RECORD.size))
            if segment.end + _RECORD.size + length > total or zlib.crc32(file.read(length)) != checksum:
                break
            segment.end += _RECORD.size + length
        file.truncate(segment.end)
    return segment


def _read_record(segment: _Segment) -> bytes:
    with segment.path.open("rb") as file:
        file.seek(segment.taken)
        length, _ = _RECORD.unpack(file.read(_RECORD.size))
        return file.read(length)


def _write_all(file: int, data: bytes, at: int) -> None:
    view = memoryview(data)
    while view:
        written = os.pwrite(file, view, at)
        view, at = view[written:], at + written


def _sync_directory(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
