"""What a handler said, as an HTTP response: JSON, a cookie set or cleared, a file in chunks."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import AsyncGenerator, AsyncIterator
from urllib.parse import quote, urlsplit

import orjson
from aiohttp import web
from pydantic import BaseModel

from gridwarden.web.requests import COOKIE
from registry.api.route import Answered, Download, Route

__all__ = ["response_of"]

_log = logging.getLogger(__name__)

_CHUNK_TIMEOUT_S = 60.0
"""How long a reader may take for one chunk: it holds a connection to the database."""


async def response_of(
    request: web.Request, route: Route, said: BaseModel | Download | Answered | None
) -> web.StreamResponse:
    """The response. What fails before the first byte of a file is raised; later the connection is cut."""
    if isinstance(said, Download):
        return await _stream(request, said, route.status)
    if isinstance(said, Answered):
        response = _json(route, said.body)
        _set_cookie(request, response, said)
        return response
    return _unless_known(request, _json(route, said)) if route.tagged else _json(route, said)


def _unless_known(request: web.Request, response: web.Response) -> web.Response:
    """304 where the asker has the same answer already."""
    assert isinstance(response.body, bytes)
    tag = f'"{hashlib.sha256(response.body).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == tag:
        response = web.Response(status=304)
    response.headers["ETag"] = tag
    return response


def _json(route: Route, said: BaseModel | None) -> web.Response:
    if said is None:
        return web.Response(status=route.status if route.status != 200 else 204)
    body = orjson.dumps(
        said.model_dump(mode="python", by_alias=True), default=str, option=orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_UTC_Z
    )
    return web.Response(status=route.status, body=body, content_type="application/json")


def _set_cookie(request: web.Request, response: web.Response, said: Answered) -> None:
    if said.session:
        response.set_cookie(
            COOKIE, said.session, max_age=said.lifetime_s, path="/", httponly=True, samesite="Strict",
            secure=_is_https(request),
        )  # fmt: skip
    else:
        response.del_cookie(COOKIE, path="/")


def _is_https(request: web.Request) -> bool:
    """Whether the page came over TLS, a proxy's included: a page's origin says so, and only its own cookie suffers."""
    return request.secure or urlsplit(request.headers.get("Origin", "")).scheme == "https"


async def _stream(request: web.Request, download: Download, status: int) -> web.StreamResponse:
    headers = {"Content-Type": download.media_type}
    if download.filename is not None:
        headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(download.filename)}"
    response, chunks = web.StreamResponse(status=status, headers=headers), aiter(download.chunks)
    try:
        first = await anext(chunks, b"")
        await response.prepare(request)
        if request.method != "HEAD":
            await _write(request, response, first, chunks)
    finally:
        if isinstance(chunks, AsyncGenerator):
            await chunks.aclose()  # now, not when the collector comes: it holds a connection
    return response


async def _write(
    request: web.Request, response: web.StreamResponse, first: bytes, chunks: AsyncIterator[bytes]
) -> None:
    """Send every chunk. A file that breaks off must not look whole, so the connection is cut then."""
    try:
        await _send(response, first)
        async for chunk in chunks:
            await _send(response, chunk)
        await response.write_eof()
    except (ConnectionError, TimeoutError):
        _cut(request)  # the reader went away, or reads no more
    except Exception as error:  # noqa: BLE001 - supervisor of one file; the status has been sent already
        _log.error("a file broke off: %s", request.path, exc_info=error)
        _cut(request)


async def _send(response: web.StreamResponse, chunk: bytes) -> None:
    async with asyncio.timeout(_CHUNK_TIMEOUT_S):
        await response.write(chunk)


def _cut(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()
