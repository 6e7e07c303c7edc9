"""Which devices a fleet plays, from a CSV file."""

from __future__ import annotations

import csv
from pathlib import Path

from simulators.clients.protocols import Handheld

__all__ = ["BadDevices", "read_devices"]


class BadDevices(Exception):
    """The list of devices cannot be used; the message says why."""


def read_devices(path: Path, count: int, *, needs_token: bool) -> tuple[Handheld, ...]:
    """The first `count` devices of a file with the columns `device` or `id`, and `token`. Raises BadDevices."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadDevices(f"{path}: {error}") from error
    devices = tuple(_handheld(row) for row in rows[:count])
    if len(devices) < count:
        raise BadDevices(f"{path}: {len(devices)} devices for {count} members")
    if nameless := [row for row, who in enumerate(devices, start=2) if not who.device]:
        raise BadDevices(f"{path}: line {nameless[0]} names no device")
    if needs_token and any(who.token is None for who in devices):
        raise BadDevices(f"{path}: this protocol needs a token for every device")
    return devices


def _handheld(row: dict[str, str]) -> Handheld:
    return Handheld(row.get("device") or row.get("id") or "", row.get("token") or None)
