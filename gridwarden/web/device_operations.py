"""The device side as OpenAPI operations, by hand: its requests are read by `tracker/protocols`, not by pydantic.

`docs/protocols.md` has the formats; `tracker/transports/device_http.py` the same paths in code.
"""

from __future__ import annotations

from typing import Any

__all__ = ["DEVICE_PATHS", "DEVICE_SCHEMAS", "DEVICE_SECURITY"]

DEVICE_SECURITY: dict[str, Any] = {
    "device": {"type": "http", "scheme": "bearer", "description": "the token of `gridwarden device add`"},
    "deviceBasic": {"type": "http", "scheme": "basic", "description": "device and token"},
}

_NUMBER: dict[str, Any] = {"type": ["number", "null"]}

DEVICE_SCHEMAS: dict[str, Any] = {
    "Fix": {
        "type": "object",
        "description": "One receiver's statement of where and when it was, in SI units and degrees.",
        "required": ["time", "latitude", "longitude"],
        "properties": {
            "time": {"type": "string", "format": "date-time"},
            "latitude": {"type": "number", "minimum": -90, "maximum": 90},
            "longitude": {"type": "number", "minimum": -180, "maximum": 180},
            "speed": _NUMBER | {"description": "m/s over ground"},
            "course": _NUMBER | {"description": "degrees true"},
            "altitude": _NUMBER | {"description": "metres above mean sea level"},
            "accuracy": _NUMBER | {"description": "metres at 95 %"},
            "hdop": _NUMBER,
            "battery": _NUMBER | {"description": "0 to 1"},
            "event": {"type": ["string", "null"], "description": "the device's word, e.g. sos"},
        },
    },
    "Accepted": {
        "type": "object",
        "required": ["accepted", "rejected"],
        "properties": {
            "accepted": {"type": "integer", "description": "fixes that are durable now"},
            "rejected": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["index", "reason"],
                    "properties": {"index": {"type": "integer"}, "reason": {"type": "string"}},
                },
            },
        },
    },
}

_TITLES = {400: "Not understood", 401: "Wrong token", 413: "Too large", 429: "Too fast", 503: "Cannot be stored now"}


def _refusals(media_type: str, schema: dict[str, Any]) -> dict[str, Any]:
    content = {media_type: {"schema": schema}}
    return {str(status): {"description": title, "content": content} for status, title in _TITLES.items()}


_PLAIN = _refusals("text/plain", {"type": "string"})
_PROBLEMS = _refusals("application/problem+json", {"$ref": "#/components/schemas/Problem"})


def _operation(
    name: str, summary: str, *, answer: dict[str, Any] | None, refusals: dict[str, Any],
    security: list[dict[str, Any]], body: dict[str, Any] | None = None,
    parameters: list[dict[str, Any]] | None = None,
) -> dict[str, Any]:  # fmt: skip
    well: dict[str, Any] = {"description": "Stored"}
    if answer is not None:
        well["content"] = {"application/json": {"schema": answer}}
    operation: dict[str, Any] = {
        "operationId": name, "summary": summary, "tags": ["devices' side"], "parameters": parameters or [],
        "responses": {"200": well} | refusals, "security": security,
    }  # fmt: skip
    if body is not None:
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": body}}}
    return operation


def _told(name: str, description: str, *, required: bool = True) -> dict[str, Any]:
    return {
        "name": name, "in": "query", "required": required, "schema": {"type": "string"}, "description": description
    }  # fmt: skip


_FIX = {"$ref": "#/components/schemas/Fix"}
_TOKEN = _told("token", "where the device must send it", required=False)
_OSMAND = _operation(
    "ingest_osmand", "OsmAnd and Traccar Client: query, form or JSON", answer=None, refusals=_PLAIN, security=[],
    parameters=[_told("id", "the device; also `deviceid`, or in the JSON body", required=False), _TOKEN],
)  # fmt: skip
_GPSLOGGER = _operation(
    "ingest_gpslogger", "GPSLogger for Android, custom URL", answer=None, refusals=_PLAIN, security=[],
    parameters=[_told("id", "the device", required=False), _TOKEN],
)  # fmt: skip


def _also_by_post(operation: dict[str, Any]) -> dict[str, Any]:
    return {"get": operation, "post": operation | {"operationId": f"{operation['operationId']}_post"}}


DEVICE_PATHS: dict[str, dict[str, Any]] = {
    "/api/v1/fixes": {
        "post": _operation(
            "post_fixes", "Fixes of one device; 200 says that the accepted ones are durable",
            answer={"$ref": "#/components/schemas/Accepted"}, refusals=_PROBLEMS, security=[{"device": []}],
            body={"oneOf": [_FIX, {"type": "array", "items": _FIX}]},
        )
    },
    "/pub": {
        "post": _operation(
            "owntracks", "OwnTracks, HTTP mode", answer={"type": "array"}, refusals=_PLAIN,
            security=[{"deviceBasic": []}], body={"type": "object"},
        )
    },
    "/ingest/overland": {
        "post": _operation(
            "ingest_overland", "Overland", answer={"type": "object"}, refusals=_PLAIN, security=[{"device": []}],
            body={"type": "object"},
        )
    },
    "/ingest/osmand": _also_by_post(_OSMAND),
    "/ingest/gpslogger": _also_by_post(_GPSLOGGER),
    "/ingest/opengts": {
        "get": _operation(
            "ingest_opengts", "OpenGTS with a GPRMC sentence", answer=None, refusals=_PLAIN, security=[],
            parameters=[_told("dev", "the device; also `id`", required=False),
                        _told("gprmc", "the sentence", required=False), _TOKEN],
        )
    },
}  # fmt: skip
"""Path items by path."""
