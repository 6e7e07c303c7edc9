"""Every route, with every role of another district, against all that a district has: nothing leaks, nothing changes.

The operations are read from the server's own OpenAPI document, so that a new route is walked without a word here; where
it needs a body or names something by a new kind of path, the test fails and says what to add.
"""

from __future__ import annotations

import io
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from PIL import Image

from registry.api.route import Role
from simulators.day.people import Person
from tests.integration.running import Server, serving
from tests.registry.two_districts import square

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

MARK = "Zephyr"
"""In every name and text of the north; never in an id, since refusals give ids back."""
REFUSED = {400, 403, 404, 405, 408, 409, 413, 415, 429}
_NOW = datetime.now(UTC)
_SOON = {"starts_at": (_NOW + timedelta(hours=1)).isoformat(), "ends_at": (_NOW + timedelta(hours=9)).isoformat()}
_RING = square(119.30, 26.0)

_PLACE = {"latitude": 26.005, "longitude": 119.305}
ELEMENTS: dict[str, dict[str, Any]] = {
    "buildings": {"name": f"{MARK} tower"} | _PLACE, "houses": {"building": "B-n", "number": f"{MARK} 1"},
    "households": {"house": "H-n"}, "people": {"name": f"{MARK} Li", "household": "F-n", "telephone": "1000000"},
    "establishments": {"kind": "company", "name": f"{MARK} Ltd", "organisation": "north-1"},
    "places": {"kind": "shop", "name": f"{MARK} shop"} | _PLACE,
    "things": {"code": "C0101", "name": f"{MARK} cover"} | _PLACE,
}  # fmt: skip
"""One of each element in the north."""

_SIGNED = {"recipient": f"{MARK} Li", "signature": [[[1, 1], [9, 9]]], "signed_at": _NOW.isoformat()}
_TWINS = dict(zip(ELEMENTS, ("B-m", "H-m", "F-m", "P-m", "E-m", "L-m", "T-m"), strict=True))
"""Ids of a second of each."""
_WANTED = {"side": "need", "category": "work", "title": f"{MARK} cook", "body": "b", "ends_on": "2098-01-01"}
ANSWERS = {"exits_clear": "yes", "extinguishers_good": "yes", "wiring_safe": "yes", "danger": "none"}
"""To the form fire-safety."""

_QUESTIONS = [{"code": "x", "kind": "scale", "text_en": "x", "text_zh": "x"}]

