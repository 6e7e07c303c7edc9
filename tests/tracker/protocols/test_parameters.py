"""Queries and forms."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.protocols.errors import DecodeError
from tracker.protocols.parameters import claimed, read_pairs

_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=10)


@given(st.lists(st.tuples(_TEXTS.filter(bool), _TEXTS.filter(bool)), max_size=10))
def test_what_was_quoted_comes_back(pairs: list[tuple[str, str]]) -> None:
    assert read_pairs(urlencode(pairs)) == pairs


@given(st.text(alphabet="ab=&%+41\xe9", max_size=30))
def test_it_agrees_with_the_standard_library(query: str) -> None:
    assert read_pairs(query) == parse_qsl(query)


def test_a_body_comes_after_the_query() -> None:
    assert read_pairs("a=1", b"a=2&b=%2B\r\n") == [("a", "1"), ("a", "2"), ("b", "+")]


def test_text_that_is_not_utf_8_is_marked() -> None:
    assert read_pairs("a=%ff", b"b=\xff") == [("a", "�"), ("b", "�")]


def test_more_parameters_than_the_limit_are_refused() -> None:
    with pytest.raises(DecodeError, match="more than 200"):
        read_pairs("a=1&" * 201)


def test_a_claim_is_the_first_name_that_is_there() -> None:
    pairs = [("dev", "2"), ("id", "1")]
    assert claimed(pairs, "id", "dev") == "1"
    assert claimed(pairs, "token") is None


@pytest.mark.parametrize("device", ["a\0b", "x" * 129, "a\r\nb"])
def test_a_claim_that_cannot_be_one_is_refused(device: str) -> None:
    with pytest.raises(DecodeError, match="id is not a text"):
        claimed([("id", device)], "id")
