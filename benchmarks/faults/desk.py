"""A dispatcher who goes on dispatching: incidents are reported, accepted and sent to a member, again where it broke."""

from __future__ import annotations

import asyncio
import csv
import json
from collections import Counter
from pathlib import Path

import aiohttp

from benchmarks.faults.installation import Installation, Server
from simulators.day.people import Person, Refused

__all__ = ["OPEN_STATES", "PLACE", "Desk", "found_city"]

MEMBERS = 40
"""m0 is nobody's whom the desk sends."""
PLACE = {"latitude": 51.105, "longitude": 71.405}
OPEN_STATES = "offered,acknowledged,en_route,on_scene"


class Desk:
    """period_s: between incidents. Everything that it was told is done is kept, for `faults_of`."""

    def __init__(self, person: Person, *, period_s: float = 0.5) -> None:
        self.person, self._period_s, self._stopping = person, period_s, False
        self.reported: list[str] = []
        self.dispatched: list[str] = []

    async def run(self) -> None:
        """Until `stop`."""
        number = 0
        while not self._stopping:
            number += 1
            await self._one(number)
            await asyncio.sleep(self._period_s)

    def stop(self) -> None:
        """End after the incident under way."""
        self._stopping = True

    async def _one(self, number: int) -> None:
        body = {"kind": "C0101", "description": f"fault {number}"} | PLACE
        incident = await self.person.post("/incidents", body, key=f"desk-{id(self)}-{number}")
        path = f"/incidents/{incident['id']}"
        self.reported.append(incident["id"])
        await self._step(path, "accept", {}, "accepted")
        await self._step(
            path, "dispatch", {"members": [f"m{1 + number % (MEMBERS - 1)}"], "answer_within_s": 3600}, "dispatched"
        )
        self.dispatched.append(incident["id"])
        said = await self.person.get("/assignments", incident=incident["id"], state=OPEN_STATES)
        for one in said["items"]:
            await self.person.post(f"/assignments/{one['id']}/clear", {}, key=f"clear-{one['id']}")

    async def _step(self, path: str, action: str, body: dict[str, object], done: str) -> None:
        """The step; where the answer was lost on the way, a refusal of the second try says that it was done."""
        try:
            await self.person.post(f"{path}/{action}", body)
        except Refused as refusal:
            if refusal.status != 409 or (await self.person.get(path))["state"] != done:
                raise

    async def faults(self) -> list[str]:
        """What is not as it was told: incidents lost or doubled, assignments lost or doubled, gaps in the log."""
        found: list[str] = []
        for incident in self.reported:
            told = await self.person.get(f"/incidents/{incident}")
            log = (await self.person.get(f"/incidents/{incident}/log"))["items"]
            actions = Counter(entry["action"] for entry in log)
            if [entry["version"] for entry in log] != list(range(1, len(log) + 1)):
                found.append(f"{incident}: gaps in its log")
            if actions["report"] != 1 or actions["accept"] > 1 or actions["dispatch"] > 1:
                found.append(f"{incident}: {dict(actions)}")
            if incident in self.dispatched and len(told["assignments"]) != 1:
                found.append(f"{incident}: {len(told['assignments'])} assignments")
        return found


async def found_city(made: Installation, server: Server) -> Person:
    """One district with one grid and members in it, and an administrator who is signed in."""
    folder = made.folder
    square = {
        "type": "Polygon",
        "coordinates": [[[71.3, 51.0], [71.5, 51.0], [71.5, 51.3], [71.3, 51.3], [71.3, 51.0]]],
    }
    tree = [
        {"type": "Feature", "properties": {"id": one, "parent": above, "level": level, "name": one}, "geometry": square}
        for one, above, level in (("east", "city", "district"), ("main", "east", "street"), ("one", "main", "grid"))
    ]
    await _import(
        server, folder / "tree.geojson", "organisations", json.dumps({"type": "FeatureCollection", "features": tree})
    )
    with (folder / "members.csv").open("w", newline="", encoding="utf-8") as file:
        rows = [[f"m{number}", f"Member {number}", "one"] for number in range(MEMBERS)]
        csv.writer(file).writerows([["id", "name", "organisation"], *rows])
    await server.command("import", "members", str(folder / "members.csv"))
    return Person(aiohttp.ClientSession(), server.http, await server.now.add_user())


async def _import(server: Server, path: Path, kind: str, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    await server.command("import", kind, str(path))
