"""Asking an operator's routing engines, which may be slow, away or wrong: then somebody else's times are taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from dispatch.routing.model import BadAnswer, Engine, Place, Question, question_of, read
from dispatch.routing.ways import read_way, way_question_of
from dispatch.streets.model import Profile, StreetWay

__all__ = ["Fetch", "Routed", "RoutedWay", "Router"]

T = TypeVar("T")

PAUSE_S = 15.0
"""How long an engine that is away is left alone: a hanging one would make every recommendation slow."""

Fetch = Callable[[str, bytes | None], Awaitable[tuple[int, bytes]]]
"""(url, JSON to post or None to get) -> (status, body), bounded in time and size. Raises OSError where none came."""


@dataclass(frozen=True, slots=True)
class Routed:
    """What an engine told. seconds: from each place, None where no way leads; problem: why there are none at all."""

    engine: str
    seconds: list[float | None] | None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class RoutedWay:
    """What an engine told. problem: why there is no way."""

    engine: str
    way: StreetWay | None
    problem: str | None


class Router:
    """The engines of this process. outcomes: how many questions were answered, failed, or were not asked."""

    def __init__(self, engines: Sequence[Engine], fetch: Fetch, clock: Callable[[], float]) -> None:
        self._engines, self._fetch, self._clock = engines, fetch, clock
        self._left_alone: dict[Engine, float] = {}
        self.outcomes: Counter[str] = Counter()

    def serves(self, profile: Profile) -> bool:
        """Whether an engine may be asked for it."""
        return any(profile in one.profiles for one in self._engines)

    async def seconds_to(self, places: Sequence[Place], *, to: Place, profile: Profile) -> Routed:
        """From each place to `to`; of the first engine that has the profile. Call it only where one `serves` it."""
        engine = self._engine(profile)
        question = question_of(engine, places, to=to, profile=profile)
        seconds, problem = await self._ask(engine, question, lambda answer: read(engine.kind, answer, len(places)))
        return Routed(engine.kind, seconds, problem)

    async def way(self, start: Place, to: Place, *, profile: Profile) -> RoutedWay:
        """From start to `to`. Call it only where an engine `serves` the profile."""
        engine = self._engine(profile)
        question = way_question_of(engine, start, to, profile=profile)
        way, problem = await self._ask(engine, question, lambda answer: read_way(engine.kind, answer))
        return RoutedWay(engine.kind, way, problem)

    def _engine(self, profile: Profile) -> Engine:
        return next(one for one in self._engines if profile in one.profiles)

    async def _ask(
        self, engine: Engine, question: Question, understand: Callable[[bytes], T]
    ) -> tuple[T, None] | tuple[None, str]:
        """What it told, or why it told nothing."""
        if self._clock() < self._left_alone.get(engine, 0.0):
            return self._none("left_alone", f"{engine.kind} did not answer lately")
        try:
            status, answer = await self._fetch(question.url, question.body)
        except OSError as error:
            self._left_alone[engine] = self._clock() + PAUSE_S
            return self._none("failed", f"{engine.kind} did not answer: {error}")
        if status != 200:
            if status >= 500:
                self._left_alone[engine] = self._clock() + PAUSE_S
            return self._none("failed", f"{engine.kind} answered {status}")
        try:
            told = understand(answer)
        except BadAnswer as error:
            return self._none("failed", f"{engine.kind} answered, but {error}")
        self.outcomes["answered"] += 1
        return told, None

    def _none(self, outcome: str, problem: str) -> tuple[None, str]:
        self.outcomes[outcome] += 1
        return None, problem
