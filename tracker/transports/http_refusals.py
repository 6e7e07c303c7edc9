"""From what went wrong to the answer a device gets: one table, two ways to write it.

wrong                   status   an app that reads it
----------------------  ------   --------------------------------------------
DecodeError, TooSlow    400      gives the request up
WrongToken              401      tells its user
UnknownDevice           400      404 to Traccar Client 9, as its own server
TooLarge, TooManyFixes  413      gives the request up
TooFast                 429      sends again; 503 where a 4xx deletes the fix (OwnTracks for iOS)
Overloaded, Store-      503      sends again, after Retry-After
Unavailable
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import orjson
from aiohttp import web

from tracker.intake.errors import IntakeError, Overloaded, StoreUnavailable, UnknownDevice, WrongToken
from tracker.protocols.errors import DecodeError
from tracker.protocols.json_fixes import TooManyFixes
from tracker.transports.errors import TooFast, TooLarge, TransportRefusal

__all__ = ["REFUSALS", "Refused", "plain_response", "problem_response", "refused"]

REFUSALS = (DecodeError, IntakeError, TransportRefusal)
"""Everything that is answered; any other error is a fault of the server."""


@dataclass(frozen=True, slots=True)
class Refused:
    """status: HTTP's. title: the kind of fault, few words. detail: for this sender. retry_after_s: None = never."""

    status: int
    title: str
    detail: str
    retry_after_s: float | None = None


def refused(error: Exception) -> Refused:
    """What to answer to one of REFUSALS."""
    detail = str(error)
    match error:
        case TooFast():
            return Refused(429, "Too many fixes", detail, error.retry_after_s)
        case Overloaded() | StoreUnavailable():
            return Refused(503, "Unavailable", detail, error.retry_after_s)
        case TooLarge() | TooManyFixes():
            return Refused(413, "Too large", detail)
        case WrongToken():
            return Refused(401, "Wrong token", detail)
        case UnknownDevice():
            return Refused(400, "Unknown device", detail)
        case _:
            return Refused(400, "Bad request", detail)


def plain_response(refusal: Refused, challenge: str) -> web.Response:
    """As a line of text. challenge: the scheme of WWW-Authenticate on a 401."""
    return web.Response(status=refusal.status, text=f"{refusal.detail}\n", headers=_headers(refusal, challenge))


def problem_response(refusal: Refused, challenge: str) -> web.Response:
    """As RFC 9457 problem details."""
    problem = {"type": "about:blank", "title": refusal.title, "status": refusal.status, "detail": refusal.detail}
    return web.Response(
        status=refusal.status,
        body=orjson.dumps(problem),
        content_type="application/problem+json",
        headers=_headers(refusal, challenge),
    )


def _headers(refusal: Refused, challenge: str) -> dict[str, str]:
    if refusal.status == 401:
        return {"WWW-Authenticate": f'{challenge} realm="gridwarden devices"'}
    if refusal.retry_after_s is not None:
        return {"Retry-After": str(max(1, math.ceil(refusal.retry_after_s)))}
    return {}
