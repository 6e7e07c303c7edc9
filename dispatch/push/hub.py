"""The hub: once a tick, every group of viewers is sent what changed for it.

Theory of operation. Viewers with equal subscriptions form a group with one mailbox (dispatch/push/mailbox.py). At a
tick the mailbox advances, and its delta is encoded once and written to every viewer that stands where the mailbox
stood, without waiting for any. A viewer whose socket still holds earlier bytes is passed over and stays where it
stands; when there is room again it gets one delta from there: the newest state, never a queue of what it missed. One
that takes nothing for PATIENCE_S is cut off. Newcomers get the snapshot at the next tick, encoded once a group, and no
more of them a tick than SNAPSHOT_BYTES, so that a crowd that returns after a break does not fill the memory. A group
whose last viewer left is kept for LINGER_S, so that a viewer that comes back in time resumes where it stood.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
from websockets.asyncio.server import ServerConnection, broadcast

from dispatch.outbox.model import Entry
from dispatch.push import messages
from dispatch.push.frames import encode_frame
from dispatch.push.mailbox import Delta, Mailbox
from dispatch.push.subscription import Subscription
from registry.devices.model import Device
from tracker.live.service import LiveView

__all__ = ["LINGER_S", "MOST_HELD", "PATIENCE_S", "SNAPSHOT_BYTES", "PushHub", "TooManySubscriptions", "Viewer"]

Rows = npt.NDArray[np.intp]

PATIENCE_S = 30.0
LINGER_S = 60.0
SNAPSHOT_BYTES = 64_000_000
MOST_HELD = 1_000
"""Happenings kept for a viewer that is told what it missed."""
_FULL = 65_536
"""Bytes in a socket's buffer from which a viewer is passed over."""
_FROM_THE_START = -1


class TooManySubscriptions(Exception):
    """There are as many different subscriptions as this server takes."""


@dataclass(slots=True, eq=False)
class Viewer:
    """One open /live connection. sequence: the last change it was sent. held_ticks: how long its socket is full.

    missed: something happened while it was full, so that it must be told of a gap. held: what happened while it is told
    what came before; None: it is told at once.
    """

    connection: ServerConnection
    sequence: int = _FROM_THE_START
    held_ticks: int = 0
    missed: bool = False
    held: list[bytes] | None = None

    def has_room(self) -> bool:
        """False while its socket holds earlier bytes, or closes."""
        transport = self.connection.transport
        return not transport.is_closing() and transport.get_write_buffer_size() < _FULL


@dataclass(slots=True)
class _Group:
    mailbox: Mailbox
    viewers: set[Viewer] = field(default_factory=set)
    idle_ticks: int = 0


