"""The catalogue as a file: `gridwarden import kinds FILE`, `gridwarden export kinds`. The column `id` is the code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from psycopg import AsyncConnection
from pydantic import Field, StringConstraints, field_validator

from dispatch.kinds.model import Category
from dispatch.kinds.store import CODE, LONGEST_LIMIT_S, KindStore
from registry.api.fields import Id, Line
from registry.imports.kinds import Kind
from registry.imports.shapes import Shape

__all__ = ["CATALOGUE", "KindShape"]

_Limit = Annotated[int, Field(ge=1, le=LONGEST_LIMIT_S)]


class KindShape(Shape):
    """priority: empty, 3. skills: words with blanks between. Limits in seconds."""

    id: Annotated[str, StringConstraints(pattern=CODE)]
    category: Category
    class_: Line = Field(alias="class")
    name_en: Line
    name_zh: Line
    department: Line | None = None
    priority: int | None = Field(None, ge=1, le=4)
    skills: list[Id] = Field(default_factory=list, max_length=20)
    accept_s: _Limit
    arrive_s: _Limit
    handle_s: _Limit
    verify_s: _Limit
    retired: bool | None = None

    @field_validator("skills", mode="before")
    @classmethod
    def _words(cls, value: Any) -> Any:
        return value.split() if isinstance(value, str) else value or []


async def _write(connection: AsyncConnection, rows: Mapping[int, KindShape]) -> dict[int, str]:
    store = KindStore(connection)
    for row in rows.values():
        said = row.model_dump(exclude={"id"}, exclude_unset=True)
        if row.has("priority"):
            said["priority"] = row.priority or 3
        if row.has("retired"):
            said["retired"] = bool(row.retired)
        if await store.find(row.id) is None:
            await store.add({"code": row.id, "priority": 3} | said)
        else:
            await store.change(row.id, {name.rstrip("_"): value for name, value in said.items()})
    return {}


CATALOGUE = Kind(
    KindShape,
    ("id", "category", "class", "name_en", "name_zh", "department", "priority", "skills", "accept_s", "arrive_s",
     "handle_s", "verify_s", "retired"),
    _write,
    """SELECT code, category, class, name_en, name_zh, department, priority, array_to_string(skills, ' '), accept_s,
              arrive_s, handle_s, verify_s, retired FROM incident_kinds ORDER BY code""",
)  # fmt: skip
"""Of `gridwarden import` and `export`."""
