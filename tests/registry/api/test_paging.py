from __future__ import annotations

import contextlib
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from registry.api.paging import after_key, cursor_of, next_of, page_of
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


@dataclass(frozen=True)
class Lamp:
    key: int


class LampOut(BaseModel):
    id: str


class LampPage(BaseModel):
    items: list[LampOut]
    next: str | None


def test_a_full_page_leads_to_the_next_and_one_that_is_not_full_is_the_last() -> None:
    assert next_of([Lamp(3), Lamp(7)], 2) == next_of([{"key": 3}, {"key": 7}], 2) == cursor_of(7)
    assert next_of([Lamp(3)], 2) is None
    assert next_of([], 2) is None


def test_the_items_of_a_page_are_the_rows_or_what_is_told_of_them() -> None:
    as_they_are = page_of(LampPage, [{"key": 3, "id": "lamp-3"}], 1)
    told = page_of(LampPage, [Lamp(3)], 1, lambda lamp: LampOut(id=f"lamp-{lamp.key}"))
    assert as_they_are == told == LampPage(items=[LampOut(id="lamp-3")], next=cursor_of(3))
