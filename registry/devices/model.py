"""Devices: the terminals that report positions, and what the server must know of each."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import NewType

__all__ = ["Device", "DeviceId", "hash_token", "new_token", "token_matches"]

DeviceId = NewType("DeviceId", str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """One terminal as the tracking pipeline sees it, joined with the member who carries it.

    key: dense small integer, the row number of every columnar table and frame. id: what the device calls itself.
    member, member_id, member_name, post: who carries it; None when nobody does.
    organisation: key of the member's organisation, else of the device's own.
    token_hash: SHA-256 of its token, None when it has none. require_token: refuse it without, whatever the protocol.
    dialect: how this device reads an ambiguous format ("" or "osmand": speed in m/s, hdop in metres).
    stale_after_s, silent_after_s: its own limits; None = the server's.
    on_duty: False when its member is off shift.
    """

    key: int
    id: DeviceId
    member: int | None
    member_id: str | None
    member_name: str | None
    post: str | None
    organisation: int
    token_hash: bytes | None
    require_token: bool
    dialect: str
    stale_after_s: float | None
    silent_after_s: float | None
    on_duty: bool
    retired: bool


def new_token() -> str:
    """A random token of 160 bits, safe in URLs."""
    return secrets.token_urlsafe(20)


def hash_token(token: str) -> bytes:
    """SHA-256: tokens are random, so a slow hash would add cost and no safety."""
    return hashlib.sha256(token.encode()).digest()


def token_matches(token: str, token_hash: bytes) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(hash_token(token), token_hash)
