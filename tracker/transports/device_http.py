"""Devices over HTTP: Gridwarden's own JSON and the free phone apps, on the web application's port.

    POST       /api/v1/fixes       Bearer token            {"accepted": n, "rejected": [{"index", "reason"}]}
    any        /ingest/osmand      id, token where needed  empty
    POST       /pub                Basic device:token      []                   (OwnTracks)
    POST       /ingest/overland    Bearer token            {"result":"ok"}
    GET, POST  /ingest/gpslogger   id, token where needed  empty
    GET        /ingest/opengts     dev, token where needed empty

200 says that the fixes are durable. Fixes that were read but refused by the pipeline (too old, a jump) are kept with
their reason; the phone apps get a 200 for them too, because sending them again would not help.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial

import orjson
from aiohttp import web

from registry.devices.model import Device
from tracker.intake.errors import UnknownDevice, WrongToken
from tracker.protocols.credentials import basic, bearer
from tracker.protocols.gpslogger import read_gpslogger
from tracker.protocols.json_fixes import decode_fixes
from tracker.protocols.opengts import read_opengts
from tracker.protocols.osmand import read_osmand
from tracker.protocols.overland import REPLY as OVERLAND_REPLY
from tracker.protocols.overland import decode_overland
from tracker.protocols.owntracks import REPLY as OWNTRACKS_REPLY
from tracker.protocols.owntracks import decode_owntracks
from tracker.protocols.report import Claim
from tracker.protocols.traccar_json import TraccarLocation
from tracker.transports.errors import TooSlow
from tracker.transports.http_body import read_body
from tracker.transports.http_refusals import REFUSALS, Refused, plain_response, problem_response, refused
from tracker.transports.reception import Reception, decoded

__all__ = ["device_routes", "osmand_handler"]

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Answer = Callable[[web.Request, Reception], Awaitable[web.Response]]
Write = Callable[[Refused, str], web.Response]
ReadClaim = Callable[[str, str, bytes], Claim]

_JSON = "application/json"


def device_routes(reception: Reception) -> list[web.RouteDef]:
    """The routes of the module's table."""
    gpslogger = _guarded("gpslogger", _claimed("gpslogger", read_gpslogger), reception)
    opengts = _guarded("opengts", _claimed("opengts", read_opengts), reception)
    return [
        web.post("/api/v1/fixes", _guarded("json", _fixes, reception, write=problem_response)),
        web.route("*", "/ingest/osmand", osmand_handler(reception)),
        web.post("/pub", _guarded("owntracks", _owntracks, reception, write=_kept_by_owntracks, challenge="Basic")),
        web.post("/ingest/overland", _guarded("overland", _overland, reception)),
        web.get("/ingest/gpslogger", gpslogger, allow_head=False),
        web.post("/ingest/gpslogger", gpslogger),
        web.get("/ingest/opengts", opengts, allow_head=False),
    ]


def osmand_handler(reception: Reception) -> Handler:
    """OsmAnd and Traccar Client, whatever the path and method."""
    return _guarded("osmand", _claimed("osmand", read_osmand), reception)


def _guarded(
    protocol: str, answer: Answer, reception: Reception, *, write: Write = plain_response, challenge: str = "Bearer"
) -> Handler:
    """Turn what a request may meet into its answer, and count it."""

    async def handle(request: web.Request) -> web.StreamResponse:
        try:
            return await answer(request, reception)
        except REFUSALS as error:
            refusal = refused(error)
            reception.refused[protocol, refusal.title] += 1
            response = write(refusal, challenge)
            if isinstance(error, TooSlow):
                response.force_close()  # what follows on this connection would be the rest of the body
            return response

    return handle


def _claimed(protocol: str, read: ReadClaim) -> Answer:
    """Protocols that name their device among their parameters."""

    async def answer(request: web.Request, reception: Reception) -> web.Response:
        received_at = reception.clock.now_us()
        body = await read_body(request, reception.limits)
        claim = read(request.raw_path.partition("?")[2], request.headers.get("Content-Type", ""), body)
        try:
            device = await reception.directory.identify(
                claim.device_id, claim.token, protocol=protocol, address=request.remote or ""
            )
        except UnknownDevice as error:
            if isinstance(claim, TraccarLocation):
                reception.refused[protocol, "Unknown device"] += 1
                return plain_response(replace(refused(error), status=404), "Bearer")
            raise
        report = claim.report(dialect=device.dialect, received_at=received_at)
        await reception.take_report(protocol, device, report, received_at=received_at)
        return web.Response()

    return answer


async def _fixes(request: web.Request, reception: Reception) -> web.Response:
    received_at = reception.clock.now_us()
    device = await _bearer_device(request, reception)
    body = await read_body(request, reception.limits)
    fixes = await decoded(body, partial(decode_fixes, body, device=device.key, received_at=received_at))
    reply = await reception.take_decoded("json", device, fixes, received_at=received_at)
    return web.Response(body=orjson.dumps(reply), content_type=_JSON)


async def _owntracks(request: web.Request, reception: Reception) -> web.Response:
    received_at = reception.clock.now_us()
    device = await _owntracks_device(request, reception)
    body = await read_body(request, reception.limits)
    report = await decoded(body, partial(decode_owntracks, body, received_at=received_at))
    await reception.take_report("owntracks", device, report, received_at=received_at)
    return web.Response(body=OWNTRACKS_REPLY, content_type=_JSON)


async def _overland(request: web.Request, reception: Reception) -> web.Response:
    received_at = reception.clock.now_us()
    device = await _bearer_device(request, reception)
    body = await read_body(request, reception.limits)
    report = await decoded(body, partial(decode_overland, body, received_at=received_at))
    await reception.take_report("overland", device, report, received_at=received_at)
    return web.Response(body=OVERLAND_REPLY, content_type=_JSON)


async def _bearer_device(request: web.Request, reception: Reception) -> Device:
    token = bearer(request.headers.get("Authorization"))
    if token is None:
        raise WrongToken("send the device's token: Authorization: Bearer <token>")
    return await reception.directory.identify_token(token)


async def _owntracks_device(request: web.Request, reception: Reception) -> Device:
    """The device of the password, which must also be named: as the user, or in X-Limit-D or X-Limit-U."""
    credentials = basic(request.headers.get("Authorization"))
    if credentials is None:
        raise WrongToken("set the app's user name to the device and its password to the device's token")
    user, token = credentials
    device = await reception.directory.identify_token(token)
    if device.id not in (user, request.headers.get("X-Limit-D"), request.headers.get("X-Limit-U")):
        raise WrongToken("the password is another device's token")
    return device


def _kept_by_owntracks(refusal: Refused, challenge: str) -> web.Response:
    """OwnTracks for iOS deletes a fix on any 4xx, so what passes with time is a 503."""
    temporary = refusal.retry_after_s is not None
    return plain_response(replace(refusal, status=503) if temporary else refusal, challenge)