class PushHub:
    """Groups of viewers over one live table. now: microseconds since 1970. Bounded: most_groups, idle ones included."""

    def __init__(self, view: LiveView, *, now: Callable[[], int], tick_s: float, most_groups: int = 1_024) -> None:
        self._view, self._now, self._tick_s = view, now, tick_s
        self._most_groups = most_groups
        self._groups: dict[Subscription, _Group] = {}
        self._members: dict[int, set[Viewer]] = {}
        self.epoch = secrets.token_hex(8)

    @property
    def viewers(self) -> int:
        """Viewers with a subscription."""
        return sum(len(group.viewers) for group in self._groups.values())

    def join(self, viewer: Viewer, subscription: Subscription, *, resume: tuple[str, int] | None = None) -> None:
        """From the next tick on: the snapshot, or what changed since `resume` (epoch, sequence), then the deltas.

        A viewer that has joined before changes its subscription. Raises TooManySubscriptions.
        """
        self.leave(viewer)
        group = self._groups.get(subscription)
        if group is None:
            self._make_room()
            group = self._groups[subscription] = _Group(Mailbox(subscription, self._view))
        resumes = resume is not None and resume[0] == self.epoch and group.mailbox.reaches(resume[1])
        viewer.sequence = resume[1] if resume is not None and resumes else _FROM_THE_START
        group.viewers.add(viewer)

    def leave(self, viewer: Viewer) -> None:
        """Forget a viewer."""
        for group in self._groups.values():
            group.viewers.discard(viewer)
        for member in [member for member, viewers in self._members.items() if viewer in viewers]:
            self._members[member].discard(viewer)
            if not self._members[member]:
                del self._members[member]

    def join_member(self, viewer: Viewer, member: int) -> None:
        """A member (key) sees no map: he is told only what concerns himself."""
        self.leave(viewer)
        self._members.setdefault(member, set()).add(viewer)

    def happened(self, entry: Entry) -> None:
        """Tell those whose organisations or whose member it concerns; who has no room is told of a gap later."""
        message = messages.happening(entry)
        concerned = [self._members[member] for member in entry.members & self._members.keys()]
        concerned += [
            group.viewers
            for subscription, group in self._groups.items()
            if group.viewers and not subscription.told.isdisjoint(entry.organisations)
        ]
        for viewers in concerned:
            self._tell(viewers, message)

    def hold(self, viewer: Viewer) -> None:
        """Keep what happens from now on until `let_go`."""
        viewer.held = []

    def let_go(self, viewer: Viewer) -> None:
        """Tell what was kept."""
        held, viewer.held = viewer.held or [], None
        for message in held:
            self._tell({viewer}, message)

    def _tell(self, viewers: set[Viewer], message: bytes) -> None:
        for viewer in viewers:
            if viewer.held is None:
                viewer.missed |= not viewer.has_room()
            elif len(viewer.held) < MOST_HELD:
                viewer.held.append(message)
            else:
                viewer.missed = True
        ready = [viewer.connection for viewer in viewers if viewer.held is None and viewer.has_room()]
        broadcast(ready, message, text=True)

    def crossing(self, device: int, event: Mapping[str, Any]) -> None:
        """Tell those who see this device that it crossed a geofence; a slow viewer finds it on record."""
        message = messages.crossing(event)
        for group in self._groups.values():
            if group.viewers and group.mailbox.covers(self._view, device):
                broadcast([viewer.connection for viewer in group.viewers if viewer.has_room()], message, text=True)

    async def run(self) -> None:
        """Tick until cancelled."""
        while True:
            await asyncio.sleep(self._tick_s)
            self.tick()

    def tick(self) -> None:
        """Send every group what changed since its last tick."""
        room = SNAPSHOT_BYTES
        if self._groups:
            oldest = min(group.mailbox.sequence for group in self._groups.values())
            changed = np.flatnonzero(self._view.changed > oldest)
            for group in self._groups.values():
                room -= self._tick_group(group, changed, room)
        for viewers in self._members.values():
            for viewer in viewers:
                if viewer.has_room():
                    self._tell_gap(viewer)
        self._forget_idle()

    def _tick_group(self, group: _Group, changed: Rows, room: int) -> int:
        """Bring everybody with room up to now; the bytes of snapshots sent, about `room` at most."""
        before = group.mailbox.sequence
        delta = group.mailbox.advance(self._view, changed)
        standing = self._by_sequence(group)
        newcomers = standing.pop(_FROM_THE_START, [])
        for sequence, viewers in standing.items():
            missed = delta if sequence == before else group.mailbox.since(self._view, sequence)
            self._send(viewers, missed)
            for viewer in viewers:
                viewer.sequence = group.mailbox.sequence
        return self._send_snapshot(newcomers, group.mailbox, room) if newcomers and room > 0 else 0

    def _by_sequence(self, group: _Group) -> dict[int, list[Viewer]]:
        """The viewers with room, by where they stand; those without wait, but not for ever."""
        standing: dict[int, list[Viewer]] = {}
        for viewer in group.viewers:
            if viewer.has_room():
                viewer.held_ticks = 0
                self._tell_gap(viewer)
                standing.setdefault(viewer.sequence, []).append(viewer)
                continue
            viewer.held_ticks += 1
            if viewer.held_ticks * self._tick_s >= PATIENCE_S:
                viewer.connection.transport.abort()
        return standing

    def _tell_gap(self, viewer: Viewer) -> None:
        if viewer.missed:
            broadcast([viewer.connection], messages.gap(), text=True)
            viewer.missed = False

    def _send(self, viewers: list[Viewer], delta: Delta) -> None:
        """Who came, who left, and one frame of positions; encoded once."""
        connections = [viewer.connection for viewer in viewers]
        if len(delta.came) or len(delta.left):
            broadcast(connections, messages.members(self._devices(delta.came), delta.left.tolist()), text=True)
        if delta:
            broadcast(connections, self._frame(delta.moved))

    def _send_snapshot(self, newcomers: list[Viewer], mailbox: Mailbox, room: int) -> int:
        rows = mailbox.everybody()
        text, frame = messages.snapshot(mailbox.sequence, self._devices(rows)), self._frame(rows)
        size = len(text) + len(frame)
        served = newcomers[: max(1, room // size)]
        connections = [viewer.connection for viewer in served]
        broadcast(connections, text, text=True)
        broadcast(connections, frame)
        for viewer in served:
            viewer.sequence = mailbox.sequence
        return size * len(served)

    def _frame(self, rows: Rows) -> bytes:
        return encode_frame(self._view, rows, sequence=self._view.sequence, now=self._now())

    def _devices(self, rows: Rows) -> Iterable[Device]:
        """Who the rows are; rows that are shown are always described."""
        return map(self._view.devices.__getitem__, rows.tolist())

    def _make_room(self) -> None:
        """For one more group: the one that is idle for longest gives way."""
        if len(self._groups) < self._most_groups:
            return
        idle = [subscription for subscription, group in self._groups.items() if not group.viewers]
        if not idle:
            raise TooManySubscriptions
        del self._groups[max(idle, key=lambda one: self._groups[one].idle_ticks)]

    def _forget_idle(self) -> None:
        for subscription, group in list(self._groups.items()):
            group.idle_ticks = 0 if group.viewers else group.idle_ticks + 1
            if group.idle_ticks * self._tick_s >= LINGER_S:
                del self._groups[subscription]
