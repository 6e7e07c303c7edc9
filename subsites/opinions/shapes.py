"""The bodies of /opinions, /surveys and what the public says and reads of them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, Field, model_validator

from registry.api.fields import UNSET, Id, Line, Patch
from registry.api.paging import PageQuery
from subsites.opinions.model import State, SurveyState, Topic
from subsites.opinions.questions import Question, Questions
from subsites.record.shapes import EntryOut, RoomQuery, Text, few_links

__all__ = [
    "AnswersIn", "OpinionDetail", "OpinionHeld", "OpinionIn", "OpinionOut",
    "OpinionPage", "OpinionQuery", "OpinionTaken", "PublicOpinion", "PublicOpinionPage", "PublicOpinionQuery",
    "PublicSurvey", "PublicSurveyList", "SurveyDetail", "SurveyIn", "SurveyOut", "SurveyPage", "SurveyPatch",
    "SurveyQuery", "VoiceIn", "VoicesOut",
]  # fmt: skip

_Title = Annotated[Line, Field(max_length=120)]
_About = Annotated[str, Field(max_length=2_000)]
_Voter = Annotated[str, Field(pattern="^[0-9a-zA-Z-]{32,64}$", description="a random number that the browser keeps")]


class OpinionIn(BaseModel, extra="forbid"):
    """What somebody thinks. organisation: whom it is for. website: a field that people leave empty."""

    organisation: Id
    topic: Topic
    title: _Title
    body: Text
    language: Literal["en", "zh"] = "zh"
    website: Annotated[str, Field(max_length=0)] = ""

    @model_validator(mode="after")
    def _whole(self) -> OpinionIn:
        return few_links(self, self.title, self.body)


class OpinionTaken(BaseModel):
    """code: shown now and never again; its holder reads what became of it."""

    id: str
    code: str
    organisation_name: str


class PublicOpinion(BaseModel):
    """What anybody reads. voices: how many others say the same."""

    id: str
    organisation: str
    organisation_name: str
    topic: Topic
    title: str
    body: str
    language: str
    state: State
    answer: str | None
    voices: int
    created_at: datetime


class OpinionHeld(PublicOpinion):
    """What its author reads. reason: why it is kept back."""

    reason: str | None


class OpinionOut(OpinionHeld):
    """As staff see it."""

    version: int
    moderator: str | None
    answered_by: str | None
    published_at: datetime | None
    ended_at: datetime | None


class OpinionDetail(OpinionOut):
    """With its record."""

    log: list[EntryOut]


class OpinionPage(BaseModel):
    """Opinions, the newest first."""

    items: list[OpinionOut]
    next: str | None


class PublicOpinionPage(BaseModel):
    """What is published, the newest first."""

    items: list[PublicOpinion]
    next: str | None


class OpinionQuery(RoomQuery):
    """Which ones. open: neither answered nor kept back."""

    state: State | None = None
    topic: Topic | None = None


class PublicOpinionQuery(PageQuery):
    """Which of what is published."""

    limit: int = Field(20, ge=1, le=100, description="rows a page at most")
    topic: Topic | None = None


class VoiceIn(BaseModel, extra="forbid"):
    """Somebody says the same."""

    voter: _Voter


class VoicesOut(BaseModel):
    """How many do."""

    voices: int


class SurveyIn(BaseModel, extra="forbid"):
    """A survey; closes_at: it takes no answers from then on."""

    organisation: Id
    title_en: _Title
    title_zh: _Title
    about_en: _About = ""
    about_zh: _About = ""
    questions: Questions
    closes_at: AwareDatetime | None = None

    @model_validator(mode="after")
    def _whole(self) -> SurveyIn:
        if len({one.code for one in self.questions}) != len(self.questions):
            raise ValueError("each question has a code of its own")
        return self


class SurveyPatch(Patch):
    """What to change of a draft. version: the one you saw."""

    version: int = Field(ge=1, le=2**31 - 1)
    title_en: _Title = UNSET
    title_zh: _Title = UNSET
    about_en: _About = UNSET
    about_zh: _About = UNSET
    questions: Questions = UNSET
    closes_at: AwareDatetime | None = UNSET


class _Survey(BaseModel):
    id: str
    organisation: str
    organisation_name: str
    state: SurveyState
    title_en: str
    title_zh: str
    about_en: str
    about_zh: str
    closes_at: datetime | None
    conclusion: str | None
    answers: int


class SurveyOut(_Survey):
    """A survey as staff see it in a list."""

    version: int
    created_at: datetime
    ended_at: datetime | None


class SurveyDetail(SurveyOut):
    """results: counts by question and option (or number). words: the newest answers in words, by question."""

    questions: list[Question]
    results: dict[str, dict[str, int]]
    words: dict[str, list[str]]
    log: list[EntryOut]


class SurveyPage(BaseModel):
    """Surveys, the newest first."""

    items: list[SurveyOut]
    next: str | None


class SurveyQuery(RoomQuery):
    """Which ones."""

    state: SurveyState | None = None


class PublicSurvey(_Survey):
    """results: of a closed one; empty before, so that nobody follows the others."""

    questions: list[Question]
    results: dict[str, dict[str, int]]


class PublicSurveyList(BaseModel):
    """Open ones, then those that closed last."""

    items: list[_Survey]


class AnswersIn(BaseModel, extra="forbid"):
    """Answers by the code of their question: a code, a list of codes, a number from 1 to 5, or words."""

    voter: _Voter
    answers: Annotated[dict[str, Any], Field(max_length=30)]
