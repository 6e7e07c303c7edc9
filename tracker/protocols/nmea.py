"""A conversation with one NMEA device: bytes in, fixes out; who it is stands in `claim`.

Theory of operation. Bytes become lines; a line is a claim of identity, a sentence, or something else (a receiver's
binary noise, gpsd's JSON: counted and ignored). A claim must be looked up before the device's sentences count, so
lines that follow it are held, bounded, until the transport calls `bind` or `refuse`. Sentences of a stranger are
refused and counted. A sentence that cannot be read is counted and costs its neighbours nothing.

A device named in a tracker's own form may send sentences without a checksum; one named by $PGID must not.
"""

from __future__ import annotations

from dataclasses import dataclass

from tracker.model.fix import Fix
from tracker.protocols.errors import DecodeError
from tracker.protocols.lines import LineFramer
from tracker.protocols.nmea0183 import read_sentence
from tracker.protocols.nmea_dialects import PUBX, read_dialect, read_pubx
from tracker.protocols.nmea_epoch import EpochJoiner
from tracker.protocols.nmea_fields import checksum
from tracker.protocols.nmea_identity import WITH_FIX, Claim, claim_of, prefixed

__all__ = ["LONGEST_LINE", "PAUSE_US", "NmeaConversation", "NmeaCounts"]

LONGEST_LINE = 4_096
"""Bytes; the standard says 82, trackers' own lines are longer."""

PAUSE_US = 300_000
"""A stream silent for so long has said all of its epoch."""

_MOST_HELD = 10_000
_ALONE_ENOUGH = 3


@dataclass(slots=True)
class NmeaCounts:
    """What conversations met, summed over all of a listener's."""

    refused: int = 0
    ignored: int = 0
    strangers: int = 0


class NmeaConversation:
    """One stream, or one peer's datagrams. `device` is the registry key once it is known."""

    __slots__ = ("_counts", "_device_id", "_epoch", "_framer", "_held", "_tolerant", "_void_told", "address",
                 "claim", "device", "rmc_only")  # fmt: skip

    def __init__(self, address: str, counts: NmeaCounts) -> None:
        self.address = address
        self.device: int | None = None
        self.claim: Claim | None = None
        self.rmc_only = False  # True: whole lines may go the columnar way
        self._counts = counts
        self._device_id: str | None = None
        self._tolerant = False
        self._framer = LineFramer(LONGEST_LINE)
        self._epoch = EpochJoiner()
        self._held: list[tuple[bytes, int]] = []
        self._void_told = 0

    @property
    def takes_columns(self) -> bool:
        """Whether a chunk of whole lines may go the columnar way: only RMC comes, and nothing waits to be joined."""
        return self.rmc_only and self.claim is None and not self._framer.holds_part

    @property
    def due_at(self) -> int | None:
        """When `due` will tell the open epoch, microseconds; None without one."""
        heard = self._epoch.last_heard
        return None if heard is None else heard + PAUSE_US

    def feed(self, chunk: bytes, received_at: int) -> list[Fix]:
        """Take bytes of the stream; the fixes they complete. received_at: microseconds since 1970."""
        return self._lines(self._framer.feed(chunk), received_at)

    def line(self, line: bytes, received_at: int) -> list[Fix]:
        """Take one whole line that the columnar way left."""
        return self._lines([line], received_at)

    def due(self, now: int) -> list[Fix]:
        """The open epoch's fix when the stream has paused."""
        due_at = self.due_at
        return self._told(self._epoch.flush()) if due_at is not None and now >= due_at else []

    def end(self, received_at: int) -> list[Fix]:
        """The stream has ended: what is left of it."""
        return self._lines(self._framer.flush(), received_at) + self._told(self._epoch.flush())

    def bind(self, device: int) -> list[Fix]:
        """The claim holds: the device's key; fixes of the lines held meanwhile."""
        assert self.claim is not None
        if device != self.device:  # another receiver: the same second is another epoch
            self._epoch, self._void_told = EpochJoiner(), 0
        self.device, self._device_id, self._tolerant = device, self.claim.device_id, self.claim.by_tracker
        self.claim, held, self._held = None, self._held, []
        return [fix for line, received_at in held for fix in self._lines([line], received_at)]

    def refuse(self) -> None:
        """The claim does not hold: what follows is a stranger's."""
        self.device = self._device_id = self.claim = None
        self.rmc_only = False
        self._counts.strangers += len(self._held)
        self._held = []

    def void_sightings(self) -> bool:
        """Whether void epochs were seen since the last call: the device is there but has no fix."""
        seen, self._void_told = self._epoch.void != self._void_told, self._epoch.void
        return seen

    def _lines(self, lines: list[bytes], received_at: int) -> list[Fix]:
        fixes: list[Fix] = []
        for line in lines:
            try:
                fixes += self._one(line.strip(), received_at)
            except DecodeError:
                self._counts.refused += 1
        self._counts.refused += self._framer.too_long
        self._framer.too_long = 0
        return fixes

    def _one(self, line: bytes, received_at: int) -> list[Fix]:
        if self.claim is not None:
            self._hold(line, received_at)
            return []
        claim = claim_of(line)
        if claim is not None:
            return self._claimed(claim)
        if not line.startswith(b"$") or line.startswith(WITH_FIX):
            return self._behind_something(line, received_at)
        return self._from_device(line, received_at)

    def _from_device(self, line: bytes, received_at: int) -> list[Fix]:
        if self.claim is not None:
            self._hold(line, received_at)
            return []
        if self.device is None:
            self._counts.strangers += 1
            return []
        return self._sentence(line, received_at)

    def _behind_something(self, line: bytes, received_at: int) -> list[Fix]:
        """A line that does not start with $: an id before a sentence, noise before a sentence, or neither."""
        strict = self.device is not None and not self._tolerant
        named = None if strict else prefixed(line)
        if named is not None:
            claim, sentence = named
            return self._claimed(claim) + self._from_device(sentence, received_at)
        at = line.rfind(b"$")
        if at > 0:
            return self._one(line[at:], received_at)
        self._counts.ignored += 1
        return []

    def _claimed(self, claim: Claim) -> list[Fix]:
        """Have a new claim looked up; what was said before it is the known device's. Trackers repeat the old one."""
        if claim.device_id == self._device_id and claim.token is None:
            return []
        self.claim, self.rmc_only = claim, False
        return self._told(self._epoch.flush())

    def _hold(self, line: bytes, received_at: int) -> None:
        if len(self._held) < _MOST_HELD:
            self._held.append((line, received_at))
        else:
            self._counts.refused += 1

    def _sentence(self, line: bytes, received_at: int) -> list[Fix]:
        line = line[line.rfind(b"$") :]  # a receiver's binary noise may hold one too
        own = read_dialect(line)
        if own is not None:
            return [own]
        if line.startswith(PUBX):
            sentence = read_pubx(line)
        else:
            read = read_sentence(_with_checksum(line) if self._tolerant else line)
            if read is None:
                return []
            sentence = read
        told = self._told(self._epoch.add(sentence, received_at))
        self.rmc_only = self._epoch.alone >= _ALONE_ENOUGH and sentence.kind == "RMC"
        return told

    def _told(self, fix: Fix | None) -> list[Fix]:
        return [] if fix is None or self.device is None else [fix]


def _with_checksum(line: bytes) -> bytes:
    """A tracker's sentence as the standard wants it: some leave the checksum out, some write blanks about the star."""
    body, star, digits = line.rpartition(b"*")
    if not star:
        return b"%s*%02X" % (line, checksum(line[1:]))
    return body.rstrip() + b"*" + digits.strip()
