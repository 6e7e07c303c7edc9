from __future__ import annotations

import pytest
from pydantic import ValidationError

from registry.elements.model import ElementType
from registry.elements.shapes.buildings import BuildingIn
from registry.elements.shapes.common import ElementIn
from registry.elements.shapes.derived import page_shape, patch_of
from registry.elements.types import TYPES


@pytest.mark.parametrize("kind", TYPES.values(), ids=[kind.word for kind in TYPES.values()])
def test_a_change_may_say_all_that_an_addition_says_but_the_id(kind: ElementType) -> None:
    assert set(kind.patch.model_fields) - {"version"} == set(kind.body.model_fields) - {"id"}


def test_what_is_left_out_of_a_change_is_no_change() -> None:
    said = patch_of(BuildingIn).model_validate({"version": 3, "built_year": None})
    assert said.changes() == {"version": 3, "built_year": None}


@pytest.mark.parametrize("wrong", [{"floors": 0}, {"floors": None}, {"name": "x" * 201}, {"floor": 1}])
def test_a_change_has_the_limits_of_an_addition(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        patch_of(BuildingIn).model_validate({"version": 1, **wrong})


def test_names_follow_from_the_model() -> None:
    class LampIn(ElementIn):
        """A lamp."""

    class LampOut(ElementIn):
        """A lamp."""

    assert (patch_of(LampIn).__name__, page_shape(LampOut, "Lamps").__name__) == ("LampPatch", "LampPage")
    assert page_shape(LampOut, "Lamps").__doc__ == "Lamps in the order they were added."
