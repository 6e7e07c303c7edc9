"""Handhelds that send JSON and send again what was not acknowledged, as the real ones do, and keep account of it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from datetime import UTC, datetime

import aiohttp

from benchmarks.faults.account import Account

__all__ = ["Handhelds"]

_PERIOD_S = 0.1
_MOST_A_REQUEST = 500
_STEP_MS = 10
_TIMEOUT_S = 10.0
_PAUSE_S = 0.25


class Handhelds:
    """rate: fixes a second of all together. url: where they send; changed while they run, they follow.

    acknowledged_of: how many of each device's fixes were; busy: answers that said "not now"; away: requests that
    nobody answered.
    """

    def __init__(self, url: str, tokens: Mapping[str, str], *, rate: float) -> None:
        self.url, self._tokens, self._each = url, dict(tokens), rate / len(tokens)
        self._start_ms = time.time_ns() // 1_000_000 - 86_400_000
        self.acknowledged_of = dict.fromkeys(tokens, 0)
        self._stopping = False
        self._tried = dict.fromkeys(tokens, 0)
        self.busy = self.away = 0
        self.refused: list[str] = []
        self.longest_gap_s = 0.0
        self._last = time.monotonic()

    @property
    def acknowledged(self) -> int:
        """Fixes that were, of all."""
        return sum(self.acknowledged_of.values())

    @property
    def sent(self) -> int:
        """Fixes that were, each counted once however often it had to be."""
        return sum(self._tried.values())

    @property
    def devices(self) -> list[str]:
        """Ids."""
        return list(self._tokens)

    async def run(self) -> None:
        """Send until `stop`; then what has begun is finished."""
        self._last = time.monotonic()
        async with asyncio.TaskGroup() as group:
            for number, device in enumerate(self._tokens):
                group.create_task(self._send(number, device))

    def stop(self) -> None:
        """End after what is under way."""
        self._stopping = True

    def account(self, stored: Mapping[str, list[int]]) -> Account:
        """What became of what was acknowledged."""
        doubled = sum(len(times) - len(set(times)) for times in stored.values())
        return Account(
            sent=self.sent, acknowledged=self.acknowledged, stored=sum(map(len, stored.values())),
            lost=self.missing(self.acknowledged_of, stored), doubled=doubled, refused=len(self.refused),
        )  # fmt: skip

    def missing(self, counts: Mapping[str, int], stored: Mapping[str, list[int]]) -> int:
        """How many of the first fixes of each device, so many, are not among those stored."""
        known = {device: set(times) for device, times in stored.items()}
        return sum(
            self.moment(number) not in known[device] for device, count in counts.items() for number in range(count)
        )

    def acknowledge(self, device: str, count: int) -> None:
        """So many more of the device's fixes were."""
        self.acknowledged_of[device] += count

    def moment(self, number: int) -> int:
        """The time of a device's fix of that number, milliseconds since 1970."""
        return self._start_ms + number * _STEP_MS

    async def _send(self, row: int, device: str) -> None:
        headers = {"Authorization": f"Bearer {self._tokens[device]}"}
        began, timeout = time.monotonic(), aiohttp.ClientTimeout(_TIMEOUT_S)
        while not self._stopping:
            async with aiohttp.ClientSession(headers=headers, timeout=timeout) as http:
                try:
                    while not self._stopping:
                        await self._one(http, row, device, began)
                except (aiohttp.ClientError, TimeoutError, ConnectionError):
                    self.away += 1
                    await asyncio.sleep(_PAUSE_S)

    async def _one(self, http: aiohttp.ClientSession, row: int, device: str, began: float) -> None:
        first = self.acknowledged_of[device]
        due = int((time.monotonic() - began) * self._each) - first
        if due <= 0:
            await asyncio.sleep(_PERIOD_S)
            return
        numbers = range(first, first + min(due, _MOST_A_REQUEST))
        self._tried[device] = max(self._tried[device], numbers.stop)
        async with http.post(f"{self.url}/api/v1/fixes", json=[self._fix(row, number) for number in numbers]) as answer:
            if answer.status != 200:
                self._not_now(answer)
                await asyncio.sleep(_PAUSE_S)
                return
            said = await answer.json()
        if said["accepted"] != len(numbers):
            self.refused.append(f"{device}: {said['rejected'][:2]}")
        self.acknowledge(device, len(numbers))
        now = time.monotonic()
        self.longest_gap_s, self._last = max(self.longest_gap_s, now - self._last), now
        await asyncio.sleep(_PERIOD_S)

    def _not_now(self, answer: aiohttp.ClientResponse) -> None:
        """503 with Retry-After is what a device waits for; anything else is a fault."""
        if answer.status == 503 and "Retry-After" in answer.headers:
            self.busy += 1
        else:
            self.refused.append(f"status {answer.status}")

    def _fix(self, row: int, number: int) -> dict[str, object]:
        moment = datetime.fromtimestamp(self.moment(number) / 1000, UTC)
        return {"time": moment.isoformat(), "latitude": 51.1 + row * 1e-3, "longitude": 71.4 + number * 1e-7}
