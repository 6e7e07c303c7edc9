"""The Authorization header of devices: Bearer (RFC 6750) and Basic (RFC 7617)."""

from __future__ import annotations

import base64
import binascii

__all__ = ["basic", "bearer"]

_LONGEST = 512


def bearer(header: str | None) -> str | None:
    """The token of `Bearer <token>`; None when there is none that could be one."""
    scheme, _, token = (header or "").partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not 0 < len(token) <= _LONGEST or not (token.isascii() and token.isprintable()):
        return None
    return token


def basic(header: str | None) -> tuple[str, str] | None:
    """User and password of `Basic <base64 of user:password>`; None when there are none."""
    scheme, _, packed = (header or "").partition(" ")
    if scheme.lower() != "basic" or len(packed) > _LONGEST:
        return None
    try:
        user, colon, password = base64.b64decode(packed.strip(), validate=True).decode("utf-8").partition(":")
    except (binascii.Error, ValueError):
        return None
    return (user, password) if colon and password else None
