"""Fault 9: the server's clock is set back an hour, and forward, while its database and its devices keep the time."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import aiohttp

from benchmarks.faults.account import Fault, Result
from benchmarks.faults.desk import PLACE
from benchmarks.faults.installation import Installation, Server, installation
from benchmarks.faults.load import Load, loaded

__all__ = ["FAULTS"]

HOUR_S = 3_600
STAY_S = 15.0
INCIDENTS = 10
SHIFTS = (-HOUR_S, 0, HOUR_S, 0, HOUR_S, 0)
"""Seconds that the server's clock differs, one after the other."""
_FEWEST = 2
"""Fixes of the moment that are answered by each clock."""
_ESCALATED_S = 60.0
_LIBRARY = "faketime/libfaketimeMT.so.1"


class FakeClock:
    """libfaketime's (Debian: faketime): what a process takes for the time of day; its monotonic clock stays."""

    def __init__(self, folder: Path) -> None:
        found = next(Path("/usr/lib").glob(f"*/{_LIBRARY}"), None)
        if found is None:
            raise SystemExit("clock wants libfaketime: apt-get install faketime")
        self._file, self._library = folder / "clock", found
        self.set(0)

    @property
    def settings(self) -> dict[str, str]:
        """The environment of whoever lives by it."""
        return {
            "LD_PRELOAD": str(self._library), "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_CACHE_DURATION": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1", "FAKETIME_DONT_RESET": "1",
        }  # fmt: skip

    def set(self, shift_s: int) -> None:
        """From the next second on."""
        self._file.write_text(f"{shift_s:+d}\n", encoding="ascii")


class Phone:
    """One that tells where it is now, every second; what the server says of each fix is counted."""

    def __init__(self, server: Server, token: str) -> None:
        self._server, self._token, self._stopping = server, token, False
        self.sent = 0
        self.said: Counter[str] = Counter()

    async def run(self) -> None:
        """Until `stop`."""
        headers = {"Authorization": f"Bearer {self._token}"}
        async with aiohttp.ClientSession(headers=headers) as http:
            while not self._stopping:
                fix = {"time": datetime.fromtimestamp(time.time(), UTC).isoformat()} | PLACE
                async with http.post(f"{self._server.http}/api/v1/fixes", json=fix) as answer:
                    said = await answer.json()
                self.sent += 1
                self.said["accepted" if said["accepted"] else said["rejected"][0]["reason"]] += 1
                await asyncio.sleep(1)

    async def hears(self, fixes: int, timeout_s: float = 120.0) -> None:
        """Wait until so many more are answered."""
        wanted = self.sent + fixes
        async with asyncio.timeout(timeout_s):
            while self.sent < wanted:
                await asyncio.sleep(0.1)

    def stop(self) -> None:
        """End after the fix under way: one that is cut off may be kept though nobody heard of it."""
        self._stopping = True


async def _set(share: float) -> list[Result]:
    async with installation() as made:
        clock = FakeClock(made.folder)
        server = await made.server(**clock.settings)
        async with loaded(made, server) as load:
            phone = Phone(server, (await made.add_devices("now", 1))["now-0000"])
            waiting = [await _waiting(load, number) for number in range(INCIDENTS)]
            running, ages = asyncio.create_task(phone.run()), list[float]()
            for shift in SHIFTS:
                clock.set(shift)
                await asyncio.sleep(max(4.0, STAY_S * share))
                await phone.hears(_FEWEST)
                if shift > 0:
                    await _all_escalated(load, waiting)
                ages.append(await _youngest(load))
            phone.stop()
            await running
            kept = await _kept(made, load, "now-0000")
            fired = [await _escalations(load, incident) for incident in waiting]
            fine = kept == phone.sent and min(ages) >= 0 and set(fired) == {1}
            return [
                await load.result(
                    "the server's clock an hour back, and an hour forward twice", server, kept=fine,
                    goal="no negative age, no lost fix, escalations fire once",
                    notes=f"{phone.sent} fixes of the moment, {kept} kept ({dict(phone.said)}); youngest age "
                    f"{min(ages):.1f} s; escalations of {INCIDENTS} incidents that ran out: {dict(Counter(fired))}",
                )
            ]  # fmt: skip


async def _waiting(load: Load, number: int) -> str:
    """An incident that nobody takes up."""
    body = {"kind": "C0101", "description": f"nobody comes {number}"} | PLACE
    return str((await load.desk.person.post("/incidents", body))["id"])


async def _all_escalated(load: Load, incidents: list[str]) -> None:
    """Wait until each was once or more; who is never is told in the end."""
    with suppress(TimeoutError):
        async with asyncio.timeout(_ESCALATED_S):
            while not all([await _escalations(load, incident) for incident in incidents]):
                await asyncio.sleep(0.5)


async def _escalations(load: Load, incident: str) -> int:
    log = (await load.desk.person.get(f"/incidents/{incident}/log"))["items"]
    return sum(entry["action"] == "escalate" for entry in log)


async def _youngest(load: Load) -> float:
    """The smallest age of a live position, seconds, as the API tells it."""
    items = (await load.desk.person.get("/positions"))["items"]
    return min(float(one["age_s"]) for one in items)


async def _kept(made: Installation, load: Load, device: str) -> int:
    """Stored positions, and refused ones that are on record."""
    stored = len((await made.database.stored([device]))[device])
    refused = (await load.desk.person.get("/fixes/refused", device=device))["items"]
    return stored + len(refused)


FAULTS = (Fault(9, "clock", _set),)
