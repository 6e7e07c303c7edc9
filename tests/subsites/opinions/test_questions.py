"""Questions are data, and answers fit them or not."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from subsites.opinions.questions import LONGEST, Question, faults_of

OPTIONS = [{"code": code, "text_en": code, "text_zh": code} for code in ("a", "b", "c")]


def question(code: str, kind: str, **fields: Any) -> Question:
    return Question.model_validate({"code": code, "kind": kind, "text_en": "x", "text_zh": "x"} | fields)


QUESTIONS = [
    question("one", "single", options=OPTIONS), question("some", "multiple", options=OPTIONS, required=False),
    question("much", "scale", required=False), question("why", "text", required=False),
]  # fmt: skip


@pytest.mark.parametrize(
    "answers",
    [
        {"one": "a"}, {"one": "a", "some": ["b", "c"], "much": 5, "why": "so"}, {"one": "c", "much": 1},
    ],
)  # fmt: skip
def test_what_fits(answers: dict[str, Any]) -> None:
    assert faults_of(QUESTIONS, answers) == []


@pytest.mark.parametrize(
    ("answers", "fault"),
    [
        ({}, "one: answer this"), ({"one": "d"}, "one: choose one"), ({"one": ["a"]}, "one: choose one"),
        ({"one": "a", "some": []}, "some: choose"), ({"one": "a", "some": ["a", "a"]}, "some: choose"),
        ({"one": "a", "some": [{"a": 1}]}, "some: choose"), ({"one": "a", "much": 6}, "much: choose a number"),
        ({"one": "a", "much": True}, "much: choose a number"), ({"one": "a", "why": " "}, "why: write"),
        ({"one": "a", "why": "x" * (LONGEST + 1)}, "why: write"), ({"one": "a", "why": "\0"}, "why: write"),
        ({"one": "a", "two": "a"}, "two: there is no such question"),
    ],
)  # fmt: skip
def test_what_does_not(answers: dict[str, Any], fault: str) -> None:
    [found] = faults_of(QUESTIONS, answers)
    assert found.startswith(fault)


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "single"}, {"kind": "single", "options": OPTIONS[:1]}, {"kind": "scale", "options": OPTIONS},
        {"kind": "multiple", "options": [OPTIONS[0]] * 2}, {"kind": "text", "code": "A b"},
    ],
)  # fmt: skip
def test_what_is_no_question(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        question(**({"code": "x"} | fields))
