"""Columns of the exported tables, and how a value is written in a cell. Pure."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

__all__ = ["ASSIGNMENTS", "INCIDENTS", "Row", "cells", "csv_lines"]

Row = Mapping[str, Any]

INCIDENTS = (
    "id", "state", "kind", "kind_en", "kind_zh", "priority", "organisation", "place_organisation", "latitude",
    "longitude", "address", "description", "source", "contact", "reporter", "reporter_member", "drill", "reported_at",
    "accepted_at", "dispatched_at", "on_scene_at", "handled_at", "verified_at", "ended_at", "due_at", "escalations",
    "marks", "sent_back", "handled_by", "duplicate_of", "disposition", "policy",
)  # fmt: skip
ASSIGNMENTS = (
    "id", "incident", "member", "name", "department", "purpose", "state", "exclusive", "offered_at", "answer_by",
    "delivered_at", "acknowledged_at", "en_route_at", "arrival_proposed_at", "on_scene_at", "ended_at", "reason",
    "metres", "eta_s", "policy",
)  # fmt: skip

# What a spreadsheet takes for the start of a formula, behind whatever space it overlooks (OWASP, CSV injection).
_FORMULA = re.compile(r"\s*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def cells(row: Row, columns: Sequence[str]) -> list[Any]:
    """The values of a row, in the order of the columns."""
    return [row[name] for name in columns]


def csv_lines(rows: Iterable[Sequence[Any]]) -> bytes:
    """RFC 4180, UTF-8; a text that a spreadsheet would take for a formula has an apostrophe before it."""
    text = io.StringIO()
    csv.writer(text).writerows([_csv_cell(value) for value in row] for row in rows)
    return text.getvalue().encode()


def _csv_cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    if isinstance(value, str):
        return f"'{value}" if _FORMULA.match(value) else value
    return value
