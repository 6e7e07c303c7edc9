from __future__ import annotations

from datetime import UTC, datetime, timedelta

from simulators.city.city import City
from simulators.city.diary import diary_of

UNTIL = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_the_same_seed_writes_the_same_diary_within_its_days() -> None:
    city = City.load(1)
    members = city.members(20)
    entries = list(diary_of(city, members, until=UNTIL, days=30))
    assert entries == list(diary_of(city, members, until=UNTIL, days=30))
    assert len(entries) > 50
    assert {one["member"] for one in entries} <= {one.id for one in members}
    for one in entries:
        written, visited = (datetime.fromisoformat(one[name]) for name in ("written_at", "visited_at"))
        assert UNTIL - timedelta(days=30) <= written < UNTIL
        assert visited < written
        assert one["text"].endswith("(synthetic)")
        assert ("rating" in one) == ("word" in one) == ("rated_by" in one)
