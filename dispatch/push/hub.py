"""The hub: once a tick, every group of viewers is sent what changed for it.

Theory of operation. The live table numbers its changes. A group remembers the number it has sent, and a viewer who is
not behind gets the group's messages, each encoded once and written to all without waiting. A viewer whose socket still
holds earlier bytes is passed over and remembers its own number; when its socket is empty again it gets one delta of its
own: the newest state, never what it missed. So a slow viewer costs one frame of memory, not a queue.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson
from websockets.asyncio.server import ServerConnection, broadcast

from dispatch.push.frames import encode_frame
from dispatch.push.groups import Delta, Subscription, delta_of, inside
from tracker.live.service import LiveView

__all__ = ["PushHub", "Viewer"]

Rows = npt.NDArray[np.intp]

_FULL = 262_144
"""Bytes in a socket's buffer from which a viewer counts as slow."""


@dataclass(slots=True, eq=False)
class Viewer:
    """One open /live connection. sequence: the last change it was sent."""

    connection: ServerConnection
    sequence: int = -1
    behind: bool = False


@dataclass(slots=True)
class _Group:
    """sequence: the last change its viewers were sent. known: by device key, who its viewers know of."""

    sequence: int
    known: npt.NDArray[np.bool_]
    viewers: set[Viewer] = field(default_factory=set)

    def news(self, delta: Delta) -> tuple[Rows, Rows]:
        """(who came, who left) with this delta; from now on they are known, and not."""
        highest = int(max(delta.inside.max(initial=-1), delta.outside.max(initial=-1)))
        if highest >= len(self.known):
            self.known = np.append(self.known, np.zeros(highest + 1024 - len(self.known), np.bool_))
        came = delta.inside[~self.known[delta.inside]]
        left = delta.outside[self.known[delta.outside]]
        self.known[came], self.known[left] = True, False
        return came, left


class PushHub:
    """Groups of viewers over one live table. now: microseconds since 1970."""

    def __init__(self, view: LiveView, *, now: Callable[[], int], tick_s: float) -> None:
        self._view, self._now, self._tick_s = view, now, tick_s
        self._groups: dict[Subscription, _Group] = {}
        self.epoch = secrets.token_hex(8)

    @property
    def viewers(self) -> int:
        """Viewers with a subscription."""
        return sum(len(group.viewers) for group in self._groups.values())

    def join(self, viewer: Viewer, subscription: Subscription, *, resume: tuple[str, int] | None = None) -> None:
        """Send the snapshot, or what changed since `resume` (epoch, sequence), and from now on the deltas."""
        group = self._groups.get(subscription)
        if group is None:
            group = self._groups[subscription] = _Group(self._view.sequence, np.zeros(self._view.size, np.bool_))
            group.known[self._rows(subscription)] = True
        if resume is not None and resume[0] == self.epoch and 0 <= resume[1] <= self._view.sequence:
            viewer.sequence = resume[1]
            self._catch_up(viewer, subscription)
        else:
            self._send_snapshot(viewer, self._rows(subscription))
        viewer.sequence = self._view.sequence
        group.viewers.add(viewer)

    def leave(self, viewer: Viewer) -> None:
        """Forget a viewer; a group without viewers goes with it."""
        for subscription, group in list(self._groups.items()):
            group.viewers.discard(viewer)
            if not group.viewers:
                del self._groups[subscription]

    def crossing(self, device: int, event: Mapping[str, Any]) -> None:
        """Tell those who see this device that it crossed a geofence."""
        message = orjson.dumps({"type": "crossing", **event})
        for group in self._groups.values():
            if device < len(group.known) and group.known[device]:
                broadcast([viewer.connection for viewer in group.viewers], message, text=True)

    async def run(self) -> None:
        """Tick until cancelled."""
        while True:
            await asyncio.sleep(self._tick_s)
            self.tick()

    def tick(self) -> None:
        """Send every group what changed since its last tick."""
        for subscription, group in self._groups.items():
            self._tick_group(subscription, group)

    def _tick_group(self, subscription: Subscription, group: _Group) -> None:
        ready = {viewer for viewer in group.viewers if _has_room(viewer.connection)}
        for viewer in ready:
            if viewer.behind:
                self._catch_up(viewer, subscription)
        for viewer in group.viewers - ready:
            viewer.behind = True
        if self._view.sequence != group.sequence:
            delta = delta_of(subscription, self._view, group.sequence)
            came, left = group.news(delta)
            self._send(ready, came, left, delta.inside)
            group.sequence = self._view.sequence
        for viewer in ready:
            viewer.sequence, viewer.behind = self._view.sequence, False

    def _catch_up(self, viewer: Viewer, subscription: Subscription) -> None:
        """One delta of its own, for a viewer who missed some: who changed may have come meanwhile."""
        delta = delta_of(subscription, self._view, viewer.sequence)
        self._send({viewer}, delta.inside, delta.outside, delta.inside)

    def _send(self, viewers: set[Viewer], came: Rows, left: Rows, moved: Rows) -> None:
        """Who came, who left, and one frame of positions; encoded once."""
        connections = [viewer.connection for viewer in viewers]
        if len(came) or len(left):
            members = {"type": "members", "added": self._members(came), "removed": left.tolist()}
            broadcast(connections, orjson.dumps(members), text=True)
        if len(moved):
            broadcast(connections, encode_frame(self._view, moved, sequence=self._view.sequence, now=self._now()))

    def _send_snapshot(self, viewer: Viewer, rows: Rows) -> None:
        view = self._view
        snapshot = {"type": "snapshot", "sequence": view.sequence, "members": self._members(rows)}
        broadcast([viewer.connection], orjson.dumps(snapshot), text=True)
        broadcast([viewer.connection], encode_frame(view, rows, sequence=view.sequence, now=self._now()))

    def _rows(self, subscription: Subscription) -> Rows:
        every = np.flatnonzero(self._view.shown)
        rows: Rows = every[inside(subscription, self._view, every)]
        return rows

    def _members(self, rows: Iterable[int]) -> list[dict[str, Any]]:
        """Who the rows are."""
        found = []
        for key in map(int, rows):
            device = self._view.devices.get(key)
            if device is not None:
                found.append(
                    {"key": key, "device": device.id, "member": device.member_id,
                     "name": device.member_name or device.id, "post": device.post,
                     "organisation": device.organisation}
                )  # fmt: skip
        return found


def _has_room(connection: ServerConnection) -> bool:
    return connection.transport.get_write_buffer_size() < _FULL
