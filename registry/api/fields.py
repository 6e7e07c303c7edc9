"""Types of the fields that people fill in: the same limits in the API, in imports and in the OpenAPI document."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["SEPARATOR", "UNSET", "Id", "Line", "Listed", "Patch", "Seconds", "VersionedPatch"]

_LINE = r"^[^\x00-\x1f\x7f]*$"
_LISTED = r"^[^\s;\x00-\x1f\x7f]([^;\x00-\x1f\x7f]*[^\s;\x00-\x1f\x7f])?$"
_ID = r"^[^\s\x00-\x1f\x7f]([^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f])?$"

Id = Annotated[str, Field(min_length=1, max_length=128, pattern=_ID)]
"""A stable name: no control characters, no blank at either end."""

Line = Annotated[str, Field(min_length=1, max_length=200, pattern=_LINE)]
"""Text of one line."""

SEPARATOR = ";"
"""Between the values of one cell in an import."""

Listed = Annotated[str, Field(min_length=1, max_length=200, pattern=_LISTED)]
"""One of several values that may share a cell: text of one line without SEPARATOR, no blank at either end."""

Seconds = Annotated[float, Field(ge=0.001, lt=1e9, allow_inf_nan=False)]
"""A length of time, a millisecond at least."""

UNSET: Any = None
"""Default of a Patch's fields: left out means unchanged, and null is taken only where the field's type has it."""


def _without_defaults(schema: dict[str, Any]) -> None:
    for field in schema.get("properties", {}).values():
        field.pop("default", None)


class Patch(BaseModel):
    """The body of a PATCH: what is left out stays as it is. Fields have UNSET as default."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=_without_defaults)

    def changes(self) -> dict[str, Any]:
        """What was sent, by field."""
        return {name: getattr(self, name) for name in self.model_fields_set}


class VersionedPatch(Patch):
    """The body of a PATCH of what somebody else may have changed meanwhile. version: the one you saw."""

    version: int = Field(ge=1, le=2**31 - 1)

    def changes(self) -> dict[str, Any]:
        """What was sent, by field, without the version."""
        return {name: value for name, value in super().changes().items() if name != "version"}