BODIES: dict[str, dict[str, Any]] = {
    "/organisations": {"id": "new", "parent": "north", "level": "grid", "name": "New"},
    "/members": {"id": "new", "name": "New", "organisation": "north-1"},
    "/devices": {"id": "new", "member": "anna"},
    "/geofences": {"organisation": "north", "name": "New", "kind": "polygon", "geometry": _RING},
    "/incidents": {"kind": "C0101", "latitude": 26.005, "longitude": 119.405, "description": "of the south"},
    "/incidents/{id}/accept": {}, "/incidents/{id}/reject": {"reason": "r"}, "/incidents/{id}/merge": {"into": "I-1"},
    "/incidents/{id}/escalate": {"reason": "r"}, "/incidents/{id}/close": {"disposition": "d"},
    "/incidents/{id}/reopen": {"reason": "r"}, "/incidents/{id}/suspend": {"reason": "r"},
    "/incidents/{id}/defer": {"reason": "r", "until": _SOON["ends_at"]}, "/incidents/{id}/approve": {"reason": "r"},
    "/incidents/{id}/refuse": {"reason": "r"}, "/incidents/{id}/resume": {}, "/incidents/{id}/note": {"text": "t"},
    "/incidents/{id}/dispatch": {"members": ["anna"]}, "/incidents/{id}/feedback": {"note": "n"},
    "/incidents/{id}/verify": {"note": "n", "passed": True}, "/assignments/proposals": {},
    "/kinds": {"code": "X01", "category": "event", "class": "x", "name_en": "x", "name_zh": "x", "accept_s": 1,
               "arrive_s": 1, "handle_s": 1, "verify_s": 1},
    "/alerts/drill": {"member": "anna"}, "/sos": {}, "/sos/cancel": {},
    "/notices": {"organisation": "north", "title": "t", "body": "b"},
    "/channels": {"organisation": "north", "name": "n", "members": ["anna"]},
    "/shifts": {"organisation": "north", "name": "n", "members": ["anna"]} | _SOON,
    "/shifts/{id}/hand-over": {"member": "anna", "taker": "bo", "note": "n"},
    "/devices/{id}/adopt": {"member": "anna"}, "/session": {"name": "x", "password": "y"},
    "/webhooks": {"organisation": "north", "url": "https://example.com/", "topics": ["incident"]},
    "/posts": {"code": "mole", "name_en": "mole", "name_zh": "x"},
    "/staffing-presets": {"code": "mole", "name_en": "mole", "name_zh": "x", "level": "grid", "posts": []},
    "/organisations/{id}/territory": {"version": 1, "territory": square(119.30, 26.0)},
    "/organisations/{id}/split": {
        "version": 1, "line": {"type": "LineString", "coordinates": [[119.304, 25.9], [119.304, 26.1]]},
        "parts": [{"id": "north-1", "name": "W"}, {"id": "north-9", "name": "E"}]},
    "/organisations/merge": {"into": {"id": "north-1", "name": "N"}, "version": 1,
                             "others": [{"id": "north-2", "version": 1}]},
    "/organisations/{id}/staffing": {"presets": ["trinity"]},
    "/enrolment": {"code": "0000-0000-0000"}, "/handheld/session": {"device_token": "nobody's"},
    **{f"/registry/{element}": body for element, body in ELEMENTS.items()},
    **{f"/registry/{element}/{{id}}": {"version": 1, "remark": "of the south"} for element in ELEMENTS},
    **{f"/registry/{element}/{{id}}/{deed}": {"version": 1} for element in ELEMENTS for deed in ("end", "restore")},
    **{f"/registry/{element}/{{id}}/reveal": {"purpose": "none"} for element in ELEMENTS},
    **{f"/registry/{element}/{{id}}/merge": {"other": one, "version": 1, "other_version": 1}
       for element, one in _TWINS.items()},
    "/registry/duplicates/{id}/dismiss": {}, "/registry/merges/{id}/undo": {},
    **{f"/registry/{element}/by-number": {"kind": "telephone", "number": "1000000", "purpose": "none"}
       for element in ("people", "places", "establishments")},
    "/registry/groups": {"code": "mole", "name_en": "mole", "name_zh": "x"},
    "/registry/forms/{code}": {"title_en": "x", "title_zh": "x", "elements": ["places"], "definition": {
        "type": "object", "additionalProperties": False,
        "properties": {"x": {"type": "string", "title": "x", "x-title-zh": "x"}}}},
    "/registry/forms/{code}/publish": {"seen": 1},
    "/registry/forms/{code}/entries": {"element": "places", "record": "L-n", "answers": ANSWERS},
    "/registry/entries/{id}": {"version": 1, "answers": ANSWERS},
    "/registry/entries/{id}/end": {"version": 1, "reason": "r"},
    "/registry/inspection-plans": {"organisation": "north", "name": "n", "form": "fire-safety", "every_days": 30,
                                   "first_due_at": (_NOW + timedelta(days=30)).isoformat()},
    "/registry/inspection-plans/{id}/end": {"version": 1},
    "/registry/inspections/{id}/done": {"result": "ok", "answers": ANSWERS},
    "/requests/{id}/take": {}, "/requests/{id}/answer": {"text": "t"}, "/requests/{id}/reject": {"text": "t"},
    "/requests/{id}/message": {"text": "t"}, "/requests/{id}/send-on": {"organisation": "south", "note": "n"},
    "/requests/{id}/forward": {"kind": "C0101"}, "/requests/{id}/follow-up": {"note": "n"},
    "/requests/{id}/reveal": {"purpose": "p"}, "/public/requests/look": {"code": "0000-0000-0000"},
    "/public/requests": {"kind": "question", "subject": "s", "body": "of the south", "organisation": "south"},
    "/public/requests/message": {"code": "0000-0000-0000", "body": "b"},
    "/public/requests/withdraw": {"code": "0000-0000-0000"},
    "/public/requests/rate": {"code": "0000-0000-0000", "score": 1},
    "/commodities": {"code": "rice", "name_en": "x", "name_zh": "x", "unit_en": "x", "unit_zh": "x"},
    "/assistance": {"household": "F-n", "kind": "other", "title": "t", "need": "n"},
    "/assistance/{id}/plan": {}, "/assistance/{id}/step": {"number": 1}, "/assistance/{id}/reopen": {"note": "n"},
    "/assistance/{id}/visit": {"at": "2026-01-01T00:00:00Z", "note": "n"}, "/assistance/{id}/reveal": {"purpose": "p"},
    "/assistance/{id}/close": {"result": "helped", "outcome": "o"},
    "/calls": {"kind": "question", "subject": "s", "body": "b", "organisation": "north"},
    "/calls/lookup": {"telephone": "1000000"}, "/calls/{id}/answer": {"text": "t"},
    "/calls/{id}/incident": {"kind": "C0101"}, "/calls/{id}/request": {}, "/calls/{id}/call-back": {"note": "n"},
    "/calls/{id}/reveal": {"purpose": "p"},
    "/listings": {"organisation": "north"} | _WANTED, "/listings/{id}/match": {"other": "LS-1", "note": "n"},
    "/listings/{id}/extend": {"ends_on": "2099-01-01"}, "/listings/{id}/close": {"note": "n"},
    "/listings/{id}/reopen": {"note": "n"}, "/listings/{id}/reveal": {"purpose": "p"},
    "/stores": {"organisation": "north", "name": "n"},
    "/stores/{id}/movements": {"kind": "delivery", "commodity": "rice", "quantity": 1},
    "/distributions": {"organisation": "north", "title": "t", "store": "ST-1",
                       "goods": [{"commodity": "rice", "quantity": 1}]},
    "/distributions/{id}/receipts": {"household": "F-n"} | _SIGNED, "/distributions/{id}/close": {"note": "n"},
    "/receipts/{id}/reveal": {"purpose": "p"},
    "/appraisal/objections": {"level": "member", "subject": "anna", "reason": "r"},
    "/appraisal/objections/{id}/decision": {"version": 1, "accepts": True, "points": 1, "answer": "a"},
    "/appraisal/falsifications": {"incident": "I-1", "member": "anna", "note": "n"},
    "/appraisal/falsifications/{id}/decision": {"confirms": True, "reason": "r"},
    "/diary": {"text": "of the south", "visited_at": "2026-01-01T00:00:00Z", "people": ["anna"]},
    "/diary/{id}/rating": {"rating": 1, "word": "w"}, "/diary/{id}/incident": {"kind": "C0101"},
    "/publications": {"organisation": "north", "section": "party", "title_en": "t", "body_en": "of the south"},
    "/publications/{id}": {"version": 1, "title_en": "of the south"},
    **{f"/publications/{{id}}/{deed}": {} for deed in ("submit", "approve", "publish", "revise")},
    **{f"/publications/{{id}}/{deed}": {"reason": "r"} for deed in ("send-back", "withdraw")},
    "/queue/services": {"organisation": "north", "letter": "X", "name_en": "x", "name_zh": "x"},
    "/queue/services/{id}": {"version": 1, "taking": False},
    "/queue/windows": {"organisation": "north", "place": "L-n", "services": ["QS-1"]},
    "/queue/windows/{id}": {"version": 1, "services": ["QS-1"]},
    "/queue/tickets": {"service": "QS-1"}, "/queue/tickets/{id}/transfer": {"service": "QS-1"},
    "/views": {"name": "of the south", "page": "statistics"}, "/views/{id}": {"version": 1, "shared": True},
    "/reports/schedules": {"organisation": "north", "name": "of the south", "every": "day"},
    "/reports/schedules/{id}": {"version": 1, "active": False},
    "/evaluations/{id}/follow-up": {"note": "n"}, "/public/tickets": {"service": "QS-1"},
    "/public/tickets/rate": {"code": "0000-0000-0000", "score": 1},
    **{f"/public/tickets/{deed}": {"code": "0000-0000-0000"} for deed in ("look", "leave")},
    **{f"/opinions/{{id}}/{deed}": body for deed, body in (
        ("publish", {}), ("keep", {"reason": "r"}), ("answer", {"text": "t"}))},
    "/surveys": {"organisation": "north", "title_en": "x", "title_zh": "x", "questions": _QUESTIONS},
    "/surveys/{id}": {"version": 1, "title_en": "of the south"}, "/surveys/{id}/open": {},
    "/surveys/{id}/close": {"text": "t"},
    "/public/opinions": {"organisation": "south", "topic": "other", "title": "t", "body": "of the south"},
    "/public/opinions/look": {"code": "0000-0000-0000"}, "/public/opinions/{id}/voice": {"voter": "0" * 32},
    "/public/surveys/{id}/answers": {"voter": "0" * 32, "answers": {}},
    "/themes/{code}": {"version": 1, "name_en": "x", "name_zh": "x", "classes": [], "kinds": []},
    "/import-jobs": {"kind": "members", "name": "m.csv"},
    "/users": {"name": "mole", "password": "a long password", "role": "observer", "organisation": "north"},
}  # fmt: skip
"""What a south user sends to the north, by path; others are sent an empty object."""


