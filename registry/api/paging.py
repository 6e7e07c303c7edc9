"""Lists are paged by an opaque cursor: the key of the last row, so that pages stay right while rows are added."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, Field

from registry.api.problems import BadRequest

__all__ = ["PageQuery", "after_key", "cursor_of", "page_of"]

_P = TypeVar("_P", bound=BaseModel)


class PageQuery(BaseModel, extra="forbid"):
    """Query parameters of every paged list."""

    cursor: str | None = Field(None, max_length=64, description="`next` of the page before")
    limit: int = Field(200, ge=1, le=2_000, description="rows a page at most")


def cursor_of(key: int) -> str:
    """The cursor behind the row with this key."""
    return base64.urlsafe_b64encode(str(key).encode()).decode().rstrip("=")


def after_key(cursor: str | None) -> int:
    """The key that a cursor stands behind, 0 for the first page. Raises BadRequest."""
    if cursor is None:
        return 0
    try:
        key = int(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error) as error:
        raise BadRequest("this cursor is not one of ours: start again without it") from error
    if not 0 <= key < 1 << 62:
        raise BadRequest("this cursor is not one of ours: start again without it")
    return key


def page_of(shape: type[_P], rows: Sequence[Mapping[str, Any]], limit: int) -> _P:
    """Rows that have a `key`, as a model of `items` and `next`; a page that is not full is the last."""
    more = cursor_of(rows[-1]["key"]) if len(rows) == limit else None
    return shape.model_validate({"items": rows, "next": more})
