"""What a definition may say, and which answers keep to it."""

from __future__ import annotations

from typing import Any

import pytest

from registry.forms.schema import definition_faults, entry_faults, ui_faults

NAMED = {"title": "Name", "x-title-zh": "名称"}
TEXT = {"type": "string", "maxLength": 20} | NAMED
CHOICES = [{"const": "a", "title": "A", "x-title-zh": "甲"}, {"const": "b", "title": "B", "x-title-zh": "乙"}]


def a_form(**fields: Any) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "required": [], "properties": fields or {"name": TEXT}}


def test_a_small_part_of_json_schema_is_known() -> None:
    definition = a_form(
        name=TEXT, on={"type": "string", "format": "date"} | NAMED, many={"type": "integer", "minimum": 0} | NAMED,
        kind={"type": "string", "oneOf": CHOICES} | NAMED,
        kinds={"type": "array", "uniqueItems": True, "items": {"type": "string", "oneOf": CHOICES}} | NAMED,
        people={"type": "array", "items": a_form()} | NAMED,
    )  # fmt: skip
    assert definition_faults(definition) == []


@pytest.mark.parametrize(
    ("field", "said"),
    [
        (NAMED | {"$ref": "https://example.com/schema"}, "type is one of"),
        (TEXT | {"$ref": "https://example.com/schema"}, "$ref is not known"),
        (TEXT | {"pattern": "(a+)+$"}, "pattern is not known"),
        (TEXT | {"format": "idn-hostname"}, "format is one of"),
        (TEXT | {"maxLength": 10**9}, "maxLength is at most"),
        ({"type": "string", "title": "English only"}, "Chinese"),
        ({"type": "string", "oneOf": [{"const": "a", "title": "A"}]} | NAMED, "a choice has"),
        ({"type": "string", "oneOf": [*CHOICES, CHOICES[0]]} | NAMED, "of its own"),
        ({"type": "object", "properties": {"x": TEXT}} | NAMED, "additionalProperties"),
        ({"type": "integer", "minimum": "none"} | NAMED, "is not of type"),
        ({"type": "integer", "multipleOf": 0} | NAMED, "0"),
    ],
)
def test_what_else_it_says_is_refused_with_the_reason(field: dict[str, Any], said: str) -> None:
    faults = definition_faults(a_form(name=field))
    assert said in str(faults[0]["reason"])


def test_a_definition_has_bounds() -> None:
    deep = TEXT
    for _ in range(5):
        deep = a_form(within=deep) | NAMED
    assert "deep" in str(definition_faults(deep)[0]["reason"])
    assert "KiB" in str(definition_faults(a_form(name=TEXT | {"default": "x" * 70_000}))[0]["reason"])
    assert "1 to 60 fields" in str(definition_faults(a_form(**{f"f{n}": TEXT for n in range(61)}))[0]["reason"])
    bottomless: dict[str, Any] = {}
    for _ in range(100_000):
        bottomless = {"default": bottomless}
    assert "KiB" in str(definition_faults(bottomless)[0]["reason"])
    assert definition_faults(a_form(__proto__=TEXT))


def test_hints_are_of_fields_and_widgets_that_there_are() -> None:
    definition = a_form()
    assert ui_faults({"name": {"ui:widget": "textarea"}, "ui:order": ["name"]}, definition) == []
    refused: list[dict[str, Any]] = [
        {"nobody": {}},
        {"name": {"ui:widget": "html"}},
        {"name": {"onclick": "x"}},
        {"ui:order": []},
    ]
    for wrong in refused:
        assert ui_faults(wrong, definition)


@pytest.mark.parametrize(
    ("answers", "at"),
    [
        ({}, ""), ({"name": 1}, "name"), ({"name": "x" * 21}, "name"), ({"name": "x", "more": 1}, ""),
        ({"name": "x", "on": "2026-02-30"}, "on"), ({"name": "x", "on": "tomorrow"}, "on"),
        ({"name": "x", "kind": "c"}, "kind"), ({"name": "x", "kinds": ["a", "a"]}, "kinds"),
        ({"name": "x", "kinds": ["a", "z"]}, "kinds.1"), ({"name": "x" * 70_000}, ""),
    ],
)  # fmt: skip
def test_answers_that_do_not_keep_to_it_are_told_by_place(answers: dict[str, Any], at: str) -> None:
    definition = a_form(
        name=TEXT, on={"type": "string", "format": "date"} | NAMED, kind={"type": "string", "oneOf": CHOICES} | NAMED,
        kinds={"type": "array", "uniqueItems": True, "items": {"type": "string", "oneOf": CHOICES}} | NAMED,
    ) | {"required": ["name"]}  # fmt: skip
    assert entry_faults({"name": "x", "on": "2026-02-28", "kind": "a", "kinds": ["a", "b"]}, definition) == []
    assert entry_faults(answers, definition)[0]["at"] == at
