"""The body of a device's request, bounded in bytes (after unpacking) and in time."""

from __future__ import annotations

import asyncio

from aiohttp import web

from tracker.transports.errors import TooLarge, TooSlow
from tracker.transports.reception import DeviceLimits

__all__ = ["read_body"]


async def read_body(request: web.BaseRequest, limits: DeviceLimits) -> bytes:
    """The whole body, gzip and deflate unpacked. Raises TooLarge and TooSlow."""
    if not request.can_read_body:
        return b""
    if (request.content_length or 0) > limits.body_bytes:
        raise TooLarge(limits.body_bytes)
    try:
        async with asyncio.timeout(limits.body_timeout_s):
            return await _collected(request, limits.body_bytes)
    except TimeoutError:
        raise TooSlow("the body did not arrive in time") from None
    except web.RequestPayloadError as error:
        request.content.feed_eof()  # else aiohttp reads on after the answer, and logs the same error as its own
        raise TooSlow("the body cannot be unpacked, or broke off") from error
    except ConnectionError as error:
        raise TooSlow("the device hung up within the body") from error


async def _collected(request: web.BaseRequest, limit: int) -> bytes:
    chunk = await request.content.readany()
    if len(chunk) <= limit and request.content.at_eof():
        return chunk
    body = bytearray(chunk)
    while chunk and len(body) <= limit:
        chunk = await request.content.readany()
        body += chunk
    if len(body) > limit:
        raise TooLarge(limit)
    return bytes(body)
