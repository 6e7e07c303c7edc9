"""What two texts have in common, and how near they are, decides which is proposed first."""

from __future__ import annotations

from subsites.matching.model import Wanted, proposals, words_of

_HERE = (26.0, 119.3)


def wanted(name: str, text: str, place: tuple[float, float] | None = _HERE) -> Wanted:
    latitude, longitude = place or (None, None)
    return Wanted(id=name, text=text, latitude=latitude, longitude=longitude)


def test_words_are_compared_without_case_and_without_what_says_nothing() -> None:
    assert words_of("The Cook needs 2 helpers") == {"cook", "2", "helpers"}


def test_chinese_is_compared_by_pairs_of_signs() -> None:
    assert words_of("招聘厨师") == {"招聘", "聘厨", "厨师"}
    assert words_of("厨师") & words_of("需要厨师一名") == {"厨师"}


def test_who_says_more_of_the_same_comes_first_and_why_is_said() -> None:
    one = wanted("one", "a room with a balcony")
    near, far = wanted("near", "a room"), wanted("far", "a room, balcony", (26.02, 119.3))
    found = proposals(one, [near, far], most=5)
    assert [(each.id, each.words) for each in found] == [("far", ("balcony", "room")), ("near", ("room",))]
    assert found[1].metres == 0.0


def test_of_equals_the_nearer_comes_first_and_who_has_no_place_last() -> None:
    one = wanted("one", "a room")
    others = [wanted("none", "room", None), wanted("far", "room", (26.03, 119.3)), wanted("near", "room")]
    assert [each.id for each in proposals(one, others, most=5)] == ["near", "far", "none"]


def test_no_more_than_asked_for() -> None:
    assert len(proposals(wanted("one", "x"), [wanted(f"{n}", "x") for n in range(9)], most=3)) == 3
