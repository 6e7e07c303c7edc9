"""Webhooks: who is told, how often it is tried, and how a delivery proves where it comes from. Pure."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

__all__ = ["MOST_ATTEMPTS", "Delivery", "Due", "Webhook", "fault_of_url", "is_public", "pause_after", "signature"]

MOST_ATTEMPTS = 14
"""Over about eight hours; then a delivery is given up."""
_FIRST_S, _LONGEST_S = 5, 3_600


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where happenings of these topics are posted. organisation: id, whose subtree it is told of."""

    key: int
    id: str
    organisation: str
    url: str
    topics: list[str]
    by_name: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Delivery:
    """One happening to one webhook. happening: key of the outbox, the same however often it is tried."""

    key: int
    happening: int
    topic: str
    at: datetime
    attempts: int
    next_at: datetime
    answer: str | None
    taken: bool
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Due:
    """A delivery to be made now."""

    key: int
    happening: int
    topic: str
    at: datetime
    body: dict[str, Any]
    attempts: int
    url: str
    secret: str


def pause_after(attempts: int) -> timedelta | None:
    """How long to wait after so many attempts; None: give up."""
    if attempts >= MOST_ATTEMPTS:
        return None
    return timedelta(seconds=min(_FIRST_S * 2 ** (attempts - 1), _LONGEST_S))


def signature(secret: str, at: int, body: bytes) -> str:
    """The value of X-Gridwarden-Signature: HMAC-SHA256 of `<seconds>.<body>` under the secret. at: Unix seconds."""
    digest = hmac.new(secret.encode(), b"%d." % at + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"


def fault_of_url(url: str, *, private: bool) -> str | None:
    """Why this URL cannot be a webhook's, None when it can. private: addresses of private networks are allowed."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.password:
        return "expected http:// or https:// and a host, without a name or password"
    if private:
        return None
    try:
        public = is_public(parts.hostname)
    except ValueError:
        public = parts.hostname != "localhost" and not parts.hostname.endswith((".localhost", ".local", ".internal"))
    return None if public else "addresses of private networks are not posted to, unless GRIDWARDEN_WEBHOOKS_PRIVATE=yes"


def is_public(address: str) -> bool:
    """Whether an IP address lies in the open internet. Raises ValueError for what is none."""
    return ipaddress.ip_address(address).is_global
