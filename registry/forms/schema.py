"""What a form's definition may say, and whether answers keep to it: JSON Schema 2020-12 by jsonschema.

A definition comes from an administrator and is drawn and checked on every handheld, so that it is a small part of JSON
Schema: an object of fields, at most an object or a list of objects within it, each with its titles in English and
Chinese. No `$ref` and nothing else that fetches; no `pattern`, since a bad one can take for ever. Numbers of identity
cards and telephones belong to the record, where they are sealed, and so have no format here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import SchemaError, ValidationError

__all__ = ["FORMATS", "MOST_BYTES", "definition_faults", "entry_faults", "ui_faults"]

MOST_BYTES = 64 << 10
"""Of a definition, and of an entry's answers."""
MOST_FIELDS = 60
MOST_CHOICES = 200
MOST_DEPTH = 3
LONGEST = 10_000
_MOST_FAULTS = 50
FORMATS = frozenset({"date", "date-time", "email"})

_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_WORDS = {"title", "x-title-zh", "description", "x-description-zh", "default"}
_OF_TYPE: dict[str, set[str]] = {
    "object": {"properties", "required", "additionalProperties"},
    "array": {"items", "minItems", "maxItems", "uniqueItems"},
    "string": {"minLength", "maxLength", "format", "oneOf"},
    "integer": {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "oneOf"},
    "number": {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"},
    "boolean": set(),
}
_CHOICE = {"const", "title", "x-title-zh"}
_WIDGETS = {"textarea", "radio", "select", "checkboxes", "checkbox", "updown", "range", "text"}
_HINTS = {"ui:widget", "ui:order", "ui:placeholder", "ui:help"}

_formats = FormatChecker(formats=())


def _is_date(value: object) -> bool:
    return not isinstance(value, str) or bool(re.fullmatch(r"\d{4}-\d\d-\d\d", value) and date.fromisoformat(value))


def _is_moment(value: object) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


def _is_email(value: object) -> bool:
    return not isinstance(value, str) or re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", value) is not None


_formats.checks("date", raises=ValueError)(_is_date)
_formats.checks("date-time", raises=ValueError)(_is_moment)
_formats.checks("email")(_is_email)


def definition_faults(definition: Mapping[str, Any]) -> list[dict[str, object]]:
    """What is wrong with a form's definition, each with its place; empty when it may be published."""
    if _bytes(definition) > MOST_BYTES:
        return [_fault("", f"a definition has at most {MOST_BYTES >> 10} KiB: leave fields out")]
    faults = [_fault(at, said) for at, said in _node(definition, "", 0)]
    if not faults:
        if definition["type"] != "object":
            return [_fault("", "a form is an object of fields")]
        try:
            Draft202012Validator.check_schema(definition)
        except SchemaError as error:
            faults = [_fault(_path(error), error.message[:300])]
    return faults[:_MOST_FAULTS]


def ui_faults(ui: Mapping[str, Any], definition: Mapping[str, Any]) -> list[dict[str, object]]:
    """What is wrong with the hints: they name fields of the definition and say how each is drawn."""
    faults = [_fault("ui", "hints have at most 64 KiB")] if _bytes(ui) > MOST_BYTES else []
    fields = definition.get("properties", {})
    for name, hints in ui.items():
        if name == "ui:order":
            if not isinstance(hints, list) or sorted(map(str, hints)) != sorted(fields):
                faults.append(_fault("ui.ui:order", "list each field once"))
        elif name not in fields:
            faults.append(_fault(f"ui.{name}", "there is no such field"))
        elif not isinstance(hints, dict) or set(hints) - _HINTS:
            faults.append(_fault(f"ui.{name}", f"say {', '.join(sorted(_HINTS))} only"))
        elif hints.get("ui:widget", "text") not in _WIDGETS:
            faults.append(_fault(f"ui.{name}.ui:widget", f"choose one of {', '.join(sorted(_WIDGETS))}"))
    return faults[:_MOST_FAULTS]


def entry_faults(answers: Mapping[str, Any], definition: Mapping[str, Any]) -> list[dict[str, object]]:
    """What in the answers does not keep to the definition, each with its place; empty when they may be stored."""
    if _bytes(answers) > MOST_BYTES:
        return [_fault("", f"an entry has at most {MOST_BYTES >> 10} KiB: shorten its texts")]
    errors = Draft202012Validator(definition, format_checker=_formats).iter_errors(answers)
    faults = []
    for error in errors:
        faults.append(_fault(_path(error), _said(error)))
        if len(faults) >= _MOST_FAULTS:
            break
    return faults


def _said(error: ValidationError) -> str:
    if error.validator == "oneOf":
        return "choose one of " + ", ".join(str(one.get("const")) for one in _listed(error.validator_value)[:20])
    if error.validator == "required":
        return error.message[:300].replace(" is a required property", " is wanted")
    return error.message[:300]


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _node(node: object, at: str, depth: int) -> Iterator[tuple[str, str]]:
    """(place, fault) of a field and what is within it."""
    if not isinstance(node, Mapping):
        yield at, "a field is an object with a type"
        return
    kind = node.get("type")
    if not isinstance(kind, str) or kind not in _OF_TYPE:
        yield at, f"type is one of {', '.join(sorted(_OF_TYPE))}"
        return
    if depth > MOST_DEPTH:
        yield at, f"fields lie at most {MOST_DEPTH} deep"
        return
    known = _OF_TYPE[kind] | _WORDS | {"type"} | ({"$schema"} if not depth else set())
    for word in sorted(set(map(str, node)) - known):
        yield at, f"{word} is not known here: say {', '.join(sorted(known))}"
    for word in ("title", "x-title-zh", "description", "x-description-zh"):
        if word in node and not (isinstance(node[word], str) and len(node[word]) <= 500):
            yield f"{at}.{word}".lstrip("."), "text of at most 500 characters"
    yield from _within(node, kind, at, depth)


def _within(node: Mapping[str, Any], kind: str, at: str, depth: int) -> Iterator[tuple[str, str]]:
    if kind == "object":
        yield from _fields(node, at, depth)
    elif kind == "array":
        if "items" not in node:
            yield at, "say in items what the list holds"
        else:
            yield from _node(node["items"], f"{at}[]", depth + 1)
    elif "oneOf" in node:
        yield from _choices(node["oneOf"], at)
    if "format" in node and node["format"] not in FORMATS:
        yield at, f"format is one of {', '.join(sorted(FORMATS))}"
    for word in ("maxLength", "maxItems"):
        if isinstance(node.get(word), int) and node[word] > LONGEST:
            yield at, f"{word} is at most {LONGEST}"


def _fields(node: Mapping[str, Any], at: str, depth: int) -> Iterator[tuple[str, str]]:
    fields = node.get("properties")
    if not isinstance(fields, Mapping) or not 0 < len(fields) <= MOST_FIELDS:
        yield at, f"properties names 1 to {MOST_FIELDS} fields"
        return
    if node.get("additionalProperties") is not False:
        yield at, "say additionalProperties: false, so that nothing is stored that no field asks for"
    required = node.get("required", [])
    if not isinstance(required, list) or not all(isinstance(name, str) and name in fields for name in required):
        yield at, "required lists names of fields"
    for name, field in fields.items():
        place = f"{at}.{name}".lstrip(".")
        if not _NAME.fullmatch(str(name)):
            yield place, "a field's name is a small letter, then small letters, digits and _, 40 at most"
        if isinstance(field, Mapping) and not all(field.get(word) for word in ("title", "x-title-zh")):
            yield place, "name it in English (title) and Chinese (x-title-zh)"
        yield from _node(field, place, depth + 1)


def _choices(choices: object, at: str) -> Iterator[tuple[str, str]]:
    if not isinstance(choices, list) or not 0 < len(choices) <= MOST_CHOICES:
        yield at, f"oneOf lists 1 to {MOST_CHOICES} choices"
        return
    for place, choice in enumerate(choices):
        if not isinstance(choice, Mapping) or set(choice) != _CHOICE:
            yield f"{at}.oneOf[{place}]", "a choice has const, title and x-title-zh"
        elif not all(isinstance(choice[word], str) and 0 < len(choice[word]) <= 200 for word in _CHOICE - {"const"}):
            yield f"{at}.oneOf[{place}]", "name the choice in English and Chinese"
    said = [json.dumps(one.get("const"), sort_keys=True) for one in choices if isinstance(one, Mapping)]
    if len(set(said)) < len(said):
        yield at, "each choice has a const of its own"


def _bytes(value: object) -> int:
    """Too many where it lies too deep to be written."""
    try:
        return len(json.dumps(value, ensure_ascii=False).encode())
    except RecursionError:
        return MOST_BYTES + 1


def _path(error: Any) -> str:
    return ".".join(str(part) for part in error.absolute_path)


def _fault(at: str, said: str) -> dict[str, object]:
    return {"in": "body", "at": at, "reason": said}
