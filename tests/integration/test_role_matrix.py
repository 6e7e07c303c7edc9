"""Every route, with every role of another district, against all that a district has: nothing leaks, nothing changes.

The operations are read from the server's own OpenAPI document, so that a new route is walked without a word here; where
it needs a body or names something by a new kind of path, the test fails and says what to add.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from registry.api.route import Role
from simulators.day.people import Person
from tests.integration.north.bodies import BODIES, MARK, NOW
from tests.integration.north.district import District
from tests.integration.running import serving

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

REFUSED = {400, 403, 404, 405, 408, 409, 413, 415, 429}


def path_of(path: str, ids: dict[str, str]) -> str:
    """With the north's ids in place of the placeholders."""
    for kind, placeholder in re.findall(r"/([\w-]+)/({\w+})", path):
        assert kind in ids, f"a new kind of thing, {kind}: make one in north/district.py and put its id there"
        path = path.replace(placeholder, ids[kind], 1)
    return path


async def ask(person: Person, method: str, path: str, operation: dict[str, Any]) -> tuple[int, str]:
    content = operation.get("requestBody", {}).get("content", {})
    sent: dict[str, Any] = {}
    if "application/json" in content:
        sent["json"] = BODIES.get(path.partition("?")[0], {})
    elif content:
        sent = {"data": b"%PDF-1.7", "headers": {"Content-Type": next(iter(content))}}
    headers = {"Authorization": f"Bearer {person.token}"} | sent.pop("headers", {})
    url = f"{person.base}/api/v1{operation['filled']}"
    async with person.session.request(method, url, headers=headers, **sent) as answer:
        return answer.status, (await answer.read()).decode(errors="replace")


def asked_of(path: str, operation: dict[str, Any], ids: dict[str, str]) -> list[str]:
    """The path with the north's ids, as it is and with each parameter that names something of the north."""
    parameters = [one for one in operation.get("parameters", ()) if one["in"] == "query"]
    for one in parameters:
        assert not one["required"] or one["name"] in _REQUIRED, f"{path}: say {one['name']} in _REQUIRED"
    required = [f"{one['name']}={_REQUIRED[one['name']]}" for one in parameters if one["required"]]
    names = [one["name"] for one in parameters if not one["required"]]
    wanted = [[], *([f"{name}={_PARAMETERS[name]}"] for name in names if name in _PARAMETERS)]
    filled = path_of(path, ids)
    return [f"{filled}?{'&'.join([*required, *one])}".rstrip("?") for one in wanted]


async def test_nothing_leaks_to_another_district_and_nothing_changes(tmp_path: Path) -> None:
    async with serving(tmp_path / "data") as server, aiohttp.ClientSession() as http:
        city = Person(http, server.url(""), await server.add_user("root", "administrator"))
        district = District()
        await district.found(server, tmp_path, city)
        admin = Person(http, city.base, await server.add_user("norman", "administrator", "--organisation", "north"))
        south = {
            role: Person(http, city.base, await server.add_user(_name(role), role, "--organisation", "south-1"))
            for role in Role
        }
        document = await city.get("/openapi.json")
        before = await district.state(admin)
        leaks, walked = [], 0
        for method, path, operation in _operations(document):
            for asked in asked_of(path, operation, district.ids):
                for role, person in south.items():
                    status, text = await ask(person, method, path, operation | {"filled": asked})
                    walked += 1
                    if leak := _leak(path, status, text):
                        leaks.append(f"{role} {method} {asked}: {leak}")
        assert walked > 500
        assert not leaks, "\n".join(leaks)
        assert await district.state(admin) == before


def _operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """(method, path, operation) of the people's side, but signing in and out."""
    return [
        (method, short, operation)
        for path, operations in document["paths"].items()
        if (path.startswith("/api/v1/") and (short := path.removeprefix("/api/v1")) not in ("/fixes", "/session"))
        or (path == "/api/v1/fixes" and (short := "/fixes"))
        for method, operation in operations.items()
        if not (short == "/fixes" and method == "post")
    ]


def _leak(path: str, status: int, text: str) -> str | None:
    if status >= 500:
        return f"{status} {text[:200]}"
    if status in REFUSED:
        return None
    if MARK in text and path not in _OF_THE_PUBLIC:
        return f"{status} {text[:200]}"
    if "{" in path and not path.startswith(_OF_THE_CITY):
        return f"{status}, though it is the north's"
    return None


_OF_THE_PUBLIC = ("/public/organisations", "/public/halls", "/public/halls/{id}", "/public/tickets")
"""What the public reads without signing in: the names of organisations, and of windows where it is served."""
_OF_THE_CITY = ("/public/halls/", "/themes/", "/kinds/", "/posts/", "/staffing-presets/", "/registry/forms/")
"""What everybody reads and only who runs it changes."""
_PARAMETERS = {"organisation": "north", "member": "anna", "device": "phone", "incident": "I-1", "geofence": "1"}
_REQUIRED = {"lat": "26.005", "lon": "119.305", "at": NOW.strftime("%Y-%m-%dT%H:%M:%SZ"), "device": "phone", "q": MARK,
    "name": "members.csv", "purpose": "audit", "number": "1", "organisation": "north",
    "from": "2026-01-01T00:00:00Z",
             "to": "2027-01-01T00:00:00Z",
    "from_latitude": "26.005", "from_longitude": "119.305", "to_latitude": "26.0", "to_longitude": "119.3"}  # fmt: skip


def _name(role: Role) -> str:
    """The member's user is tied to member bo by name."""
    return "bo" if role is Role.MEMBER else f"south-{role}"
