"""NMEA devices over TCP and UDP as a source of the intake: what a tick collected becomes one batch.

Chunks of connections that send nothing but RMC are read together as columns; all others go through their
conversations. A conversation that claims an identity is looked up once, in a task of its own; its lines wait meanwhile.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

import numpy as np

from registry.devices.model import Device
from tracker.intake.errors import IntakeError
from tracker.model.batch import FixBatch
from tracker.model.fix import Fix
from tracker.protocols.nmea import NmeaConversation, NmeaCounts
from tracker.protocols.nmea_columns import read_rmc_columns
from tracker.transports.tcp import TcpCollector
from tracker.transports.udp import UdpCollector

__all__ = ["Identifies", "NmeaSource"]

_COLUMNS_FROM = 40
_MOST_PEERS = 20_000
_MOST_LOOKUPS = 100
_LOOKUP_TIMEOUT_S = 10.0
_PAUSE_S = 0.1

Chunk = tuple[NmeaConversation, bytes]


class Identifies(Protocol):
    """The directory's side of it."""

    def known(self, device_id: str, token: str | None) -> Device | None:
        """The device, where that can be said at once."""
        ...

    async def identify(self, device_id: str, token: str | None, *, protocol: str, address: str) -> Device:
        """The device that calls itself so. Raises IntakeError."""
        ...


