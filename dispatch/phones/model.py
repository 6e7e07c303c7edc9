"""What an operator's gateway (SMS, web push) is told of an assignment that no handheld confirmed, signed. Pure."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta

__all__ = ["MOST_ATTEMPTS", "UNCONFIRMED_FOR", "next_try", "signature"]

UNCONFIRMED_FOR = timedelta(seconds=10)
"""After which an offer goes to the phone as well."""
MOST_ATTEMPTS = 8
_FIRST, _LONGEST = timedelta(seconds=15), timedelta(minutes=10)


def next_try(attempts: int, now: datetime) -> datetime:
    """When to try again unless this attempt, the first is 1, says that it was told. Later than it can last."""
    pause: timedelta = min(_FIRST * (1 << attempts - 1), _LONGEST)
    return now + pause


def signature(secret: str, at: datetime, body: bytes) -> str:
    """Header value `t=<unix seconds>,v1=<hex>`: HMAC-SHA256 of `<unix seconds>.<body>`."""
    seconds = int(at.timestamp())
    digest = hmac.new(secret.encode(), f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={seconds},v1={digest}"
