"""The way itself, asked of an operator's routing engine. Pure.

OSRM, `route` of its HTTP API v1 (project-osrm.org/docs/v5.24.0/api):
    GET {base}/route/v1/{profile}/{lon},{lat};{lon},{lat}?overview=full&geometries=geojson
    200 {"code": "Ok", "routes": [{"duration": seconds, "geometry": {"coordinates": [[lon, lat], ...]}, ...}]}

Valhalla, `route` (valhalla.github.io/valhalla/api/turn-by-turn/api-reference):
    POST {base}/route {"locations": [{"lat", "lon"}, ...], "costing", "directions_type": "none"}
    200 {"trip": {"legs": [{"shape": encoded polyline, 1e-6 degrees}, ...], "summary": {"time": seconds}}}
"""

from __future__ import annotations

from itertools import accumulate
from typing import Any

import orjson

from dispatch.routing.model import (
    BadAnswer,
    Engine,
    Kind,
    Place,
    Question,
    costing_of,
    osrm_url,
    seconds_of,
    valhalla_place,
)
from dispatch.streets.model import Profile, StreetWay

__all__ = ["MOST_PLACES", "read_way", "way_question_of"]

MOST_PLACES = 20_000
"""Of one way; an engine that tells more is not believed."""

_BITS, _MORE, _STEP = 0x1F, 0x20, 1e-6


def way_question_of(engine: Engine, start: Place, to: Place, *, profile: Profile) -> Question:
    """Which way leads from one place to another."""
    if engine.kind is Kind.OSRM:
        return Question(f"{osrm_url(engine, 'route', (start, to), profile)}?overview=full&geometries=geojson", None)
    body = {
        "locations": [valhalla_place(start), valhalla_place(to)], "costing": costing_of(profile),
        "directions_type": "none",
    }  # fmt: skip
    return Question(f"{engine.base}/route", orjson.dumps(body))


def read_way(kind: Kind, answer: bytes) -> StreetWay:
    """What it told. Raises BadAnswer, also where it found no way."""
    try:
        told: Any = orjson.loads(answer)
        places, seconds = _osrm_way(told) if kind is Kind.OSRM else _valhalla_way(told)
    except (AttributeError, KeyError, IndexError, OverflowError, TypeError, ValueError) as error:
        raise BadAnswer("its answer is not a way") from error
    if not 2 <= len(places) <= MOST_PLACES or seconds is None:
        raise BadAnswer("its way has no places, or too many")
    if not all(-90 <= latitude <= 90 and -180 <= longitude <= 180 for latitude, longitude in places):
        raise BadAnswer("its way leaves the earth")
    return StreetWay(places, seconds)


def _osrm_way(told: Any) -> tuple[list[Place], float | None]:
    if told["code"] != "Ok":
        raise BadAnswer(f"it says {str(told['code'])[:50]}")
    route = told["routes"][0]
    places = [(float(latitude), float(longitude)) for longitude, latitude in route["geometry"]["coordinates"]]
    return places, seconds_of(route["duration"])


def _valhalla_way(told: Any) -> tuple[list[Place], float | None]:
    trip = told["trip"]
    return [place for leg in trip["legs"] for place in _decoded(leg["shape"])], seconds_of(trip["summary"]["time"])


def _decoded(shape: str) -> list[Place]:
    """An encoded polyline: differences of latitude and longitude in turn, 5 bits a letter, the lowest first."""
    steps, value, shift = [], 0, 0
    for letter in shape.encode("ascii"):
        bits = letter - 63
        value |= (bits & _BITS) << shift
        shift += 5
        if not bits & _MORE:
            steps.append(~(value >> 1) if value & 1 else value >> 1)
            value = shift = 0
    latitudes, longitudes = accumulate(steps[::2]), accumulate(steps[1::2])
    return [(latitude * _STEP, longitude * _STEP) for latitude, longitude in zip(latitudes, longitudes, strict=True)]
