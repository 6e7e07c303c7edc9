"""The questions of a survey are data, and so are the answers: what fits, and what does not. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, Field, model_validator

from registry.api.fields import Line

__all__ = ["LONGEST", "Option", "Question", "QuestionKind", "Questions", "faults_of"]

LONGEST = 1_000
"""Characters of an answer in words."""

_Code = Annotated[str, Field(pattern="^[a-z][a-z0-9_]{0,39}$")]


class QuestionKind(StrEnum):
    """single: one of the options; multiple: any of them; scale: 1 to 5; text: words, which only staff read."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    SCALE = "scale"
    TEXT = "text"


class Option(BaseModel, extra="forbid"):
    """One that may be chosen."""

    code: _Code
    text_en: Line
    text_zh: Line


class Question(BaseModel, extra="forbid"):
    """options: of single and multiple, two at least."""

    code: _Code
    kind: QuestionKind
    text_en: Line
    text_zh: Line
    options: Annotated[list[Option], Field(max_length=20)] = Field(default_factory=list)
    required: bool = True

    @model_validator(mode="after")
    def _whole(self) -> Question:
        chooses = self.kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE)
        if chooses != (len(self.options) >= 2):
            raise ValueError("options belong to single and multiple, two at least")
        if len({one.code for one in self.options}) != len(self.options):
            raise ValueError("each option has a code of its own")
        return self


Questions = Annotated[list[Question], Field(min_length=1, max_length=30)]


def faults_of(questions: Sequence[Question], answers: Mapping[str, Any]) -> list[str]:
    """What is wrong with answers by the code of their question; empty where nothing is."""
    known = {one.code: one for one in questions}
    faults = [f"{code}: there is no such question" for code in answers if code not in known]
    for code, question in known.items():
        if code in answers:
            if (fault := _fault(question, answers[code])) is not None:
                faults.append(f"{code}: {fault}")
        elif question.required:
            faults.append(f"{code}: answer this, please")
    return faults


def _fault(question: Question, answer: Any) -> str | None:
    options = {one.code for one in question.options}
    match question.kind:
        case QuestionKind.SINGLE:
            return None if isinstance(answer, str) and answer in options else "choose one of the options"
        case QuestionKind.MULTIPLE:
            fits = isinstance(answer, list) and all(isinstance(one, str) and one in options for one in answer)
            return None if fits and 0 < len(set(answer)) == len(answer) else "choose some of the options"
        case QuestionKind.SCALE:
            fits = isinstance(answer, int) and not isinstance(answer, bool) and 1 <= answer <= 5
            return None if fits else "choose a number from 1 to 5"
        case QuestionKind.TEXT:
            fits = isinstance(answer, str) and 0 < len(answer.strip()) <= LONGEST and "\0" not in answer
            return None if fits else f"write up to {LONGEST} characters"
