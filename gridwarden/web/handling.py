"""From a Route to an aiohttp handler: who asks, may he, is the request well formed; then the answer's form."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

import orjson
from aiohttp import web
from pydantic import BaseModel, ValidationError

from gridwarden.web.problems import problem_of
from registry.api.problems import BadRequest, Forbidden, NotSignedIn
from registry.api.route import Answered, Call, Caller, Download, Route

__all__ = ["COOKIE", "Authenticate", "handler_of"]

COOKIE = "gridwarden_session"

Authenticate = Callable[[str], Awaitable[Caller | None]]
M = TypeVar("M", bound=BaseModel)

_READS = ("GET", "HEAD")


def handler_of(route: Route, authenticate: Authenticate) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """Serve this route."""

    async def handle(request: web.Request) -> web.StreamResponse:
        try:
            call = await _call(request, route, authenticate)
            return await _answer(request, route, await route.handler(call))
        except Exception as error:  # noqa: BLE001 - supervisor of one request; unknown ones are logged there
            return problem_of(error)

    return handle


async def _call(request: web.Request, route: Route, authenticate: Authenticate) -> Call:
    token, by_cookie = _token(request)
    if by_cookie and request.method not in _READS:
        _same_origin(request)
    caller = await authenticate(token) if token is not None and not route.public else None
    if caller is None and not route.public:
        raise NotSignedIn("sign in: POST /api/v1/session, then send the token or the cookie")
    if caller is not None and route.roles is not None and caller.role not in route.roles:
        raise Forbidden(f"the role {caller.role} may not do this")
    return Call(
        caller=caller,
        path=dict(request.match_info),
        query=_query(request, route.query),
        body=await _body(request, route.body),
        token=token,
        address=_address(request),
    )


def _token(request: web.Request) -> tuple[str | None, bool]:
    """(session token, whether the cookie brought it)."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token:
        return token.strip(), False
    return request.cookies.get(COOKIE), True


def _same_origin(request: web.Request) -> None:
    """A write with a cookie must come from our own page; browsers say where from. Raises Forbidden."""
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    foreign = site not in (None, "same-origin", "none")
    if foreign or (origin is not None and urlsplit(origin).netloc != request.host):
        raise Forbidden("a page of another origin may not do this")


def _query(request: web.Request, model: type[M] | None) -> M | None:
    if model is None:
        return None
    given: dict[str, Any] = {}
    for name in request.query:
        values = request.query.getall(name)
        given[name] = values[0] if len(values) == 1 else values
    return _validated(model, lambda: model.model_validate(given), "query")


async def _body(request: web.Request, model: type[M] | None) -> M | None:
    if model is None:
        return None
    raw = await request.read()
    return _validated(model, lambda: model.model_validate_json(raw), "body")


def _validated(model: type[M], validate: Callable[[], M], where: str) -> M:
    try:
        return validate()
    except ValidationError as error:
        faults: list[dict[str, object]] = [
            {"in": where, "at": ".".join(map(str, fault["loc"])), "reason": fault["msg"]} for fault in error.errors()
        ]
        raise BadRequest(f"the {where} is not understood: {faults[0]['reason']}", errors=faults) from error


def _address(request: web.Request) -> str:
    peer = request.transport.get_extra_info("peername") if request.transport else None
    return f"{peer[0]}:{peer[1]}" if peer else ""


async def _answer(
    request: web.Request, route: Route, said: BaseModel | Download | Answered | None
) -> web.StreamResponse:
    if isinstance(said, Download):
        return await _stream(request, said)
    if isinstance(said, Answered):
        response = _json(route, said.body)
        _set_cookie(request, response, said)
        return response
    return _json(route, said)


def _json(route: Route, said: BaseModel | None) -> web.Response:
    if said is None:
        return web.Response(status=route.status if route.status != 200 else 204)
    body = orjson.dumps(
        said.model_dump(mode="python"), default=str, option=orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_UTC_Z
    )
    return web.Response(status=route.status, body=body, content_type="application/json")


def _set_cookie(request: web.Request, response: web.Response, said: Answered) -> None:
    if said.session:
        response.set_cookie(
            COOKIE, said.session, max_age=said.lifetime_s, path="/", httponly=True, samesite="Strict",
            secure=request.secure,
        )  # fmt: skip
    else:
        response.del_cookie(COOKIE, path="/")


async def _stream(request: web.Request, download: Download) -> web.StreamResponse:
    headers = {"Content-Type": download.media_type}
    if download.filename is not None:
        headers["Content-Disposition"] = f'attachment; filename="{download.filename}"'
    response = web.StreamResponse(headers=headers)
    chunks = aiter(download.chunks)
    first = await anext(chunks, b"")  # what fails before the first byte is still answered as a problem
    await response.prepare(request)
    await response.write(first)
    async for chunk in chunks:
        await response.write(chunk)
    await response.write_eof()
    return response
