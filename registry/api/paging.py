"""Lists are paged by an opaque cursor: the key of the last row, so that pages stay right while rows are added."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from pydantic import BaseModel, Field

from registry.api.problems import BadRequest

__all__ = ["PageQuery", "after_key", "cursor_of", "next_of", "page_of"]


class Keyed(Protocol):
    """A row of a list that is no mapping."""

    @property
    def key(self) -> int: ...


_P = TypeVar("_P", bound=BaseModel)
_R = TypeVar("_R", bound=Mapping[str, Any] | Keyed)


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


def next_of(rows: Sequence[Mapping[str, Any] | Keyed], limit: int) -> str | None:
    """The cursor behind the last of these rows; None where the page is not full: it is the last."""
    if len(rows) < limit:
        return None
    last = rows[-1]
    return cursor_of(last["key"] if isinstance(last, Mapping) else last.key)


def page_of(shape: type[_P], rows: Sequence[_R], limit: int, tell: Callable[[_R], object] | None = None) -> _P:
    """Rows that have a `key`, as a model of `items` and `next`. tell: an item of a row; None: the row as it is."""
    items = rows if tell is None else [tell(row) for row in rows]
    return shape.model_validate({"items": items, "next": next_of(rows, limit)})
