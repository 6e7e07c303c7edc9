"""What a service desk has done before somebody looks at it: made up, said to be so, and made through the public API."""

from __future__ import annotations

import asyncio
import math
import random
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from simulators.city.city import City
from simulators.day.past import first_street, written
from simulators.day.people import Person, Refused

__all__ = ["fill_the_desk"]

_GOODS = {"rice": 400, "oil": 300, "quilt": 120, "mask": 600, "milk-powder": 60}
_SIGNED = 0.4
"""Of the households of a distribution, how many have signed already."""
_MOST = 60

_CALLS = (
    ("question", "When is the service hall open?", "Wants to renew a residence permit on Saturday"),
    ("matter", "A hearing aid for a father of 82", "Asks which papers are needed and where they are handed in"),
    ("report", "Refuse heaped behind house 12", "Since three days, it smells"),
    ("complaint", "Noise of a building site at night", "After ten, for the second time this week"),
    ("help", "A mother of two needs milk powder", "The shop is far and the children are ill"),
    ("report", "The lamp at the crossing is out", "Dark in the evening, children cross there"),
    ("question", "How is a tenant registered?", "New flat since Monday"),
    ("help", "Grandmother cannot carry her shopping", "Third floor, no lift"),
    ("report", "Still refuse behind house 12", "Called already, nobody came"),
)
_LISTINGS = (
    ("need", "work", "Looking for work as a cook", "Ten years in a canteen, mornings, full time"),
    ("offer", "work", "Canteen takes a cook", "Full time, mornings, near the market"),
    ("need", "work", "Looking for work as a driver", "Licence for lorries, evenings too"),
    ("offer", "work", "Delivery driver wanted", "Lorries, five days a week, evenings free"),
    ("need", "housing", "A room for a student", "One room, quiet, near the bus"),
    ("offer", "housing", "A quiet room with a balcony", "Near the bus, for one person, a student is welcome"),
    ("need", "care", "Somebody to look after a grandfather", "Afternoons, twice a week, help with lunch"),
    ("offer", "care", "Retired nurse helps with lunch", "Afternoons, in the same street"),
    ("offer", "goods", "A wheelchair, as good as new", "To be fetched from the second floor"),
    ("need", "goods", "A wheelchair for six weeks", "After an operation"),
)
_KINDS = {
    "low_income": ("poverty", "Low income", "The rent takes half of the income; heating is behind"),
    "lives_alone": ("elderly", "Lives alone", "Shopping and a word twice a week"),
    "over_80": ("elderly", "Over eighty", "A handrail in the bath, and somebody who looks in"),
    "disabled": ("disability", "Disabled", "A ramp at the door, and transport to the clinic"),
    "unemployed": ("employment", "Out of work", "Training, and a word with the canteen"),
}
"""Of special groups: the kind of case, and what is needed."""


async def fill_the_desk(base: str, name: str, password: str, seed: int) -> None:
    """Once: a server that has stores already is left as it is, and so is one that goes away meanwhile.

    base: http://host:port; name, password: of a user of the whole city; seed: which city.
    """
    city, street = await asyncio.to_thread(City.load, seed), (await first_street(seed)).id
    chance = random.Random(seed)

    async def write(person: Person) -> None:
        if (await person.get("/stores", limit=1))["items"]:
            return
        await _answer_calls(person, city, chance)
        await _bring_together(person, city, chance)
        await _help(person, street, chance)
        await _hand_out(person, street, chance)

    await written(base, [(name, password)], write)


async def _answer_calls(person: Person, city: City, chance: random.Random) -> None:
    """Some are answered, some became requests, and the newest still wait; one number calls more than once."""
    for turn, (kind, subject, body) in enumerate(_CALLS):
        call = {
            "kind": kind, "subject": subject, "body": f"{body} (synthetic)", "name": f"Synthetic caller {turn % 4 + 1}",
            "telephone": f"100 0000 000{turn % 4}", "call_back": turn % 2 == 0,
        }  # fmt: skip
        made = await person.post("/calls", call | _somewhere(city, chance))
        if turn % 3 == 0:
            await person.post(f"/calls/{made['id']}/answer", {"text": "Explained how and where (synthetic)"})
        elif turn % 3 == 1:
            await person.post(f"/calls/{made['id']}/request", {})


async def _bring_together(person: Person, city: City, chance: random.Random) -> None:
    ends_on = (datetime.now(UTC) + timedelta(days=45)).date().isoformat()
    made = []
    for side, category, title, body in _LISTINGS:
        organisation = chance.choice([one.id for one in city.organisations if one.level == "community"])
        listing = {
            "side": side, "category": category, "title": title, "body": f"{body} (synthetic)", "ends_on": ends_on,
            "organisation": organisation, "name": "Synthetic resident", "telephone": "100 0000 0009",
        }  # fmt: skip
        made.append((await person.post("/listings", listing | _somewhere(city, chance)))["id"])
    matched = {"other": made[1], "note": "They met and agreed (synthetic)"}
    await person.post(f"/listings/{made[0]}/match", matched)


