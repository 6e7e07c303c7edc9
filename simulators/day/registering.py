"""What members have registered before somebody looks: forms filled in, and key places inspected, some of them too late.

Made up, said to be so where it has words, and made through the public API.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from simulators.day.past import first_street, written
from simulators.day.people import Person

__all__ = ["answers_to", "register"]

_ENTRIES = 12
"""Of each form, about each kind of record that it is for."""
_PLANS = (("Key fire-safety places (synthetic)", "fire_safety", 30), ("Shops (synthetic)", "shop", 90))
_INSPECTED = 0.8
_OPTIONAL = 0.5


async def register(base: str, name: str, password: str, seed: int) -> None:
    """Once: a server that has plans already is left as it is, and so is one that goes away meanwhile.

    base: http://host:port; name, password: of a user of the whole city; seed: which city.
    """
    street, chance = (await first_street(seed)).id, random.Random(seed)

    async def write(person: Person) -> None:
        if (await person.get("/registry/inspection-plans"))["items"]:
            return
        forms = (await person.get("/registry/forms"))["items"]
        await _inspect(person, street, forms, chance)
        for form in forms:
            await _fill_in(person, street, form, chance)

    await written(base, [(name, password)], write)


def answers_to(definition: Mapping[str, Any], chance: random.Random) -> dict[str, Any]:
    """Answers that keep to a form: to each question that must be answered, and to some of the others."""
    wanted = set(definition.get("required", ()))
    return {
        name: _answer(field, chance)
        for name, field in definition["properties"].items()
        if name in wanted or chance.random() < _OPTIONAL
    }


def _answer(field: Mapping[str, Any], chance: random.Random) -> Any:
    match field:
        case {"oneOf": choices}:
            return chance.choice(choices)["const"]
        case {"type": "array", "items": {"oneOf": choices}}:
            return [one["const"] for one in chance.sample(choices, chance.randint(1, min(2, len(choices))))]
        case {"type": "array"}:
            return []
        case {"type": "object"}:
            return answers_to(field, chance)
        case {"type": "boolean"}:
            return chance.random() < 0.5
        case {"type": "integer" | "number"}:
            least = int(field.get("minimum", 0))
            return min(least + chance.randint(0, 20), int(field.get("maximum", least + 20)))
        case {"format": "date"}:
            return (datetime.now(UTC).date() - timedelta(days=chance.randint(1, 300))).isoformat()
    return "synthetic"[: field.get("maxLength", 9)]


async def _fill_in(person: Person, street: str, form: Mapping[str, Any], chance: random.Random) -> None:
    for element in form["elements"]:
        found = (await person.get(f"/registry/{element}", organisation=street, limit=200))["items"]
        for record in chance.sample(found, min(_ENTRIES, len(found))):
            body = {
                "element": element, "record": record["id"], "answers": answers_to(form["definition"], chance),
                "filled_at": _ago(chance, days=60),
            }  # fmt: skip
            await person.post(f"/registry/forms/{form['code']}/entries", body)


async def _inspect(person: Person, street: str, forms: list[Mapping[str, Any]], chance: random.Random) -> None:
    """Plans, and what was done by them: the longest ago is overdue again."""
    form = next(one for one in forms if one["code"] == "fire-safety")
    for name, kind, every in _PLANS:
        plan = await person.post("/registry/inspection-plans", {
            "organisation": street, "name": name, "kind": kind, "form": form["code"], "every_days": every,
            "remind_days": 7, "first_due_at": (datetime.now(UTC) - timedelta(days=1)).isoformat(),
        })  # fmt: skip
        due = (await person.get("/registry/inspections", plan=plan["id"], state="due", limit=200))["items"]
        for one in chance.sample(due, round(_INSPECTED * len(due))):
            body = {
                "answers": answers_to(form["definition"], chance), "done_at": _ago(chance, days=every + every // 4),
                "result": "faults" if chance.random() < 0.2 else "ok",
                "latitude": one["latitude"], "longitude": one["longitude"],
            }  # fmt: skip
            await person.post(f"/registry/inspections/{one['id']}/done", body)


def _ago(chance: random.Random, *, days: int) -> str:
    return (datetime.now(UTC) - timedelta(minutes=chance.randrange(10, days * 1_440))).isoformat()
