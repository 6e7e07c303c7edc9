"""The north itself: made over the public API, and looked at."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
from PIL import Image

from simulators.day.people import Person
from tests.integration.north.bodies import (
    ANSWERS,
    BODIES,
    ELEMENT_IDS,
    ELEMENTS,
    MARK,
    NOW,
    PLACE,
    QUESTIONS,
    RING,
    SIGNED,
    SOON,
    TWINS,
    WANTED,
)  # fmt: skip
from tests.integration.running import Server
from tests.registry.two_districts import square

__all__ = ["District"]

_LISTS = (
    "/organisations",
    "/members",
    "/devices",
    "/posts",
    "/staffing-presets",
    "/geofences",
    "/shifts",
    "/notices",
    "/alerts",
    *(f"/registry/{element}" for element in ELEMENTS),
    "/registry/forms?every=true",
    "/registry/inspection-plans",
    "/registry/inspections",
    f"/registry/places/{ELEMENT_IDS['places']}/entries",
    "/registry/groups",
    "/registry/duplicates",
    "/registry/merges?element=things",
    f"/registry/places/{ELEMENT_IDS['places']}/files",
    "/requests",
    "/commodities",
    "/stores",
    "/distributions",
    "/publications",
    "/opinions",
    "/surveys",
    "/queue/services",
    "/queue/windows",
    "/views",
    "/reports/schedules",
    "/reports/made",
    "/diary",
    "/assistance",
    "/calls",
    "/listings",
)
"""What is compared, before and after."""


class District:
    """The north: one of everything. ids: by the part of the path that stands before {...}."""

    def __init__(self) -> None:
        self.ids: dict[str, str] = {
            "organisations": "north-1", "members": "anna", "devices": "phone", "kinds": "C0101", "clips": "1",
            "roll-calls": "R-1", "channels": "H-1", "webhooks": "W-1", "users": "norman", "sessions": "1",
            "posts": "other", "staffing-presets": "3-x", "objections": "O-1", "falsifications": "X-1",
            "imports": "members", "exports": "members", "import-jobs": "J-1", "forms": "fire-safety",
            "inspections": "V-1", "halls": "north", "themes": "safety", "evaluations": "EV-1",
        }  # fmt: skip

    async def found(self, server: Server, folder: Path, admin: Person) -> None:
        """Make it. admin: of the whole city."""
        await _districts(server, folder)
        await self._tracking_and_dispatch(admin)
        await self._insight(server, admin)
        await self._elements(admin)
        await self._forms(admin)
        await self._said_in_public(admin)
        await self._queue(admin)
        await self._distribution(admin)
        await self._service(admin)

    async def _tracking_and_dispatch(self, admin: Person) -> None:
        geofence = {"organisation": "north", "name": f"{MARK} depot", "kind": "polygon", "geometry": RING}
        notice = {"organisation": "north", "title": f"{MARK} rain", "body": f"{MARK} drains"}
        shift = {"organisation": "north", "name": f"{MARK} day", "members": ["anna"]} | SOON
        incident = await admin.post("/incidents", {"kind": "C0101", "description": f"{MARK} cover"} | PLACE)
        told = await admin.post(f"/incidents/{incident['id']}/dispatch", {"members": ["anna"], "answer_within_s": 3600})
        self.ids |= {
            "geofences": await _made(admin, "/geofences", geofence), "incidents": incident["id"],
            "assignments": told["assignments"][0]["id"],
            "alerts": await _made(admin, "/alerts/drill", {"member": "anna"}),
            "notices": await _made(admin, "/notices", notice), "shifts": await _made(admin, "/shifts", shift),
            "files": await _sent(admin, f"/incidents/{incident['id']}/files", "pdf", b"%PDF-1.7 a plan"),
        }  # fmt: skip

    async def _insight(self, server: Server, admin: Person) -> None:
        """Views, reports, and the diary of somebody of the north."""
        view = {"name": f"{MARK} view", "shared": True, "page": "statistics", "query": {"organisation": MARK}}
        daily = {"organisation": "north", "name": f"{MARK} morning", "every": "day"}
        visit = {"text": f"{MARK} lamp", "visited_at": (NOW - timedelta(hours=1)).isoformat()}
        nora = Person(admin.session, admin.base, await server.add_user("nora", "commander", "--organisation", "north"))
        schedule, entry = await _made(admin, "/reports/schedules", daily), await _made(nora, "/diary", visit)
        self.ids |= {
            "views": await _made(admin, "/views", view), "schedules": schedule,
            "made": await _made(admin, f"/reports/schedules/{schedule}/make", {}), "diary": entry,
            "photographs": await _sent(nora, f"/diary/{entry}/photographs", "png", _picture()),
        }  # fmt: skip

    async def _elements(self, admin: Person) -> None:
        """Two of each, a file, a merge and a proposal of one."""
        for element, body in ELEMENTS.items():
            second = {"number": f"{MARK} 2"} if element == "houses" else {}
            await admin.post(f"/registry/{element}", body | {"id": ELEMENT_IDS[element]})
            await admin.post(f"/registry/{element}", body | second | {"id": TWINS[element]})
        await _sent(admin, f"/registry/places/{ELEMENT_IDS['places']}/files", "pdf", b"%PDF-1.7 a plan")
        third = await _made(admin, "/registry/things", ELEMENTS["things"])
        both = {"other": third, "version": 1, "other_version": 1}
        merged = await _made(admin, f"/registry/things/{ELEMENT_IDS['things']}/merge", both)
        await admin.post("/registry/duplicates/search", {})
        proposal = (await admin.get("/registry/duplicates"))["items"][0]["id"]
        self.ids |= ELEMENT_IDS | {"merges": merged, "duplicates": proposal}

    async def _forms(self, admin: Person) -> None:
        entry = {"element": "places", "record": ELEMENT_IDS["places"], "answers": ANSWERS | {"finding": MARK}}
        plan = BODIES["/registry/inspection-plans"] | {"name": f"{MARK} shops"}
        self.ids |= {
            "inspection-plans": await _made(admin, "/registry/inspection-plans", plan),
            "entries": await _made(admin, "/registry/forms/fire-safety/entries", entry),
        }

    async def _said_in_public(self, admin: Person) -> None:
        asked = {"kind": "report", "subject": f"{MARK} lamp", "body": f"{MARK} dark", "name": MARK} | PLACE
        said = {"organisation": "north", "topic": "other", "title": MARK, "body": MARK}
        survey = {"organisation": "north", "title_en": MARK, "title_zh": MARK, "questions": QUESTIONS}
        written = {"organisation": "north", "section": "party", "title_en": MARK, "body_en": MARK}
        self.ids |= {
            "requests": await _made(admin, "/public/requests", asked),
            "opinions": await _made(admin, "/public/opinions", said),
            "surveys": await _made(admin, "/surveys", survey),
            "publications": await _made(admin, "/publications", written),
        }

    async def _queue(self, admin: Person) -> None:
        """A window that serves, and a ticket."""
        service = await _made(
            admin, "/queue/services", {"organisation": "north", "letter": "A", "name_en": "Papers", "name_zh": "x"}
        )
        place = await _made(admin, "/registry/places", ELEMENTS["places"] | {"id": "L-w", "kind": "service_window"})
        window = {"organisation": "north", "place": place, "services": [service]}
        self.ids |= {
            "services": service, "windows": await _made(admin, "/queue/windows", window),
            "tickets": await _made(admin, "/queue/tickets", {"service": service}),
        }  # fmt: skip

    async def _distribution(self, admin: Person) -> None:
        """A store, a distribution to the one household, and its receipt."""
        store = await _made(admin, "/stores", {"organisation": "north", "name": f"{MARK} cellar"})
        await admin.post(f"/stores/{store}/movements", {"kind": "delivery", "commodity": "rice", "quantity": 9})
        asked = {"organisation": "north", "title": f"{MARK} rice", "store": store,
                 "goods": [{"commodity": "rice", "quantity": 1}]}  # fmt: skip
        made = await _made(admin, "/distributions", asked)
        household = {"household": ELEMENT_IDS["households"]}
        receipt = await _made(admin, f"/distributions/{made}/receipts", household | SIGNED)
        self.ids |= {"stores": store, "distributions": made, "receipts": receipt}

    async def _service(self, admin: Person) -> None:
        case = {"person": ELEMENT_IDS["people"], "kind": "other", "title": f"{MARK} case", "need": MARK}
        call = {"kind": "question", "subject": f"{MARK} lamp", "body": MARK, "telephone": "1000000"} | PLACE
        self.ids |= {
            "assistance": await _made(admin, "/assistance", case), "calls": await _made(admin, "/calls", call),
            "listings": await _made(admin, "/listings", {"organisation": "north"} | WANTED),
        }  # fmt: skip

    async def state(self, admin: Person) -> dict[str, Any]:
        """What the north has, as its administrator sees it."""
        state: dict[str, Any] = {}
        for path in (*_LISTS, f"/diary/{self.ids['diary']}/photographs"):
            state[path] = await admin.get(path)
        for path in ("incidents", "assignments"):
            found = await admin.get(f"/{path}", limit=200)
            state[path] = [one for one in found["items"] if "of the south" not in json.dumps(one)]
        return state


async def _districts(server: Server, folder: Path) -> None:
    features = [
        {"type": "Feature", "properties": properties, "geometry": territory}
        for properties, territory in (
            (
                {"id": "north", "parent": "city", "level": "district", "name": f"{MARK} North"},
                square(119.30, 26.0, 0.05),
            ),
            ({"id": "north-1", "parent": "north", "level": "grid", "name": f"{MARK} Grid"}, square(119.30, 26.0)),
            ({"id": "south", "parent": "city", "level": "district", "name": "South"}, square(119.40, 26.0, 0.05)),
            ({"id": "south-1", "parent": "south", "level": "grid", "name": "South Grid"}, square(119.40, 26.0)),
        )
    ]
    tree, members = folder / "tree.geojson", folder / "members.csv"
    tree.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    members.write_text(f"id,name,organisation\nanna,{MARK} Anna,north-1\nbo,Bo,south-1\n")
    await server.command("import", "organisations", str(tree))
    await server.command("import", "members", str(members))
    token = await server.add_device("phone", "--member", "anna")
    async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {token}"}) as http:
        fix = {"time": datetime.now(UTC).isoformat(), "latitude": 26.005, "longitude": 119.305}
        async with http.post(server.url("/api/v1/fixes"), json=fix) as answer:
            assert (await answer.json())["accepted"] == 1


async def _made(admin: Person, path: str, body: dict[str, Any]) -> str:
    """The id of what is made there."""
    return str((await admin.post(path, body))["id"])


async def _sent(admin: Person, path: str, ending: str, data: bytes) -> str:
    """The id of a file."""
    media_type = {"pdf": "application/pdf", "png": "image/png"}[ending]
    headers = {"Authorization": f"Bearer {admin.token}", "Content-Type": media_type}
    url = f"{admin.base}/api/v1{path}?name={MARK}.{ending}"
    async with admin.session.post(url, data=data, headers=headers) as answer:
        assert answer.status == 201, await answer.text()
        return str((await answer.json())["id"])


def _picture() -> bytes:
    picture = io.BytesIO()
    Image.new("RGB", (4, 4)).save(picture, "PNG")
    return picture.getvalue()
