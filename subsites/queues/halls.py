"""What a hall looks like now: who waits for what, how long, and who is called where. Pure but for `picture_of`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from subsites.queues.model import Desk, mean_s, wait_s
from subsites.queues.store import SERVICE, WINDOW, QueueStore
from subsites.record.model import Told

__all__ = ["Picture", "picture_of"]

_OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """services, windows: of the hall. waiting: tickets (key, service) in order. means: seconds by service (key)."""

    services: Sequence[Told]
    windows: Sequence[Told]
    waiting: Sequence[Told]
    means: dict[int, float]
    calls: Sequence[Told]

    def ahead(self, service: int, ticket: int | None = None) -> int:
        """Tickets that the windows of a service (key) call before one (key); None: before one that is taken now."""
        served = {key for window in self._open(service) for key in window["service_keys"]} | {service}
        return sum(one["service"] in served and (ticket is None or one["key"] < ticket) for one in self.waiting)

    def wait_s(self, service: int, ticket: int | None = None) -> float | None:
        """Seconds until a ticket of that service (key) is called; None where no window is open for it."""
        before = [one["service"] for one in self.waiting if ticket is None or one["key"] < ticket]
        desks = [
            Desk(frozenset(one["service_keys"]) & self.means.keys(), one["ticket"] is not None)
            for one in self.windows
            if one["state"] == _OPEN
        ]
        return wait_s([*before, service], desks, self.means)

    def told(self) -> dict[str, list[Told]]:
        """As anybody may see it."""
        services = [
            one | {"waiting": sum(ticket["service"] == one["key"] for ticket in self.waiting),
                   "windows": len(self._open(one["key"])), "wait_s": self.wait_s(one["key"])}
            for one in self.services
        ]  # fmt: skip
        return {"services": services, "windows": list(self.windows), "calls": list(self.calls)}

    def _open(self, service: int) -> list[Told]:
        return [one for one in self.windows if one["state"] == _OPEN and service in one["service_keys"]]


async def picture_of(store: QueueStore, hall: int, day: date) -> Picture:
    """Of a hall (key) on that day."""
    services = await store.of_hall(SERVICE, hall)
    served: dict[int, list[float]] = defaultdict(list)
    for row in await store.served_s(hall, day):
        served[row["service"]].append(row["seconds"])
    return Picture(
        services=services, windows=await store.of_hall(WINDOW, hall), waiting=await store.waiting(hall, day),
        means={one["key"]: mean_s(one["expected_s"], served[one["key"]]) for one in services},
        calls=await store.calls(hall, day),
    )  # fmt: skip
