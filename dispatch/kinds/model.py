"""Kinds of incidents: the catalogue that a city edits, after GB/T 30428. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Category", "Kind"]


class Category(StrEnum):
    """GB/T 30428 divides what is reported into things and events."""

    COMPONENT = "component"
    EVENT = "event"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind. priority: 1 (emergency) to 4. accept_s ... verify_s: limits in seconds, dispatch/incidents/model.py."""

    key: int
    code: str
    category: Category
    class_: str
    name_en: str
    name_zh: str
    department: str | None
    priority: int
    skills: list[str]
    accept_s: int
    arrive_s: int
    handle_s: int
    verify_s: int
    retired: bool
