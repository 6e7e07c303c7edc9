"""One incident's life, acted out by robots through the public API: a citizen, a dispatcher, members, a supervisor.

What the robots decide (who declines, who is silent, what fails) is drawn from the seed and the incident's number, so
that the same day can be played again under another policy.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from simulators.day.people import Person, Refused
from simulators.day.plan import Plan, Report

__all__ = ["Cast", "Legs", "act_out", "handled"]

Told = Mapping[str, Any]
Pause = Callable[[float], Awaitable[None]]

_LOOKS = 3
_PATIENCE_S = 4 * 3600.0
_LOOK_AGAIN_S = 60.0


class Place(Protocol):
    """Where it happens, WGS 84."""

    @property
    def latitude(self) -> float:
        """Degrees."""

    @property
    def longitude(self) -> float:
        """Degrees."""


class Legs(Protocol):
    """The members' bodies."""

    async def go(self, member: str, latitude: float, longitude: float) -> None:
        """Walk there; returns on arrival."""

    def release(self, member: str) -> None:
        """Stroll on."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Who acts. dispatcher, verifier: two users, since nobody verifies what he reported done. run: names the day."""

    dispatcher: Person
    verifier: Person
    legs: Legs
    plan: Plan
    run: str

    async def pause(self, seconds: float) -> None:
        """Let so many seconds of the day pass."""
        await asyncio.sleep(0 if math.isinf(self.plan.speed) else seconds / self.plan.speed)


async def act_out(report: Report, cast: Cast) -> Told:
    """From the report to its end; the incident as it is then."""
    random = np.random.default_rng((cast.plan.seed, 11, report.number))
    incident = await cast.dispatcher.post("/incidents", _body(report), key=f"{cast.run}-{report.number}")
    path = f"/incidents/{incident['id']}"
    await cast.pause(random.exponential(cast.plan.reaction_s))
    if random.random() < cast.plan.rejected:
        return await _told(cast.dispatcher.post(f"{path}/reject", {"reason": "none of the city's"}))
    await cast.dispatcher.post(f"{path}/accept", {})
    while True:
        told = await _sent_and_done(path, report, cast, random)
        if told["state"] != "feedback":
            return told  # nobody could be sent within the patience of the day: it has gone up to the district
        await cast.pause(random.exponential(cast.plan.verify_s))
        passed = bool(random.random() >= cast.plan.fails)
        told = await cast.verifier.post(
            f"{path}/verify", {"passed": passed, "note": "in order" if passed else "not yet"}
        )
        if passed:
            return await _told(cast.dispatcher.post(f"{path}/close", {"disposition": "mended"}))


async def _sent_and_done(path: str, report: Report, cast: Cast, random: np.random.Generator) -> Told:
    """Dispatch until somebody has handled it, or nobody came in time."""
    waited = 0.0
    while True:
        told = await cast.dispatcher.get(path)
        offered = [one for one in told["assignments"] if one["state"] in ("offered", "acknowledged") and one["member"]]
        if not offered and told["state"] == "accepted":
            offered = await _dispatched(path, cast)
        for one in offered:
            if await handled(path, one, report, cast, random):
                return await _told(cast.dispatcher.get(path))
        if not offered:
            if waited >= _PATIENCE_S:
                return await _told(cast.dispatcher.get(path))
            await cast.pause(_LOOK_AGAIN_S)
            waited += _LOOK_AGAIN_S


async def _dispatched(path: str, cast: Cast) -> list[Told]:
    """Send the best candidate; the new assignments. Somebody else may be faster with the same member: the next then."""
    plan = cast.plan
    found = await cast.dispatcher.get(f"{path}/candidates", k=_LOOKS, policy=plan.policy)
    for candidate in found["items"]:
        sent = {"member": candidate["member"], "metres": candidate["metres"], "eta_s": candidate["travel_s"]}
        body = {"members": [sent], "answer_within_s": _scaled(plan, plan.answer_within_s), "policy": None}
        try:
            told = await cast.dispatcher.post(f"{path}/dispatch", body)
        except Refused as refusal:
            if refusal.status != 409:
                raise
            continue
        return [one for one in told["assignments"] if one["state"] == "offered"]
    return []


async def handled(path: str, one: Told, report: Place, cast: Cast, random: np.random.Generator) -> bool:
    """The member's part; False when he declined, was silent, or is not wanted any more."""
    plan, member, step = cast.plan, one["member"], f"/assignments/{one['id']}"
    draw, person = random.random(), cast.dispatcher
    if draw < plan.declines:
        await _unless_over(person, f"{step}/decline", "I am needed here")
        return False
    if draw < plan.declines + plan.silent:
        await cast.pause(plan.answer_within_s + 1)
        await _unless_over(person, f"{step}/clear", "no answer")
        return False
    try:
        await cast.pause(random.exponential(plan.answer_s))
        if one["state"] == "offered":
            await person.post(f"{step}/acknowledge", {})
        await person.post(f"{step}/en-route", {})
        await cast.legs.go(member, report.latitude, report.longitude)
        await person.post(f"{step}/arrive", {"latitude": report.latitude, "longitude": report.longitude})
        await cast.pause(random.exponential(plan.handle_s))
        await person.post(f"{path}/feedback", {"note": "done"})
    except Refused as refusal:
        if refusal.status != 409:
            raise
        return False
    finally:
        cast.legs.release(member)
    return True


async def _unless_over(person: Person, path: str, reason: str) -> None:
    """End an assignment; the server's own clock may have ended it before."""
    try:
        await person.post(path, {"reason": reason})
    except Refused as refusal:
        if refusal.status != 409:
            raise


async def _told(asked: Awaitable[Any]) -> Told:
    told: Told = await asked
    return told


def _scaled(plan: Plan, seconds: float) -> float:
    """So many seconds of the day on the server's clock; where nobody waits for anything, nothing expires either."""
    return seconds if math.isinf(plan.speed) else max(0.1, seconds / plan.speed)


def _body(report: Report) -> dict[str, Any]:
    return {
        "kind": report.kind, "latitude": report.latitude, "longitude": report.longitude,
        "description": report.description, "source": "citizen",
    }  # fmt: skip
