"""What stands in the north, and what a user of another district sends it, by path of the API."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.registry.two_districts import square

__all__ = [
    "ANSWERS", "BODIES", "ELEMENTS", "ELEMENT_IDS", "MARK", "NOW",
    "PLACE", "QUESTIONS", "RING", "SIGNED", "SOON", "TWINS", "WANTED",
]  # fmt: skip

MARK = "Zephyr"
"""In every name and text of the north; never in an id, since refusals give ids back."""
NOW = datetime.now(UTC)
SOON = {"starts_at": (NOW + timedelta(hours=1)).isoformat(), "ends_at": (NOW + timedelta(hours=9)).isoformat()}
RING = square(119.30, 26.0)

PLACE = {"latitude": 26.005, "longitude": 119.305}
ELEMENTS: dict[str, dict[str, Any]] = {
    "buildings": {"name": f"{MARK} tower"} | PLACE, "houses": {"building": "B-n", "number": f"{MARK} 1"},
    "households": {"house": "H-n"}, "people": {"name": f"{MARK} Li", "household": "F-n", "telephone": "1000000"},
    "establishments": {"kind": "company", "name": f"{MARK} Ltd", "organisation": "north-1"},
    "places": {"kind": "shop", "name": f"{MARK} shop"} | PLACE,
    "things": {"code": "C0101", "name": f"{MARK} cover"} | PLACE,
}  # fmt: skip
"""One of each element in the north."""

SIGNED = {"recipient": f"{MARK} Li", "signature": [[[1, 1], [9, 9]]], "signed_at": NOW.isoformat()}
ELEMENT_IDS = dict(zip(ELEMENTS, ("B-n", "H-n", "F-n", "P-n", "E-n", "L-n", "T-n"), strict=True))
"""Of one of each in the north."""
TWINS = dict(zip(ELEMENTS, ("B-m", "H-m", "F-m", "P-m", "E-m", "L-m", "T-m"), strict=True))
"""Ids of a second of each."""
WANTED = {"side": "need", "category": "work", "title": f"{MARK} cook", "body": "b", "ends_on": "2098-01-01"}
ANSWERS = {"exits_clear": "yes", "extinguishers_good": "yes", "wiring_safe": "yes", "danger": "none"}
"""To the form fire-safety."""

QUESTIONS = [{"code": "x", "kind": "scale", "text_en": "x", "text_zh": "x"}]

BODIES: dict[str, dict[str, Any]] = {
    "/organisations": {"id": "new", "parent": "north", "level": "grid", "name": "New"},
    "/members": {"id": "new", "name": "New", "organisation": "north-1"},
    "/devices": {"id": "new", "member": "anna"},
    "/geofences": {"organisation": "north", "name": "New", "kind": "polygon", "geometry": RING},
    "/incidents": {"kind": "C0101", "latitude": 26.005, "longitude": 119.405, "description": "of the south"},
    "/incidents/{id}/accept": {}, "/incidents/{id}/reject": {"reason": "r"}, "/incidents/{id}/merge": {"into": "I-1"},
    "/incidents/{id}/escalate": {"reason": "r"}, "/incidents/{id}/close": {"disposition": "d"},
    "/incidents/{id}/reopen": {"reason": "r"}, "/incidents/{id}/suspend": {"reason": "r"},
    "/incidents/{id}/defer": {"reason": "r", "until": SOON["ends_at"]}, "/incidents/{id}/approve": {"reason": "r"},
    "/incidents/{id}/refuse": {"reason": "r"}, "/incidents/{id}/resume": {}, "/incidents/{id}/note": {"text": "t"},
    "/incidents/{id}/dispatch": {"members": ["anna"]}, "/incidents/{id}/feedback": {"note": "n"},
    "/incidents/{id}/verify": {"note": "n", "passed": True}, "/assignments/proposals": {},
    "/kinds": {"code": "X01", "category": "event", "class": "x", "name_en": "x", "name_zh": "x", "accept_s": 1,
               "arrive_s": 1, "handle_s": 1, "verify_s": 1},
    "/alerts/drill": {"member": "anna"}, "/sos": {}, "/sos/cancel": {},
    "/notices": {"organisation": "north", "title": "t", "body": "b"},
    "/channels": {"organisation": "north", "name": "n", "members": ["anna"]},
    "/shifts": {"organisation": "north", "name": "n", "members": ["anna"]} | SOON,
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
       for element, one in TWINS.items()},
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
                                   "first_due_at": (NOW + timedelta(days=30)).isoformat()},
    "/registry/inspection-plans/{id}": {"version": 1, "name": "of the south", "form": "fire-safety", "every_days": 1,
                                        "first_due_at": NOW.isoformat()},
    "/registry/inspection-plans/{id}/end": {"version": 1},
    "/registry/inspections/{id}/done": {"result": "ok", "answers": ANSWERS},
    "/registry/inspections/{id}/incident": {"kind": "C0101"},
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
    "/listings": {"organisation": "north"} | WANTED, "/listings/{id}/match": {"other": "LS-1", "note": "n"},
    "/listings/{id}/extend": {"ends_on": "2099-01-01"}, "/listings/{id}/close": {"note": "n"},
    "/listings/{id}/reopen": {"note": "n"}, "/listings/{id}/reveal": {"purpose": "p"},
    "/stores": {"organisation": "north", "name": "n"},
    "/stores/{id}/movements": {"kind": "delivery", "commodity": "rice", "quantity": 1},
    "/distributions": {"organisation": "north", "title": "t", "store": "ST-1",
                       "goods": [{"commodity": "rice", "quantity": 1}]},
    "/distributions/{id}/receipts": {"household": "F-n"} | SIGNED, "/distributions/{id}/close": {"note": "n"},
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
    "/surveys": {"organisation": "north", "title_en": "x", "title_zh": "x", "questions": QUESTIONS},
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
