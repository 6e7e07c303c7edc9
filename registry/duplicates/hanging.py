"""What hangs on a record, and how it is moved to another. SQL out of names that are ours; pure."""

from __future__ import annotations

from dataclasses import dataclass

from registry.elements.model import Element
from registry.elements.types import TYPES

__all__ = ["HANGING", "Hanging"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hanging:
    """Rows that are about a record. column: has its key; key: names the row itself.

    about: the column that names the element, where it may be any; element: the one that it always is.
    once: what another row `o` of the same table must not be beside the row `t`, where a record has only one of them.
    """

    table: str
    column: str = "record"
    key: str = "key"
    about: str | None = None
    element: Element | None = None
    once: str | None = None

    def move(self) -> str:
        """From `source` to `target`; only: no more than these rows."""
        mine = "" if self.about is None else f"t.{self.about} = %(element)s AND"
        same = "" if self.about is None else f"o.{self.about} = t.{self.about} AND"
        free = f"""AND NOT EXISTS (SELECT FROM {self.table} o
                   WHERE {same} o.{self.column} = %(target)s AND {self.once})"""
        return f"""UPDATE {self.table} t SET {self.column} = %(target)s
                   WHERE {mine} t.{self.column} = %(source)s
                     AND (%(only)s::bigint[] IS NULL OR t.{self.key} = ANY(%(only)s)) {free if self.once else ""}
                   RETURNING t.{self.key} AS key"""


HANGING = (
    Hanging(table="form_entries", about="element"),
    Hanging(table="attachments", about="subject"),
    Hanging(table="diary_visited", about="element", key="entry", once="o.entry = t.entry"),
    Hanging(table="inspections", column="place", element=Element.PLACES,
             once="o.plan = t.plan AND o.state = 'due' AND t.state = 'due'"),
    Hanging(table="queue_windows", column="place", element=Element.PLACES,
            once="o.ended_at IS NULL AND t.ended_at IS NULL"),
    Hanging(table="distribution_households", column="household", key="distribution", element=Element.HOUSEHOLDS,
             once="o.distribution = t.distribution"),
    Hanging(table="receipts", column="household", element=Element.HOUSEHOLDS, once="o.distribution = t.distribution"),
    Hanging(table="help_cases", column="household", element=Element.HOUSEHOLDS),
    Hanging(table="help_cases", column="person", element=Element.PEOPLE),
    *(
        Hanging(table=other.element, column=column, element=reference.element)
        for other in TYPES.values()
        for column, reference in other.references.items()
    ),
)  # fmt: skip
"""What is about a record, and moves with it where two become one."""
