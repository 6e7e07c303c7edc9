"""What the bodies of all elements share."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, Field

from registry.api.fields import UNSET, Id, Line, Patch
from registry.api.paging import PageQuery

__all__ = [
    "Address", "ElementIn", "ElementOut", "ElementPatch", "ElementQuery", "Latitude", "Longitude", "Name", "Purpose",
    "Text", "bounds_of",
]  # fmt: skip

Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Text = Annotated[str, Field(max_length=2_000)]
Name = Annotated[str, Field(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]
"""A line that may be empty."""
Address = Annotated[str, Field(max_length=300, pattern=r"^[^\x00-\x1f\x7f]*$")]
Purpose = Annotated[str, Field(min_length=2, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*\S[^\x00-\x1f\x7f]*$")]
"""Why somebody looks at people; it goes on record."""


class Standing(BaseModel):
    """Where whoever fills this in stands, and what he says about it; both go on record."""

    at_latitude: Latitude | None = Field(None, description="where you stand, for the record")
    at_longitude: Longitude | None = None
    remark: Text | None = Field(None, description="about this change, for the record")


class ElementIn(Standing, extra="forbid"):
    """A record to add. id: made here where it is left out. organisation: left out, where the record lies."""

    id: Id | None = None
    organisation: Id | None = None


class ElementPatch(Patch, Standing):
    """What to change. version: the one you saw; 409 where it is not the newest any more."""

    version: int = Field(ge=1, le=2**31 - 1)
    organisation: Id = UNSET


class ElementOut(BaseModel):
    """A record. ended_at: since when it is no more."""

    id: str
    version: int
    organisation: str
    ended_at: datetime | None
    merged_into: str | None


def bounds_of(text: str) -> str:
    """The text, which is west,south,east,north in degrees."""
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError as error:
        raise ValueError("say west,south,east,north in degrees") from error
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise ValueError("say west,south,east,north in degrees, west before east and south before north")
    return text


class ElementQuery(PageQuery):
    """A page of records."""

    organisation: str | None = Field(None, max_length=128, description="id; its whole subtree")
    q: str | None = Field(None, max_length=100, description="part of a name, address or id, in any case")
    ended: bool = Field(False, description="true: those that are no more, too")

    def filters(self) -> dict[str, Any]:
        """What was asked, by name."""
        return {name: value for name, value in self.model_dump().items() if name not in ("cursor", "limit")}


class PlacedQuery(ElementQuery):
    """A page of records with a place."""

    bbox: Annotated[str, AfterValidator(bounds_of)] | None = Field(
        None, max_length=100, description="west,south,east,north"
    )


__all__ += ["Line", "PlacedQuery", "Standing"]
