"""A few records that were registered twice, as happens in the field: for whoever looks for duplicates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

__all__ = ["plant_twins"]

Row = tuple[Any, ...]
_EVERY, _MOST = 900, 12
_NAME, _GENDER, _OCCUPATION, _IDENTITY, _TELEPHONE = 4, 5, 7, 10, 11
"""Columns of people."""


def plant_twins(of: dict[str, list[Row]]) -> None:
    """Add to the rows of each kind: the same person in another household, the same shop under a slightly other name."""
    people, households = of["people"], of["households"]
    for n, one in enumerate(people[300 :: max(_EVERY, len(people) // _MOST)][:_MOST]):
        elsewhere = households[(n * 37 + 11) % len(households)]
        identity = one[_IDENTITY] if n % 2 else ""
        of["people"].append((
            f"person-twin-{n}", elsewhere[1], elsewhere[0], "other_relative", one[_NAME], *one[_GENDER:_OCCUPATION],
            "", "from_away", "", identity, one[_TELEPHONE],
        ))  # fmt: skip
    for kind, name, ids in (("places", 3, "place-"), ("establishments", 3, "establishment-")):
        found = [row for row in of[kind] if row[0].startswith(ids)][5::40][:4]
        of[kind] += [_renamed(row, name, f"{row[0]}-again") for row in found]
    hydrants = [row for row in of["things"] if row[2] == "C0110"][2::30][:2]
    of["things"] += [(f"{row[0]}-again", *row[1:]) for row in hydrants]


def _renamed(row: Row, column: int, new_id: str) -> Row:
    """The same, as another hand writes its name; a number of its own kind that only one may have is left out."""
    name = str(row[column]).removesuffix(" Co., Ltd.").replace(" ", "-").lower()
    return (new_id, *row[1:column], name, *_without_code(row, column))


def _without_code(row: Row, column: int) -> Sequence[Any]:
    rest = list(row[column + 1 :])
    return ["", *rest[1:]] if str(row[0]).startswith("establishment") else rest
