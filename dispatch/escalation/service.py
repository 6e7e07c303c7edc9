"""What happens when nobody does anything: limits run out, offers go unanswered, members arrive.

Each round takes a few rows at a time, each in a transaction of its own that does one whole step: a process that is
killed between two leaves nothing half done, and rows that another process holds are left to it. The steps are the same
commands as people's; their actor is the program.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from psycopg_pool import AsyncConnectionPool

from dispatch.assignments.model import Offer, Sent
from dispatch.assignments.service import AssignmentService
from dispatch.assignments.store import AssignmentStore
from dispatch.escalation.store import Waiting, WaitingStore
from dispatch.incidents.actor import WORKER
from dispatch.incidents.desk import at_the_desk
from dispatch.incidents.model import Action
from dispatch.incidents.service import Now
from registry.api.problems import Conflict, NotFound

__all__ = ["ARRIVED_METRES", "Distance", "EscalationService", "NextCandidate"]

_log = logging.getLogger(__name__)

ARRIVED_METRES = 50.0
"""As near as this to the incident's place, a member's arrival is proposed."""
_AT_ONCE = 100
_TRY_AGAIN = timedelta(seconds=15)

NextCandidate = Callable[[Waiting], Awaitable[Sent | None]]
"""The best member to send, by the incident's policy; None when there is nobody."""
Distance = Callable[[int, float, float], float | None]
"""Metres from a member (key) to latitude, longitude; None when his place is not known well enough."""


@dataclass(frozen=True, slots=True)
class Round:
    """What a round did."""

    escalated: int = 0
    expired: int = 0
    sent: int = 0
    arrivals: int = 0


class EscalationService:
    """The rounds. automatic: incidents this urgent (1 to 4) are dispatched without a dispatcher; 0: none."""

    def __init__(
        self, pool: AsyncConnectionPool, assignments: AssignmentService, now: Now, *, next_candidate: NextCandidate,
        distance: Distance, automatic: int = 0,
    ) -> None:  # fmt: skip
        self._pool, self._assignments, self._now = pool, assignments, now
        self._next_candidate, self._distance, self._automatic = next_candidate, distance, automatic
        self._tried: dict[str, datetime] = {}

    async def round(self) -> Round:
        """Everything that is due now."""
        return Round(
            escalated=await self.escalate(), expired=await self.expire(), sent=await self.send(),
            arrivals=await self.propose_arrivals(),
        )  # fmt: skip

    async def escalate(self) -> int:
        """Incidents whose limit ran out go up a level, with a supervision mark; how many."""
        done = 0
        async with at_the_desk(self._pool, WORKER, self._now()) as desk:
            for incident in await desk.store.overdue(desk.now, _AT_ONCE):
                await desk.escalate(incident, note=f"the limit to {incident.clock} ran out")
                done += 1
        return done

    async def expire(self) -> int:
        """Offers that nobody answered; how many."""
        async with self._pool.connection() as connection:
            offers = await AssignmentStore(connection).unanswered(self._now(), _AT_ONCE)
        return await self._each(offers, Action.EXPIRE, "no answer in time")

    async def send(self) -> int:
        """Accepted incidents that have a policy, and urgent ones, go to the next candidate; how many went."""
        async with self._pool.connection() as connection:
            waiting = await WaitingStore(connection).waiting(self._automatic, _AT_ONCE)
        known = {one.id for one in waiting}
        self._tried = {incident: at for incident, at in self._tried.items() if incident in known}
        return sum([await self._send_next(one) for one in waiting if self._may_try(one)])

    async def propose_arrivals(self) -> int:
        """Members who are near enough: the arrival is proposed, a person confirms; how many."""
        async with self._pool.connection() as connection:
            on_the_way = await AssignmentStore(connection).on_the_way()
        near = []
        for assignment, member, latitude, longitude in on_the_way:
            metres = self._distance(member, latitude, longitude)
            if metres is not None and metres <= ARRIVED_METRES:
                near.append(assignment)
        done = 0
        for assignment in near:
            done += await self._assignments.propose_arrival(assignment)
        return done

    async def _each(self, assignments: Sequence[str], action: Action, reason: str) -> int:
        done = 0
        for assignment in assignments:
            try:
                await self._assignments.step(assignment, WORKER, action, reason=reason)
            except (Conflict, NotFound):  # answered, or done by another process, meanwhile
                continue
            done += 1
        return done

    async def _send_next(self, waiting: Waiting) -> bool:
        self._tried[waiting.id] = self._now()
        sent = await self._next_candidate(waiting)
        if sent is None:
            return False
        offer = Offer(members=[sent], policy=waiting.policy)
        try:
            await self._assignments.dispatch(waiting.id, WORKER, waiting.version, offer)
        except (Conflict, NotFound) as refusal:  # somebody was faster, with the incident or with the member
            _log.info("an incident waits for its next candidate", extra={"incident": waiting.id, "why": str(refusal)})
            return False
        del self._tried[waiting.id]
        return True

    def _may_try(self, waiting: Waiting) -> bool:
        """Not again at once where there was nobody to send."""
        last = self._tried.get(waiting.id)
        return last is None or last + _TRY_AGAIN <= self._now()
