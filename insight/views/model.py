"""Saved views: a question to a page, kept under a name. Pure."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

__all__ = ["MOST_VIEWS", "Page", "Query"]

MOST_VIEWS = 200
"""Of one user."""

Page = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[a-z]+(/[a-z]+)*$")]
"""Where it opens: the path of a page without the first slash."""
_Name = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[a-z_]+$")]
_Value = Annotated[str, Field(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]
Query = Annotated[dict[_Name, _Value], Field(max_length=20)]
"""What stands behind the "?" of its address."""