class District:
    """The north: one of everything. ids: by the part of the path that stands before {...}."""

    def __init__(self) -> None:
        self.ids: dict[str, str] = {"organisations": "north-1", "members": "anna", "devices": "phone", "kinds": "C0101"}

    async def found(self, server: Server, folder: Path, admin: Person) -> None:
        await _districts(server, folder)
        geofence = {"organisation": "north", "name": f"{MARK} depot", "kind": "polygon", "geometry": _RING}
        self.ids["geofences"] = (await admin.post("/geofences", geofence))["id"]
        place = {"latitude": 26.005, "longitude": 119.305}
        incident = await admin.post("/incidents", {"kind": "C0101", "description": f"{MARK} cover"} | place)
        self.ids["incidents"] = incident["id"]
        told = await admin.post(f"/incidents/{incident['id']}/dispatch", {"members": ["anna"], "answer_within_s": 3600})
        self.ids["assignments"] = told["assignments"][0]["id"]
        self.ids["alerts"] = (await admin.post("/alerts/drill", {"member": "anna"}))["id"]
        notice = {"organisation": "north", "title": f"{MARK} rain", "body": f"{MARK} drains"}
        self.ids["notices"] = (await admin.post("/notices", notice))["id"]
        shift = {"organisation": "north", "name": f"{MARK} day", "members": ["anna"]} | _SOON
        self.ids["shifts"] = (await admin.post("/shifts", shift))["id"]
        asked = {"kind": "report", "subject": f"{MARK} lamp", "body": f"{MARK} dark", "name": MARK} | place
        self.ids["requests"] = (await admin.post("/public/requests", asked))["id"]
        written = {"organisation": "north", "section": "party", "title_en": MARK, "body_en": MARK}
        said = {"organisation": "north", "topic": "other", "title": MARK, "body": MARK}
        self.ids["opinions"] = (await admin.post("/public/opinions", said))["id"]
        survey: dict[str, Any] = {"organisation": "north", "title_en": MARK, "title_zh": MARK, "questions": _QUESTIONS}
        self.ids["surveys"] = (await admin.post("/surveys", survey))["id"]
        self.ids["publications"] = (await admin.post("/publications", written))["id"]
        view = {"name": f"{MARK} view", "shared": True, "page": "statistics", "query": {"organisation": MARK}}
        self.ids["views"] = (await admin.post("/views", view))["id"]
        daily = {"organisation": "north", "name": f"{MARK} morning", "every": "day"}
        self.ids["schedules"] = (await admin.post("/reports/schedules", daily))["id"]
        self.ids["made"] = (await admin.post(f"/reports/schedules/{self.ids['schedules']}/make", {}))["id"]
        self.ids |= {
            "files": await self._file(admin, incident["id"]),
            "clips": "1",
            "roll-calls": "R-1",
            "channels": "H-1",
        }
        self.ids |= {"webhooks": "W-1", "users": "norman", "sessions": "1", "posts": "other", "staffing-presets": "3-x"}
        visit = {"text": f"{MARK} lamp", "visited_at": (_NOW - timedelta(hours=1)).isoformat()}
        nora = Person(admin.session, admin.base, await server.add_user("nora", "commander", "--organisation", "north"))
        self.ids["diary"] = (await nora.post("/diary", visit))["id"]
        self.ids["photographs"] = await self._photograph(nora, self.ids["diary"])
        self.ids |= {"objections": "O-1", "falsifications": "X-1"}
        self.ids |= {"imports": "members", "exports": "members"}
        self.ids["import-jobs"] = "J-1"
        for element, body in ELEMENTS.items():
            self.ids[element] = _ELEMENT_IDS[element]
            await admin.post(f"/registry/{element}", body | {"id": _ELEMENT_IDS[element]})
        service = {"organisation": "north", "letter": "A", "name_en": "Papers", "name_zh": "x"}
        self.ids["services"] = (await admin.post("/queue/services", service))["id"]
        window = await admin.post("/registry/places", ELEMENTS["places"] | {"id": "L-w", "kind": "service_window"})
        window = {"organisation": "north", "place": window["id"], "services": [self.ids["services"]]}
        self.ids["windows"] = (await admin.post("/queue/windows", window))["id"]
        self.ids["tickets"] = (await admin.post("/queue/tickets", {"service": self.ids["services"]}))["id"]
        self.ids |= {"halls": "north", "themes": "safety", "evaluations": "EV-1"}
        await self._twins(admin)
        entry = {"element": "places", "record": _ELEMENT_IDS["places"], "answers": ANSWERS | {"finding": MARK}}
        self.ids["forms"] = "fire-safety"
        plan = BODIES["/registry/inspection-plans"] | {"name": f"{MARK} shops"}
        self.ids |= {
            "inspection-plans": (await admin.post("/registry/inspection-plans", plan))["id"],
            "inspections": "V-1",
        }
        self.ids["entries"] = (await admin.post("/registry/forms/fire-safety/entries", entry))["id"]
        await self._handed_out(admin)

    async def _handed_out(self, admin: Person) -> None:
        """A store, a distribution to the one household, and its receipt."""
        store = (await admin.post("/stores", {"organisation": "north", "name": f"{MARK} cellar"}))["id"]
        await admin.post(f"/stores/{store}/movements", {"kind": "delivery", "commodity": "rice", "quantity": 9})
        asked = {"organisation": "north", "title": f"{MARK} rice", "store": store,
                 "goods": [{"commodity": "rice", "quantity": 1}]}  # fmt: skip
        made = (await admin.post("/distributions", asked))["id"]
        receipt = await admin.post(
            f"/distributions/{made}/receipts", {"household": _ELEMENT_IDS["households"]} | _SIGNED
        )
        self.ids |= {"stores": store, "distributions": made, "receipts": receipt["id"]}
        case = {"person": _ELEMENT_IDS["people"], "kind": "other", "title": f"{MARK} case", "need": MARK}
        call = {"kind": "question", "subject": f"{MARK} lamp", "body": MARK, "telephone": "1000000"} | _PLACE
        self.ids["assistance"] = (await admin.post("/assistance", case))["id"]
        self.ids["calls"] = (await admin.post("/calls", call))["id"]
        self.ids["listings"] = (await admin.post("/listings", {"organisation": "north"} | _WANTED))["id"]

    async def _twins(self, admin: Person) -> None:
        """A second of each element, a proposal and a merge."""
        for element, one in _TWINS.items():
            door = {"number": f"{MARK} 2"} if element == "houses" else {}
            await admin.post(f"/registry/{element}", ELEMENTS[element] | door | {"id": one})
        await self._paper(admin, f"/registry/places/{_ELEMENT_IDS['places']}/files")
        third = await admin.post("/registry/things", ELEMENTS["things"])
        both = {"other": third["id"], "version": 1, "other_version": 1}
        self.ids["merges"] = (await admin.post("/registry/things/T-n/merge", both))["id"]
        await admin.post("/registry/duplicates/search", {})
        self.ids["duplicates"] = (await admin.get("/registry/duplicates"))["items"][0]["id"]

    async def _file(self, admin: Person, incident: str) -> str:
        return await self._paper(admin, f"/incidents/{incident}/files")

    async def _paper(self, admin: Person, path: str) -> str:
        headers = {"Authorization": f"Bearer {admin.token}", "Content-Type": "application/pdf"}
        url = f"{admin.base}/api/v1{path}?name={MARK}.pdf"
        async with admin.session.post(url, data=b"%PDF-1.7 a plan", headers=headers) as answer:
            assert answer.status == 201, await answer.text()
            return str((await answer.json())["id"])

    async def _photograph(self, admin: Person, entry: str) -> str:
        headers = {"Authorization": f"Bearer {admin.token}", "Content-Type": "image/png"}
        picture = io.BytesIO()
        Image.new("RGB", (4, 4)).save(picture, "PNG")
        url = f"{admin.base}/api/v1/diary/{entry}/photographs?name={MARK}.png"
        async with admin.session.post(url, data=picture.getvalue(), headers=headers) as answer:
            assert answer.status == 201, await answer.text()
            return str((await answer.json())["id"])

    async def state(self, admin: Person) -> dict[str, Any]:
        """What the north has, as its administrator sees it."""
        state: dict[str, Any] = {}
        for path in (
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
            f"/registry/places/{_ELEMENT_IDS['places']}/entries",
            "/registry/groups",
            "/registry/duplicates",
            "/registry/merges?element=things",
            f"/registry/places/{_ELEMENT_IDS['places']}/files",
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
            f"/diary/{self.ids['diary']}/photographs",
            "/assistance",
            "/calls",
            "/listings",
        ):
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


