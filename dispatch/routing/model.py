"""An operator's routing engine: what it is asked, and what its answer says. Pure.

OSRM, `table` of its HTTP API v1 (project-osrm.org/docs/v5.24.0/api):
    GET {base}/table/v1/{profile}/{lon},{lat};...?sources=0;1;...&destinations=n&annotations=duration
    200 {"code": "Ok", "durations": [[seconds, or null where no way leads], ...]}    a row a source

Valhalla, `sources_to_targets` (valhalla.github.io/valhalla/api/matrix/api-reference):
    POST {base}/sources_to_targets {"sources": [{"lat", "lon"}, ...], "targets": [...], "costing", "verbose": true}
    200 {"sources_to_targets": [[{"time": seconds or null, ...}], ...]}    a row a source

`osrm-routed` ignores the profile's name and answers by the one that its data were prepared for, so an operator may say
which one a server has: osrm+http://host:5000#car.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

import orjson

from dispatch.streets.model import Profile

__all__ = [
    "FASTEST",
    "SHORTLIST",
    "BadAnswer",
    "Engine",
    "Kind",
    "Place",
    "Question",
    "costing_of",
    "engines_of",
    "osrm_url",
    "question_of",
    "read",
    "seconds_of",
    "valhalla_place",
]

SHORTLIST = 40
"""Members of one question, unless more are wanted: servers as they come take 100 (OSRM) or 50 (Valhalla) places."""

FASTEST = {Profile.WALKING: 2.0, Profile.BICYCLE: 12.0, Profile.CAR: 40.0}
"""m/s of straight line that no engine beats."""

Place = tuple[float, float]
"""latitude, longitude, degrees."""


class BadAnswer(Exception):
    """What came is not what the API says, or the engine found no answer."""


class Kind(StrEnum):
    """Which API it speaks."""

    OSRM = "osrm"
    VALHALLA = "valhalla"


@dataclass(frozen=True, slots=True)
class Engine:
    """base: http(s) URL without a slash at its end. profiles: those that it may be asked for."""

    kind: Kind
    base: str
    profiles: frozenset[Profile]


@dataclass(frozen=True, slots=True)
class Question:
    """One HTTP request. body: JSON to post, None to get."""

    url: str
    body: bytes | None


def engines_of(text: str) -> tuple[Engine, ...]:
    """`osrm+http://host:5000#car,valhalla+https://…`; "": none. Raises ValueError, which says what is expected."""
    return tuple(_engine(part.strip()) for part in text.split(",") if part.strip())


def _engine(text: str) -> Engine:
    scheme, _, rest = text.partition("+")
    parts = urlsplit(rest)
    if scheme not in set(Kind) or parts.scheme not in {"http", "https"} or not parts.hostname or parts.query:
        raise ValueError("expected osrm+http://HOST:PORT or valhalla+http://HOST:PORT, several by comma")
    if parts.fragment and parts.fragment not in set(Profile):
        raise ValueError(f"expected #{', #'.join(Profile)} or nothing behind the URL")
    _ = parts.port  # raises ValueError where it is none
    profiles = frozenset({Profile(parts.fragment)} if parts.fragment else Profile)
    return Engine(Kind(scheme), parts._replace(fragment="").geturl().rstrip("/"), profiles)


def question_of(engine: Engine, places: Sequence[Place], *, to: Place, profile: Profile) -> Question:
    """How long is it from each of the places to one."""
    if engine.kind is Kind.OSRM:
        sources = ";".join(map(str, range(len(places))))
        where = osrm_url(engine, "table", (*places, to), profile)
        return Question(f"{where}?sources={sources}&destinations={len(places)}&annotations=duration", None)
    body = {
        "sources": [valhalla_place(one) for one in places], "targets": [valhalla_place(to)],
        "costing": costing_of(profile), "verbose": True,
    }  # fmt: skip
    return Question(f"{engine.base}/sources_to_targets", orjson.dumps(body))


_OSRM_PROFILES = {Profile.WALKING: "foot", Profile.BICYCLE: "bike", Profile.CAR: "car"}
_VALHALLA_COSTINGS = {Profile.WALKING: "pedestrian", Profile.BICYCLE: "bicycle", Profile.CAR: "auto"}


def osrm_url(engine: Engine, service: str, places: Sequence[Place], profile: Profile) -> str:
    """Of one of its services, for these places."""
    coordinates = ";".join(f"{longitude:.6f},{latitude:.6f}" for latitude, longitude in places)
    return f"{engine.base}/{service}/v1/{_OSRM_PROFILES[profile]}/{coordinates}"


def valhalla_place(place: Place) -> dict[str, float]:
    """As Valhalla names it."""
    return {"lat": round(place[0], 6), "lon": round(place[1], 6)}


def costing_of(profile: Profile) -> str:
    """Valhalla's word."""
    return _VALHALLA_COSTINGS[profile]


def read(kind: Kind, answer: bytes, count: int) -> list[float | None]:
    """Seconds from each of `count` places; None where no way leads. Raises BadAnswer."""
    try:
        told: Any = orjson.loads(answer)
        if kind is Kind.OSRM:
            if told["code"] != "Ok":
                raise BadAnswer(f"it says {str(told['code'])[:50]}")
            found = [row[0] for row in told["durations"]]
        else:
            found = [row[0]["time"] for row in told["sources_to_targets"]]
    except (orjson.JSONDecodeError, KeyError, IndexError, TypeError) as error:
        raise BadAnswer("its answer is not a table of times") from error
    if len(found) != count:
        raise BadAnswer(f"it told {len(found)} times of {count}")
    return [seconds_of(one) for one in found]


def seconds_of(told: Any) -> float | None:
    """A time of its answer; None where no way leads. Raises BadAnswer."""
    if told is None:
        return None
    if isinstance(told, bool) or not isinstance(told, int | float) or not (math.isfinite(told) and told >= 0):
        raise BadAnswer("one of its times is no number of seconds")
    return float(told)
