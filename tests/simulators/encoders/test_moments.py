from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from simulators.encoders.moments import rfc3339


@given(st.integers(0, 4_000_000_000_000))
def test_the_text_names_the_same_instant(time_ms: int) -> None:
    assert datetime.fromisoformat(rfc3339(time_ms)) == datetime(1970, 1, 1, tzinfo=UTC) + timedelta(
        milliseconds=time_ms
    )