async def _help(person: Person, street: str, chance: random.Random) -> None:
    """Cases for residents of special groups, with visits by members of their street."""
    people = (await person.get("/registry/people", organisation=street, limit=1_000))["items"]
    members = (await person.get("/members", organisation=street, limit=100))["items"]
    needy = [one for one in people if _KINDS.keys() & set(one["groups"]) and one["household"] is not None]
    today = datetime.now(UTC).date()
    for turn, one in enumerate(chance.sample(needy, min(12, len(needy)))):
        kind, title, need = _KINDS[next(group for group in one["groups"] if group in _KINDS)]
        case = {
            "person": one["id"], "kind": kind, "title": f"{title} (synthetic)", "need": need,
            "helper": chance.choice(members)["id"] if members else None,
            "next_visit_on": (today + timedelta(days=chance.randrange(-3, 20))).isoformat(),
            "steps": [{"text": step} for step in ("Visit and listen", "Apply for support", "Ask how it goes")],
        }  # fmt: skip
        made = (await person.post("/assistance", case))["id"]
        if turn % 3:
            await _visit(person, made, case["next_visit_on"])
        if turn % 4 == 3:
            ended = {"result": "helped", "outcome": "The support is paid every month (synthetic)"}
            await person.post(f"/assistance/{made}/close", ended)


async def _visit(person: Person, case: str, next_visit_on: str) -> None:
    at = (datetime.now(UTC) - timedelta(hours=30)).isoformat()
    said = {"at": at, "note": "In good spirits; asked for help with papers (synthetic)", "next_visit_on": next_visit_on}
    await person.post(f"/assistance/{case}/visit", said)
    await person.post(f"/assistance/{case}/step", {"number": 1})


def _somewhere(city: City, chance: random.Random) -> dict[str, float]:
    """A place in the city, near the middle of one of its grids."""
    territory = chance.choice(city.grids).territory
    ring = territory["coordinates"][0] if territory["type"] == "Polygon" else territory["coordinates"][0][0]
    longitude, latitude = (sum(point[axis] for point in ring) / len(ring) for axis in (0, 1))
    return {"latitude": round(latitude, 6), "longitude": round(longitude, 6)}


async def _hand_out(person: Person, street: str, chance: random.Random) -> None:
    depot = await _store(person, "city", "Central depot (synthetic)")
    cellar = await _store(person, street, "Street store (synthetic)")
    for commodity, quantity in _GOODS.items():
        await _move(person, depot, kind="delivery", commodity=commodity, quantity=4 * quantity, note="synthetic")
        await _move(person, depot, kind="transfer", commodity=commodity, quantity=quantity, to=cellar)
    await _move(person, cellar, kind="correction", commodity="mask", quantity=-12, note="wet boxes (synthetic)")
    for title, groups, goods in (
        ("Winter relief (synthetic)", ["low_income", "destitute"], {"rice": 2, "oil": 1, "quilt": 1}),
        ("Masks for the elderly (synthetic)", ["lives_alone", "over_80"], {"mask": 1}),
    ):
        asked = {
            "organisation": street, "title": title, "store": cellar, "groups": groups,
            "goods": [{"commodity": code, "quantity": quantity} for code, quantity in goods.items()],
        }  # fmt: skip
        try:
            made = await person.post("/distributions", asked)
        except Refused:  # a demo without residents has nobody to give to
            return
        await _sign(person, made["id"], chance)


async def _sign(person: Person, distribution: str, chance: random.Random) -> None:
    listed = (await person.get(f"/distributions/{distribution}/households", limit=_MOST))["items"]
    now = datetime.now(UTC)
    for one in chance.sample(listed, round(_SIGNED * len(listed))):
        body = {
            "household": one["household"], "recipient": "Synthetic recipient", "signature": _scrawl(chance),
            "signed_at": (now - timedelta(minutes=chance.randrange(5, 2_000))).isoformat(),
        }  # fmt: skip
        try:
            await person.post(f"/distributions/{distribution}/receipts", body)
        except Refused:  # the store is empty
            return


def _scrawl(chance: random.Random) -> list[list[list[int]]]:
    """A wave that looks signed."""
    phase, height = chance.random() * 6, chance.randrange(120, 300)
    wave = [
        [60 + 22 * n, round(500 + height * math.sin(phase + n * 0.7) * math.cos(n * 0.13))] for n in range(36)
    ]  # fmt: skip
    return [wave, [[80, 760], [880, 730]]]


async def _store(person: Person, organisation: str, name: str) -> str:
    made = await person.post("/stores", {"organisation": organisation, "name": name})
    return str(made["id"])


async def _move(person: Person, store: str, **move: Any) -> Mapping[str, Any]:
    told: Mapping[str, Any] = await person.post(f"/stores/{store}/movements", move)
    return told
