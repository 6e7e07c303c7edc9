"""Months and quarters in the time of the place, cut where other rules come into force. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from insight.appraisal.rules import PRESET, Rules

__all__ = ["Period", "Version", "follows", "in_force", "period_at"]

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Version:
    """Rules, and since when they are in force."""

    number: int
    in_force_from: datetime
    rules: Rules


@dataclass(frozen=True, slots=True)
class Period:
    """id: 2026-11 or 2026-Q4. From starts_at until before ends_at, aware UTC."""

    id: str
    starts_at: datetime
    ends_at: datetime
    version: int
    rules: Rules


def in_force(versions: Sequence[Version], at: datetime) -> Version:
    """The rules in force at that instant; the preset is version 0 of them."""
    found = Version(0, _BEGINNING, PRESET)
    for version in sorted(versions, key=lambda one: (one.in_force_from, one.number)):
        if version.in_force_from <= at:
            found = version
    return found


def period_at(versions: Sequence[Version], at: datetime) -> Period:
    """The period that holds that instant."""
    version = in_force(versions, at)
    zone = timezone(timedelta(minutes=version.rules.utc_offset_minutes))
    local = at.astimezone(zone)
    months = 3 if version.rules.period == "quarter" else 1
    first = (local.month - 1) // months * months + 1
    starts_at = datetime(local.year, first, 1, tzinfo=zone)
    ends_at = datetime(local.year + (first + months > 12), (first + months - 1) % 12 + 1, 1, tzinfo=zone)
    name = f"{local.year}-Q{(first + 2) // 3}" if months == 3 else f"{local.year}-{first:02}"
    starts_at = max(starts_at.astimezone(UTC), version.in_force_from)
    later = [one.in_force_from for one in versions if one.in_force_from > at]
    return Period(name, starts_at, min([ends_at.astimezone(UTC), *later]), version.number, version.rules)


def follows(versions: Sequence[Version], period: Period) -> Period:
    """The period after it."""
    return period_at(versions, period.ends_at)
