"""From an HTTP request to a Call: who asks, may he, and is what he sent well formed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlsplit

from aiohttp import web
from pydantic import BaseModel, ValidationError

from registry.api.problems import BadRequest, Forbidden, NotSignedIn, Unsupported
from registry.api.route import Call, Caller, Route, Upload, Uploaded

__all__ = ["COOKIE", "Authenticate", "call_of"]

COOKIE = "gridwarden_session"

Authenticate = Callable[[str], Awaitable[Caller | None]]
"""Who holds a session token; None when nobody does."""

M = TypeVar("M", bound=BaseModel)

_READS = ("GET", "HEAD")
_BODY_TIMEOUT_S = 30.0
_LONGEST_KEY = 128
_CHUNK = 65_536
_FORM = "application/x-www-form-urlencoded"


async def call_of(request: web.Request, route: Route, authenticate: Authenticate) -> Call:
    """The request, validated. Raises BadRequest, Forbidden, NotSignedIn, and aiohttp's errors for 408 and 413."""
    token, by_cookie = _token(request)
    if by_cookie and request.method not in _READS:
        _refuse_foreign_pages(request)
    return Call(
        caller=await _caller(route, token, authenticate),
        path=_path(request),
        query=_query(request, route.query),
        body=await _sent(request, route),
        token=token,
        address=_address(request),
        idempotency_key=_idempotency_key(request),
    )


def _token(request: web.Request) -> tuple[str | None, bool]:
    """(session token, whether a browser may have sent it, or none, by itself)."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token.strip():
        return token.strip(), False
    return request.cookies.get(COOKIE), True


def _refuse_foreign_pages(request: web.Request) -> None:
    """A write without a bearer token must come from our own page; browsers say where from. Raises Forbidden."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    foreign = site not in (None, "same-origin", "none")
    if foreign or (origin is not None and urlsplit(origin).netloc != request.host):
        raise Forbidden("a page of another origin may not do this")


async def _caller(route: Route, token: str | None, authenticate: Authenticate) -> Caller | None:
    if route.public:
        return None
    caller = await authenticate(token) if token is not None else None
    if caller is None:
        raise NotSignedIn("sign in: POST /api/v1/session, then send the token or the cookie")
    if caller.role not in route.roles:
        raise Forbidden(f"the role {caller.role} may not do this")
    return caller


def _path(request: web.Request) -> dict[str, str]:
    return {name: _text(value) for name, value in request.match_info.items()}


def _query(request: web.Request, model: type[M] | None) -> M | None:
    if model is None:
        return None
    given: dict[str, Any] = {}
    for name in request.query:
        values = [_text(value) for value in request.query.getall(name)]
        given[name] = values[0] if len(values) == 1 else values
    return _validated(lambda: model.model_validate(given), "query")


async def _sent(request: web.Request, route: Route) -> BaseModel | Uploaded | None:
    if route.upload is not None:
        return await _file(request, route.upload)
    if route.body is None:
        return None
    return await (_form(request, route.body) if route.form else _body(request, route.body))


async def _form(request: web.Request, model: type[M]) -> M:
    if request.content_type != _FORM:
        raise Unsupported(f"send {_FORM}")
    try:
        pairs = parse_qsl((await _read(request)).decode(), keep_blank_values=True, errors="strict", max_num_fields=100)
    except ValueError as error:
        raise BadRequest("the form is not understood: it is not UTF-8, or too long") from error
    return _validated(lambda: model.model_validate({_text(name): _text(value) for name, value in pairs}), "form")


async def _read(request: web.Request) -> bytes:
    try:
        async with asyncio.timeout(_BODY_TIMEOUT_S):
            return await request.read()
    except TimeoutError as error:
        raise web.HTTPRequestTimeout from error


async def _body(request: web.Request, model: type[M]) -> M:
    raw = await _read(request)
    if b"\\u0000" in raw:
        raise BadRequest("the body is not understood: NUL is no character of a text")
    return _validated(lambda: model.model_validate_json(raw), "body")


async def _file(request: web.Request, upload: Upload) -> Uploaded:
    """The file, read as it comes and no further than it may be long."""
    media_type = request.content_type.lower()
    if media_type not in upload.media_types:
        raise Unsupported(f"send one of {', '.join(upload.media_types)} as Content-Type, and the file as the body")
    data = bytearray()
    try:
        async with asyncio.timeout(_BODY_TIMEOUT_S):
            async for chunk in request.content.iter_chunked(_CHUNK):
                data += chunk
                if len(data) > upload.most_bytes:
                    raise web.HTTPRequestEntityTooLarge(max_size=upload.most_bytes, actual_size=len(data))
    except TimeoutError as error:
        raise web.HTTPRequestTimeout from error
    return Uploaded(bytes(data), media_type)


def _text(value: str) -> str:
    """As it is, unless the database could not hold it. Raises BadRequest."""
    if "\x00" in value or (not value.isascii() and any("\ud800" <= sign <= "\udfff" for sign in value)):
        raise BadRequest("the address is not understood: it is not UTF-8, or holds NUL")
    return value


def _validated(validate: Callable[[], M], where: str) -> M:
    try:
        return validate()
    except ValidationError as error:
        faults: list[dict[str, object]] = [
            {"in": where, "at": ".".join(map(str, fault["loc"])), "reason": fault["msg"]} for fault in error.errors()
        ]
        at = f"{faults[0]['at']}: " if faults[0]["at"] else ""
        raise BadRequest(f"the {where} is not understood: {at}{faults[0]['reason']}", errors=faults) from error


def _idempotency_key(request: web.Request) -> str | None:
    """The header's value. Raises BadRequest."""
    key = request.headers.get("Idempotency-Key")
    if key is not None and not (1 <= len(key) <= _LONGEST_KEY and key.isprintable()):
        raise BadRequest(f"an Idempotency-Key has 1 to {_LONGEST_KEY} printable characters")
    return key


def _address(request: web.Request) -> str:
    peer = request.transport.get_extra_info("peername") if request.transport else None
    return f"{peer[0]}:{peer[1]}" if peer else ""
