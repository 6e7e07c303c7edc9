"""What a service desk has done before somebody looks at it: made up, said to be so, and made through the public API."""

from __future__ import annotations

import asyncio
import contextlib
import math
import random
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp

from simulators.city.city import City
from simulators.day.people import Person, Refused, sign_in

__all__ = ["fill_the_desk"]

_GOODS = {"rice": 400, "oil": 300, "quilt": 120, "mask": 600, "milk-powder": 60}
_SIGNED = 0.4
"""Of the households of a distribution, how many have signed already."""
_MOST = 60


async def fill_the_desk(base: str, name: str, password: str, seed: int) -> None:
    """Once: a server that has stores already is left as it is, and so is one that goes away meanwhile.

    base: http://host:port; name, password: of a user of the whole city; seed: which city.
    """
    city = await asyncio.to_thread(City.load, seed)
    street = next(one.id for one in city.organisations if one.level == "street")
    async with aiohttp.ClientSession() as session:
        with contextlib.suppress(Refused, aiohttp.ClientError):
            person = await sign_in(session, base, name, password)
            if not (await person.get("/stores", limit=1))["items"]:
                await _hand_out(person, street, random.Random(seed))


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