class NmeaSource:
    """Both listeners and their conversations. Use within `async with asyncio.TaskGroup() as tasks`.

    UDP peers are remembered by address, the latest _MOST_PEERS of them. Claims that must be looked up wait in line,
    _MOST_LOOKUPS at once; a conversation has one claim, so the line is bounded by the connections.
    """

    def __init__(
        self,
        directory: Identifies,
        *,
        tasks: asyncio.TaskGroup,
        wake: Callable[[], None],
        sighting: Callable[[int, bool], None],
        clock: Callable[[], float],
        max_connections: int,
        idle_timeout_s: float,
    ) -> None:
        """wake: tells the intake to collect. sighting: (device, no fix) was heard. clock: monotonic seconds."""
        self.counts = NmeaCounts()
        self._directory, self._tasks, self._wake, self._sighting = directory, tasks, wake, sighting
        self.tcp: TcpCollector[NmeaConversation] = TcpCollector(
            self, wake=wake, clock=clock, max_connections=max_connections, idle_timeout_s=idle_timeout_s
        )
        self.udp = UdpCollector(wake=wake)
        self._peers: OrderedDict[tuple[str, int], NmeaConversation] = OrderedDict()
        self._open: dict[NmeaConversation, None] = {}  # with an epoch to tell when the stream pauses
        self._ended: list[NmeaConversation] = []
        self._found: list[tuple[NmeaConversation, Device | None]] = []
        self._looking: set[NmeaConversation] = set()
        self._in_line: OrderedDict[NmeaConversation, None] = OrderedDict()
        self._timer: asyncio.TimerHandle | None = None

    def opened(self, address: str) -> NmeaConversation:
        """A device connected."""
        return NmeaConversation(address, self.counts)

    def closed(self, conversation: NmeaConversation) -> None:
        """Its connection ended; its last fix is told with the next tick."""
        self._ended.append(conversation)
        self._wake()

    def close(self) -> None:
        """Close both listeners and every connection."""
        self.tcp.close()
        self.udp.close()

    def collect(self, received_at: int, *, room: bool) -> FixBatch | None:
        """A tick's fixes. Without room nothing is read, so that TCP slows the devices down."""
        if not room:
            self._wake_later()
            return None
        batches = self._bind_found(received_at)
        chunks = self.tcp.collect() + [(self._peer(peer), data) for peer, data in self._datagrams()]
        fast = [chunk for chunk in chunks if chunk[0].takes_columns and chunk[1][-1:] == b"\n"]
        if sum(len(data) for _, data in fast) >= _COLUMNS_FROM * 70:
            slow = [chunk for chunk in chunks if not (chunk[0].takes_columns and chunk[1][-1:] == b"\n")]
            batches += self._columns(fast, received_at)
        else:
            slow = chunks
        for conversation, data in slow:
            batches += self._told(conversation, conversation.feed(data, received_at), received_at)
        batches += self._pauses_and_ends(received_at)
        return FixBatch.concatenate(batches) if batches else None

    def _datagrams(self) -> Iterable[tuple[tuple[str, int], bytes]]:
        """Datagrams hold whole lines; some senders leave the last line's end out."""
        for peer, data in self.udp.collect():
            yield peer, data if data.endswith(b"\n") else data + b"\n"

    def _peer(self, peer: tuple[str, int]) -> NmeaConversation:
        conversation = self._peers.get(peer)
        if conversation is None:
            conversation = self._peers[peer] = self.opened(f"{peer[0]}:{peer[1]}")
            if len(self._peers) > _MOST_PEERS:
                self._ended.append(self._peers.popitem(last=False)[1])
        else:
            self._peers.move_to_end(peer)
        return conversation

    def _columns(self, chunks: Sequence[Chunk], received_at: int) -> list[FixBatch]:
        data = b"".join([data for _, data in chunks])
        begins = np.cumsum([0, *(len(data) for _, data in chunks)])[:-1]
        columns = read_rmc_columns(data)
        keys = np.array([conversation.device for conversation, _ in chunks], np.int32)
        n = len(columns.start)
        unknown = np.full(n, np.nan, np.float32)
        batches = [
            FixBatch(
                device=keys[np.searchsorted(begins, columns.start, side="right") - 1],
                fix_time=columns.fix_time, received_at=np.full(n, received_at, np.int64),
                latitude=columns.latitude, longitude=columns.longitude, speed=columns.speed, course=columns.course,
                altitude=unknown, accuracy=unknown, hdop=unknown, battery=unknown,
            )
        ] if n else []  # fmt: skip
        for begin, end in columns.rest.tolist():
            conversation = chunks[int(np.searchsorted(begins, begin, side="right")) - 1][0]
            batches += self._told(conversation, conversation.line(data[begin:end], received_at), received_at)
        return batches

    def _told(self, conversation: NmeaConversation, fixes: list[Fix], received_at: int) -> list[FixBatch]:
        """Fixes of a conversation as a batch; looks after what else it wants."""
        if conversation.claim is not None:
            self._look_up(conversation)
        if conversation.due_at is not None:
            self._open[conversation] = None
        if conversation.device is None:
            return []
        if conversation.void_sightings():
            self._sighting(conversation.device, True)
        return [FixBatch.from_fixes(conversation.device, fixes, received_at=received_at)] if fixes else []

    def _pauses_and_ends(self, now: int) -> list[FixBatch]:
        batches: list[FixBatch] = []
        for conversation in list(self._open):
            if conversation.due_at is None:
                del self._open[conversation]
            elif now >= conversation.due_at:
                del self._open[conversation]
                batches += self._told(conversation, conversation.due(now), now)
        if self._open:
            self._wake_later()
        for conversation in self._ended:
            if conversation.claim is None:
                batches += self._told(conversation, conversation.end(now), now)
        self._ended = [conversation for conversation in self._ended if conversation.claim is not None]
        return batches

    def _wake_later(self) -> None:
        """One timer at a time."""
        if self._timer is None or self._timer.when() <= asyncio.get_running_loop().time():
            self._timer = asyncio.get_running_loop().call_later(_PAUSE_S, self._wake)

    def _look_up(self, conversation: NmeaConversation) -> None:
        claim = conversation.claim
        if claim is None or conversation in self._looking or conversation in self._in_line:
            return
        device = self._directory.known(claim.device_id, claim.token)
        if device is not None:
            self._found.append((conversation, device))
            self._wake()
        elif len(self._looking) < _MOST_LOOKUPS:
            self._looking.add(conversation)
            self._tasks.create_task(self._identify(conversation), name=f"identify {conversation.address}")
        else:
            self._in_line[conversation] = None

    async def _identify(self, conversation: NmeaConversation) -> None:
        """Ask who it is; the answer is taken with the next tick, in the order of the tick's work."""
        claim = conversation.claim
        assert claim is not None
        try:
            async with asyncio.timeout(_LOOKUP_TIMEOUT_S):
                device = await self._directory.identify(
                    claim.device_id, claim.token, protocol="nmea", address=conversation.address
                )
        except (IntakeError, TimeoutError):
            self._found.append((conversation, None))
        else:
            self._found.append((conversation, device))
        self._looking.discard(conversation)
        if self._in_line:
            self._look_up(self._in_line.popitem(last=False)[0])
        self._wake()

    def _bind_found(self, received_at: int) -> list[FixBatch]:
        found, self._found = self._found, []
        batches: list[FixBatch] = []
        for conversation, device in found:
            if conversation.claim is None:
                continue
            if device is None:
                conversation.refuse()
            else:
                batches += self._told(conversation, conversation.bind(device.key), received_at)
        return batches
