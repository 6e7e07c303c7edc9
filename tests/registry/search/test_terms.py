from __future__ import annotations

import pytest

from registry.search.model import Match
from registry.search.terms import MOST_LETTERS, match, questions, terms


@pytest.mark.parametrize(
    ("asked", "text", "how"),
    [
        ("张伟", "张伟", Match.EXACT),
        ("zhangwei", "张伟", Match.EXACT),
        ("zw", "张伟", Match.EXACT_SHORT),
        ("zwei", "张伟", Match.EXACT_SHORT),
        ("zhangw", "张伟民", Match.PREFIX_SHORT),
        ("张w", "张伟民", Match.PREFIX_SHORT),
        ("伟", "张伟", Match.INFIX),
        ("shan", "单田芳", Match.PREFIX),
        ("lv", "吕布", Match.PREFIX),
        ("lu", "吕布", Match.PREFIX),
        ("dong5", "鼓楼小区3栋502", Match.INFIX),
        ("nna", "ANNA", Match.INFIX),
        ("wz", "张伟", None),
        ("", "张伟", None),
    ],
)
def test_a_text_answers_by_its_letters_and_by_its_pinyin(asked: str, text: str, how: Match | None) -> None:
    assert match(asked, text) is how


def test_width_case_and_punctuation_make_no_difference() -> None:
    assert match("3-502", "３ ５０２") is Match.EXACT


def test_terms_of_a_long_text_are_bounded() -> None:
    assert len(terms("张" * 10_000)) < 40
    assert len(max(terms("a" * 10_000), key=len)) <= MOST_LETTERS + 1


def test_nothing_asked_is_no_question() -> None:
    assert questions(" -- ") == []


def test_a_question_is_bounded_however_ambiguous() -> None:
    assert all(len(one) < 20_000 for one in questions("xianxianxianxianxianxianxianxian"))
