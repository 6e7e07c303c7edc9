"""What an office has judged before somebody looks: diaries drawn and rated, and objections to scores.

Made through the public API: by a supervisor who rates and decides, and by somebody else who objects.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Iterator, Mapping
from itertools import zip_longest
from typing import Any

from simulators.day.past import written
from simulators.day.people import Person

__all__ = ["judge"]

_RATED = 40
_LEFT = 0.3
"""Of what was drawn, how much waits for its rating."""
_WORDS = {
    2: "Too short to act on (synthetic)", 3: "Clear, but no next step (synthetic)",
    4: "To the point, with a next step (synthetic)", 5: "An example for the others (synthetic)",
}  # fmt: skip
_REASONS = (
    "The street was closed for the marathon, nobody could get there in time (synthetic)",
    "The report stood at the wrong house, the way there took an hour (synthetic)",
    "The part had to be ordered, which the desk knew (synthetic)",
)
_DECISIONS: tuple[Mapping[str, Any], ...] = (
    {"accepts": True, "points": 1.5, "answer": "The closure is on record: corrected (synthetic)"},
    {"accepts": False, "answer": "The place was put right before he was sent (synthetic)"},
)
"""Of the first objections; the last one waits."""
_LOOKS = 60
_PAUSE_S = 2.0


async def judge(base: str, objector: tuple[str, str], supervisor: tuple[str, str], seed: int) -> None:
    """Once: a server with objections is left as it is, and so is one without scores, or that goes away meanwhile.

    base: http://host:port; objector, supervisor: name and password of two users of the whole city.
    """
    chance = random.Random(seed)

    async def write(one: Person, other: Person) -> None:
        if (await other.get("/appraisal/objections", limit=1))["items"]:
            return
        await _rate(other, chance)
        await _object(one, other)

    await written(base, [objector, supervisor], write)


async def _rate(supervisor: Person, chance: random.Random) -> None:
    await supervisor.post("/diary/samples", {})
    drawn = (await supervisor.get("/diary", rated="false", limit=_RATED))["items"]
    for entry in chance.sample(drawn, round((1 - _LEFT) * len(drawn))):
        rating = chance.choice([2, 3, 4, 4, 5])
        await supervisor.post(f"/diary/{entry['id']}/rating", {"rating": rating, "word": _WORDS[rating]})


async def _object(objector: Person, supervisor: Person) -> None:
    """To scores that lost points by an incident: one is upheld, one rejected, one waits."""
    waiting = iter(zip_longest(_REASONS, _DECISIONS))
    async for cost in _costs(objector):
        reason, decision = next(waiting)
        made = await objector.post("/appraisal/objections", {**cost, "reason": reason})
        if decision is None:
            return
        answer = {"version": made["version"], **decision}
        await supervisor.post(f"/appraisal/objections/{made['id']}/decision", answer)


async def _costs(person: Person) -> AsyncIterator[dict[str, Any]]:
    """What cost some members points: an incident by a rule, one of each member, the lowest ranked first."""
    for row in reversed(await _ranked(person)):
        if cost := next(_of(await person.get(f"/appraisal/members/{row['id']}")), None):
            yield cost


def _of(score: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for line in score["lines"]:
        for item in line["items"]:
            if item["incident"] is not None and item["points"]:
                yield {
                    "level": "member", "subject": score["id"], "period": score["period"], "rule": line["code"],
                    "incident": item["incident"],
                }  # fmt: skip


async def _ranked(person: Person) -> list[dict[str, Any]]:
    """Members by rank, as soon as somebody has counted."""
    for _ in range(_LOOKS):
        found: list[dict[str, Any]] = (await person.get("/appraisal/ranking", level="member"))["items"]
        if found:
            return [one for one in found if one["rank"] is not None]
        await asyncio.sleep(_PAUSE_S)
    return []
