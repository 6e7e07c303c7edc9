"""Weeks of made-up diary entries, as the file that `gridwarden import diary` takes.

Clearly synthetic: every entry ends with the word. Some members write more than others, and better; a supervisor has
rated some of last month's.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np

from simulators.city.city import City, Member
from simulators.city.history import place_in

__all__ = ["diary_of", "write_diary"]

_A_MONTH = 8.0
_RATED = 0.35
_RATER = "inspector"
_TOPICS = (
    ("{who} asks when the heating of the stairwell is repaired; the caretaker was told and comes tomorrow.", "Heating"),
    ("Sat an hour with {who}. The pension comes late; wrote the application with them and took it along.", "Pension"),
    ("{who} and the neighbours quarrel about the parked bicycles; both sides agreed on the rack in the yard.", "Yard"),
    ("The cable in the corridor hangs loose again. {who} showed where; children play there.", "Safety"),
    ("{who} has come back from hospital and cannot climb the stairs; asked the community for meals at home.", "Care"),
    ("Walked the block with {who}: two lamps dark, the drain at the corner clogged with leaves.", "Patrol"),
    ("{who} looks for work as a cook; passed the name on to the service desk.", "Work"),
    ("Told {who} about the new collection times; the bins at the entrance are still overfull on Mondays.", "Refuse"),
)
_WHO = ("Mrs Zhao", "old Mr Ma", "the Akhmetov family", "the shopkeeper", "a young couple", "the caretaker", "Mr Serik")
_WORDS = {
    1: "Nothing that one could follow up.", 2: "Too short to act on.", 3: "Clear, but no next step.",
    4: "To the point, with a next step.", 5: "People, place, need and what was done: an example.",
}  # fmt: skip


def write_diary(path: Path, city: City, members: Sequence[Member], *, until: datetime, days: int) -> Path:
    """Write the file, the oldest entry first; its path. until: aware, everything is written before it."""
    with path.open("w", encoding="utf-8") as file:
        for one in sorted(diary_of(city, members, until=until, days=days), key=itemgetter("written_at")):
            file.write(json.dumps(one, ensure_ascii=False) + "\n")
    return path


def diary_of(city: City, members: Sequence[Member], *, until: datetime, days: int) -> Iterator[dict[str, Any]]:
    """Entries of the last days, member by member. The same arguments give the same entries."""
    random = np.random.default_rng((city.seed, 13))
    for member in members:
        zeal = float(random.lognormal(0.0, 0.45))
        for _ in range(int(random.poisson(_A_MONTH * zeal * days / 30))):
            written = until - timedelta(seconds=float(random.uniform(60, days * 86_400)))
            yield _entry(city, member, written.replace(microsecond=0), zeal, random)


def _entry(
    city: City, member: Member, written: datetime, zeal: float, random: np.random.Generator
) -> dict[str, Any]:  # fmt: skip
    latitude, longitude = place_in(city, member.grid, random)
    text, topic = _TOPICS[int(random.integers(len(_TOPICS)))]
    who = _WHO[int(random.integers(len(_WHO)))]
    visited = written - timedelta(minutes=int(random.integers(5, 180)))
    entry = {
        "member": member.id, "text": f"{text.format(who=who)} (synthetic)", "place": topic, "met": who,
        "written_at": written.isoformat(), "visited_at": visited.isoformat(), "latitude": round(latitude, 6),
        "longitude": round(longitude, 6),
    }  # fmt: skip
    if random.random() >= _RATED:
        return entry
    rating = int(np.clip(round(random.normal(3.4 + 0.5 * min(zeal, 2.0), 0.8)), 1, 5))
    return entry | {"rating": rating, "word": _WORDS[rating], "rated_by": _RATER}
