"""Bringing in incidents of the past: the same moves as today's, all of a file or nothing."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from dispatch.backfill.imports import Imported, import_incidents
from dispatch.incidents.model import replayed
from simulators.city.city import City
from simulators.city.history import Kind, history_of
from tests.dispatch.world import KIND, NOON, World


def a_line(**fields: Any) -> dict[str, Any]:
    steps: list[tuple[str, dict[str, Any]]] = [
        ("report", {"actor": "hotline", "note": "synthetic"}), ("accept", {"actor": "desk"}),
        ("dispatch", {"actor": "desk", "members": ["anna"]}), ("acknowledge", {"actor": "Anna", "member": "anna"}),
        ("arrive", {"actor": "Anna", "member": "anna"}), ("feedback", {"actor": "Anna", "member": "anna"}),
        ("verify", {"actor": "sue"}), ("close", {"actor": "desk", "note": "solved"}),
    ]  # fmt: skip
    log = [
        {"at": (NOON + timedelta(minutes=minute)).isoformat(), "action": action} | more
        for minute, (action, more) in enumerate(steps)
    ]
    place = {"latitude": 26.005, "longitude": 119.305, "organisation": "one"}
    return {"kind": KIND, "description": "a cover", "source": "hotline", "log": log} | place | fields


async def bring_in(world: World, path: Path, *lines: dict[str, Any]) -> Imported:
    text = "".join(json.dumps(line) + "\n" for line in lines)
    path.write_text(text, encoding="utf-8")  # noqa: ASYNC240 - a test's few lines
    return await import_incidents(world.pool, path, now=NOON + timedelta(days=1))


async def test_an_incident_arrives_with_its_whole_log_and_its_assignments(world: World, tmp_path: Path) -> None:
    done = await bring_in(world, tmp_path / "a.jsonl", a_line())
    assert (done.lines, done.refused) == (1, [])
    (told,) = await world.incidents.page(world["dora"], before=0, limit=9, filters=NO_FILTER)
    assert told["state"] == "closed"
    assert told["handled_by"] == "anna"
    assert [one["state"] for one in told["assignments"]] == ["handled"]
    assert await world.log(told["id"]) == [step["action"] for step in a_line()["log"]]
    entries = await world.incidents.log(told["id"], world["dora"])
    last = replayed([entry["after"] for entry in entries])
    assert last["state"] == "closed"
    assert last["disposition"] == "solved"


async def test_what_could_not_have_happened_is_refused_and_nothing_is_stored(world: World, tmp_path: Path) -> None:
    impossible = a_line()
    del impossible["log"][1:6]
    done = await bring_in(world, tmp_path / "a.jsonl", a_line(), impossible, a_line(kind="none"))
    assert [number for number, _ in done.refused] == [2, 3]
    assert not await world.incidents.page(world["dora"], before=0, limit=9, filters=NO_FILTER)


def test_the_made_up_history_is_the_same_for_the_same_arguments() -> None:
    city = City.load(3)
    kind = Kind(code=KIND, name="cover", accept_s=300, arrive_s=1200, handle_s=7200, verify_s=3600)
    made = [list(history_of(city, city.members(20), [kind], until=NOON, days=7, count=40)) for _ in range(2)]
    assert made[0] == made[1]
    assert all(step["at"] < NOON.isoformat() for one in made[0] for step in one["log"])


def test_the_made_up_city_is_awake_by_day_of_its_own_zone() -> None:
    city = City.load(3)
    kind = Kind(code=KIND, name="cover", accept_s=300, arrive_s=1200, handle_s=7200, verify_s=3600)
    zone = ZoneInfo("Asia/Shanghai")
    made = history_of(city, city.members(20), [kind], until=NOON.astimezone(zone), days=28, count=600)
    reported = [datetime.fromisoformat(one["log"][0]["at"]).astimezone(zone) for one in made]
    by_night = sum(at.hour < 6 for at in reported)
    by_day = sum(8 <= at.hour < 18 for at in reported)
    assert by_day > 5 * by_night
    assert reported[-1] < NOON
    assert NOON.astimezone(zone).date() in {at.date() for at in reported}


NO_FILTER = {"states": None, "kind": None, "organisation": None, "priority": None, "since": None, "open": False}
