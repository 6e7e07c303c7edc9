from __future__ import annotations

import contextlib

from hypothesis import given
from hypothesis import strategies as st

from registry.api.paging import after_key, cursor_of
from registry.api.problems import BadRequest


@given(st.integers(0, 2**62 - 1))
def test_a_cursor_leads_back_to_its_key(key: int) -> None:
    assert after_key(cursor_of(key)) == key


def test_no_cursor_is_the_first_page() -> None:
    assert after_key(None) == 0


@given(st.text(max_size=64))
def test_whatever_a_cursor_holds_it_is_a_key_or_refused(cursor: str) -> None:
    with contextlib.suppress(BadRequest):
        assert 0 <= after_key(cursor) < 2**62
