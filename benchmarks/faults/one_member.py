"""Fault 11: fifty dispatchers send the same member at the same moment, each to an incident of their own."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence

from benchmarks.faults.account import Fault, Result
from benchmarks.faults.desk import OPEN_STATES, PLACE
from benchmarks.faults.installation import installation
from benchmarks.faults.load import loaded
from simulators.day.people import Person, Refused

__all__ = ["FAULTS"]

DISPATCHERS = 50
ROUNDS = 20
MEMBER = "m0"


async def _reported(person: Person, number: int) -> str:
    """An accepted incident."""
    incident = await person.post("/incidents", {"kind": "C0101", "description": f"at once {number}"} | PLACE)
    await person.post(f"/incidents/{incident['id']}/accept", {})
    return str(incident["id"])


async def _dispatch(person: Person, incident: str) -> str:
    """ "sent", or what the refusal said."""
    try:
        await person.post(f"/incidents/{incident}/dispatch", {"members": [MEMBER], "answer_within_s": 3600})
    except Refused as refusal:
        return f"{refusal.status} {refusal.body.get('type', '')}".strip()
    return "sent"


async def _round(person: Person, others: Sequence[Person], number: int) -> Counter[str]:
    """Everybody at once; afterwards the member is free again."""
    incidents = [await _reported(person, number * DISPATCHERS + one) for one in range(len(others))]
    answers = Counter(await asyncio.gather(*map(_dispatch, others, incidents)))
    for one in (await person.get("/assignments", member=MEMBER, state=OPEN_STATES))["items"]:
        await person.post(f"/assignments/{one['id']}/clear", {})
    return answers


async def _at_once(share: float) -> list[Result]:
    rounds, wrong, answers = max(1, round(ROUNDS * share)), 0, Counter[str]()
    async with installation() as made:
        server = await made.server()
        async with loaded(made, server) as load:
            person = load.desk.person
            for number in range(rounds):
                told = await _round(person, [person] * DISPATCHERS, number)
                wrong += told["sent"] != 1 or not all(word == "sent" or word.startswith("409") for word in told)
                answers += told
            said = ", ".join(f"{times} times {answer}" for answer, times in answers.most_common())
            return [
                await load.result(
                    f"{DISPATCHERS} dispatchers, one member, {rounds} rounds", server, kept=not wrong,
                    goal="exactly one assignment a round, 49 clear answers",
                    notes=f"{wrong} rounds went wrong; {said}",
                )
            ]  # fmt: skip


FAULTS = (Fault(11, "one_member", _at_once),)