def path_of(path: str, ids: dict[str, str]) -> str:
    """With the north's ids in place of the placeholders."""
    for kind, placeholder in re.findall(r"/([\w-]+)/({\w+})", path):
        assert kind in ids, f"a new kind of thing, {kind}: make one in District.found and put its id there"
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


def _unit(organisation: str, parent: str, level: str, name: str) -> dict[str, str]:
    return {"id": organisation, "parent": parent, "level": level, "name": name}


_OF_THE_PUBLIC = ("/public/organisations", "/public/halls", "/public/halls/{id}", "/public/tickets")
"""What the public reads without signing in: the names of organisations, and of windows where it is served."""
_OF_THE_CITY = ("/public/halls/", "/themes/", "/kinds/", "/posts/", "/staffing-presets/", "/registry/forms/")
"""What everybody reads and only who runs it changes."""
_PARAMETERS = {"organisation": "north", "member": "anna", "device": "phone", "incident": "I-1", "geofence": "1"}
_REQUIRED = {"lat": "26.005", "lon": "119.305", "at": _NOW.strftime("%Y-%m-%dT%H:%M:%SZ"), "device": "phone", "q": MARK,
    "name": "members.csv", "purpose": "audit", "number": "1", "organisation": "north",
    "from": "2026-01-01T00:00:00Z",
             "to": "2027-01-01T00:00:00Z",
    "from_latitude": "26.005", "from_longitude": "119.305", "to_latitude": "26.0", "to_longitude": "119.3"}  # fmt: skip


_ELEMENT_IDS = dict(zip(ELEMENTS, ("B-n", "H-n", "F-n", "P-n", "E-n", "L-n", "T-n"), strict=True))


def _name(role: Role) -> str:
    """The member's user is tied to member bo by name."""
    return "bo" if role is Role.MEMBER else f"south-{role}"
