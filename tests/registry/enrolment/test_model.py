from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from registry.enrolment.model import ALPHABET, as_typed, new_code


@given(st.randoms(use_true_random=False))
def test_a_code_is_three_groups_of_signs_that_nobody_mistakes(dice: random.Random) -> None:
    groups = new_code(dice.choice).split("-")
    assert [len(group) for group in groups] == [4, 4, 4]
    assert set("".join(groups)) <= set(ALPHABET)


@given(st.randoms(use_true_random=False))
def test_a_code_is_understood_however_it_is_typed(dice: random.Random) -> None:
    code = new_code(dice.choice)
    for typed in (code, code.lower(), code.replace("-", ""), f" {code.replace('-', ' ')} ", code.replace("0", "o"),
                  code.replace("1", "l"), code.replace("1", "I")):  # fmt: skip
        assert as_typed(typed) == code
