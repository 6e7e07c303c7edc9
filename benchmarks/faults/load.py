"""The load under which every fault is done: acknowledged JSON, NMEA, and incidents being dispatched."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from benchmarks.faults.account import Account, Result
from benchmarks.faults.desk import Desk, found_city
from benchmarks.faults.handhelds import Handhelds
from benchmarks.faults.installation import Installation, Server
from benchmarks.faults.trackers import Trackers

__all__ = ["Load", "loaded"]

JSON_RATE = 2_000.0
NMEA_RATE = 2_000.0
_DEVICES = 20


@dataclass
class Load:
    """What runs against a server while faults happen to it."""

    made: Installation
    handhelds: Handhelds
    trackers: Trackers
    desk: Desk
    tasks: list[asyncio.Task[None]]

    async def goes_on(self, fixes: int = 500, timeout_s: float = 120.0) -> float:
        """Wait until so many more fixes are acknowledged; the seconds that took."""
        began, wanted = asyncio.get_running_loop().time(), self.handhelds.acknowledged + fixes
        async with asyncio.timeout(timeout_s):
            while self.handhelds.acknowledged < wanted:
                await asyncio.sleep(0.02)
        return asyncio.get_running_loop().time() - began

    def stop(self) -> None:
        """What is under way is finished."""
        for worker in (self.handhelds, self.trackers, self.desk):
            worker.stop()

    async def result(
        self, name: str, server: Server, *, goal: str, recovery_s: float | None = None, within_s: float | None = None,
        notes: str = "", kept: bool = True,
    ) -> Result:  # fmt: skip
        """Stop, wait until everything is stored, and take account. within_s: the longest recovery that is allowed."""
        self.stop()
        await asyncio.gather(*self.tasks)
        await server.ready()
        account, unheard = await self._accounts()
        wrong = await self.desk.faults()
        words = [
            notes, f"NMEA, which nobody acknowledges: {unheard.sent:,} sent, {unheard.stored:,} stored",
            f"{len(self.desk.dispatched)} incidents dispatched, {len(wrong)} of them wrong", *wrong[:3],
            *self.handhelds.refused[:3],
        ]  # fmt: skip
        in_time = within_s is None or (recovery_s is not None and recovery_s <= within_s)
        whole = replace(account, doubled=account.doubled + unheard.doubled)
        kept = kept and whole.is_whole and not wrong and in_time
        return Result(name, whole, recovery_s, "; ".join(filter(None, words)), goal, kept)

    async def _accounts(self) -> tuple[Account, Account]:
        return (
            self.handhelds.account(await self.made.database.stored(self.handhelds.devices)),
            self.trackers.account(await self.made.database.stored(self.trackers.devices)),
        )


@asynccontextmanager
async def loaded(
    made: Installation, server: Server, *, http: str | None = None, nmea: tuple[str, int] | None = None,
    rate: float = 1.0, trackers: int = _DEVICES,
) -> AsyncIterator[Load]:  # fmt: skip
    """Devices, members and a dispatcher at work; they have stopped when this ends.

    http, nmea: where they send (None: to the server). rate: of the full load. trackers: how many speak NMEA.
    """
    person = replace(await found_city(made, server), base=http or server.http)
    phones, others = await made.add_devices("phone", _DEVICES), await made.add_devices("tracker", trackers)
    handhelds = Handhelds(person.base, phones, rate=JSON_RATE * rate)
    load = Load(made, handhelds, Trackers(nmea or server.nmea, others, rate=NMEA_RATE * rate), Desk(person), [])
    async with person.session, asyncio.TaskGroup() as group:
        load.tasks += [group.create_task(worker.run()) for worker in (load.handhelds, load.trackers, load.desk)]
        await load.goes_on(round(500 * rate))
        yield load
        load.stop()
