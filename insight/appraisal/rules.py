"""The rules of the appraisal as data: what is measured at which level, what it is worth, and what costs points.

A measure is worth `points` where its value is `full_at` or better, and `less` for each unit that it lies below (a part
of a unit counts in proportion), never less than 0:

    on_time         % of the incidents due that were closed before a limit ran out, those deferred left out of both
    closing         % of the same incidents that are closed, late ones among them
    urgent_on_time  on_time of the urgent ones alone
    diary_number    diary entries a member
    diary_quality   mean rating, 1 to 5, of the entries that were drawn by chance and rated

A penalty costs points each time, `from_points` each from the `from_nth` on:

    failed_verification   somebody looked and sent the incident back to the handler; counted of each incident
    falsification         a supervisor found that the work was pretended
    overdue               an incident that a department was on was not done in time
    procrastination       a department answered an assignment after `hours`, or not at all
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

__all__ = ["LEVELS", "MEASURES", "PENALTIES", "PRESET", "Level", "LevelRules", "Measure", "Penalty", "Rules"]

Level = Literal["member", "grid", "community", "street", "department"]
LEVELS: tuple[Level, ...] = ("member", "grid", "community", "street", "department")
MeasureCode = Literal["on_time", "closing", "urgent_on_time", "diary_number", "diary_quality"]
MEASURES: tuple[MeasureCode, ...] = ("on_time", "closing", "urgent_on_time", "diary_number", "diary_quality")
PenaltyCode = Literal["failed_verification", "falsification", "overdue", "procrastination"]
PENALTIES: tuple[PenaltyCode, ...] = ("failed_verification", "falsification", "overdue", "procrastination")

Points = Annotated[Decimal, Field(ge=0, le=1000, max_digits=6, decimal_places=2)]


class _Rule(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Measure(_Rule):
    """points: at full_at or better; less: for each unit below."""

    code: MeasureCode
    points: Points
    full_at: Points
    less: Points


class Penalty(_Rule):
    """points: each time; from_points: each from the from_nth on. at_most: in one period, None without end.

    hours: of procrastination, how long a department may take to answer.
    """

    code: PenaltyCode
    points: Points
    from_nth: int | None = Field(None, ge=2, le=100)
    from_points: Points | None = None
    at_most: Points | None = None
    hours: int | None = Field(None, ge=1, le=2_000)

    @model_validator(mode="after")
    def _whole(self) -> Penalty:
        if (self.from_nth is None) != (self.from_points is None):
            raise ValueError("from_nth and from_points belong together: give both or neither")
        if (self.code == "procrastination") != (self.hours is not None):
            raise ValueError("hours belong to procrastination, which needs them")
        return self


class LevelRules(_Rule):
    """base: points that everybody has from the start. few: below so many incidents due, a score has no rank."""

    base: Points = Decimal(0)
    few: int = Field(3, ge=0, le=10_000)
    measures: tuple[Measure, ...] = Field(max_length=10)
    penalties: tuple[Penalty, ...] = Field(max_length=10)

    @model_validator(mode="after")
    def _once(self) -> LevelRules:
        for rules in (self.measures, self.penalties):
            codes = [rule.code for rule in rules]
            if len(codes) != len(set(codes)):
                raise ValueError("each measure and each penalty stands once")
        return self

    @property
    def possible(self) -> Decimal:
        """The best score."""
        return self.base + sum((measure.points for measure in self.measures), Decimal(0))


class Rules(_Rule):
    """All of them. period: how long one is. utc_offset_minutes: where a day begins. urgent: this priority or more.

    grace_days: how long after its end a period stays open for ratings and decisions. objection_days: after it was
    frozen. sample: diary entries drawn of each member. far_metres: feedback from farther away is looked into.
    """

    name: str = Field(min_length=1, max_length=200)
    period: Literal["month", "quarter"] = "month"
    utc_offset_minutes: int = Field(480, ge=-720, le=840)
    grace_days: int = Field(0, ge=0, le=30)
    objection_days: int = Field(7, ge=0, le=90)
    urgent: int = Field(2, ge=1, le=4)
    sample: int = Field(3, ge=1, le=20)
    far_metres: int = Field(500, ge=50, le=100_000)
    levels: dict[Level, LevelRules]

    def of(self, level: Level) -> LevelRules | None:
        """Of a level; None where it is not appraised."""
        return self.levels.get(level)


_RATES: list[dict[str, Any]] = [
    {"code": "on_time", "points": 50, "full_at": 70, "less": 1},
    {"code": "closing", "points": 20, "full_at": 90, "less": 1},
    {"code": "urgent_on_time", "points": 10, "full_at": 95, "less": 1},
]
_DIARY: list[dict[str, Any]] = [
    {"code": "diary_number", "points": 10, "full_at": 8, "less": "1.25"},
    {"code": "diary_quality", "points": 10, "full_at": 4, "less": "2.5"},
]
_FAILED: dict[str, Any] = {"code": "failed_verification", "points": "0.2", "from_nth": 3, "from_points": "0.5"}
_FALSE: dict[str, Any] = {"code": "falsification", "points": 1}


def _level(few: int, at_most: int | None) -> dict[str, Any]:
    return {
        "few": few, "measures": _RATES + _DIARY,
        "penalties": [_FAILED | {"at_most": at_most}, _FALSE | {"at_most": at_most}],
    }  # fmt: skip


PRESET = Rules.model_validate({
    "name": "A city's rules",
    "levels": {
        "member": _level(3, None), "grid": _level(3, None), "community": _level(5, 20), "street": _level(10, 20),
        "department": {
            "base": 20, "few": 3, "measures": _RATES,
            "penalties": [_FAILED, _FALSE, {"code": "overdue", "points": "0.5"},
                          {"code": "procrastination", "points": "0.5", "hours": 24}],
        },
    },
})  # fmt: skip
"""Where nobody has said anything else."""
