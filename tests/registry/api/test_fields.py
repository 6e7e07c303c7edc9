from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from registry.api.fields import UNSET, Id, Line, Patch, Seconds


class Changes(Patch):
    """A body."""

    name: Line = UNSET
    note: Line | None = UNSET


def test_a_patch_tells_what_was_sent_apart_from_what_was_left_out() -> None:
    assert Changes.model_validate({}).changes() == {}
    assert Changes.model_validate({"note": None}).changes() == {"note": None}
    assert Changes.model_validate({"name": "x"}).changes() == {"name": "x"}


def test_null_is_refused_where_the_field_cannot_be_empty() -> None:
    with pytest.raises(ValidationError):
        Changes.model_validate({"name": None})


def test_a_patchs_schema_promises_no_defaults() -> None:
    assert all("default" not in field for field in Changes.model_json_schema()["properties"].values())


@pytest.mark.parametrize(
    ("kind", "value", "right"),
    [
        (Id, "grid-1", True), (Id, "网格 1", True), (Id, "x", True),
        (Id, "", False), (Id, " x", False), (Id, "x\n", False), (Id, "a\x00b", False), (Id, "x" * 129, False),
        (Line, " anything, really ", True), (Line, "two\nlines", False), (Line, "", False),
        (Seconds, 0.5, True), (Seconds, 0, False), (Seconds, float("inf"), False), (Seconds, float("nan"), False),
    ],
)  # fmt: skip
def test_fields_have_limits(kind: Any, value: object, right: bool) -> None:
    adapter: TypeAdapter[Any] = TypeAdapter(kind)
    if right:
        assert adapter.validate_python(value) == value
    else:
        with pytest.raises(ValidationError):
            adapter.validate_python(value)
