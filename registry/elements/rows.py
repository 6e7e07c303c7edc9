"""Rows of files as elements: the API's own models, read from cells. Pure."""

from __future__ import annotations

import json
from copy import copy
from typing import Any

from pydantic import create_model, model_validator

from registry.api.fields import SEPARATOR, Id
from registry.elements.model import ElementType
from registry.imports.shapes import Shape
from registry.organisations.territory import label_of, territory_from

__all__ = ["ElementShape", "shape_of"]

_NOT_IN_FILES = {"id", "at_latitude", "at_longitude", "remark"}


class ElementShape(Shape):
    """A row of any element: an empty cell is the column's default, several values have SEPARATOR between."""

    organisation: Id | None = None

    @model_validator(mode="before")
    @classmethod
    def _read(cls, row: Any) -> Any:
        cells = _placed(cls, dict(row))
        return {
            name: _value(cell, cls.model_fields[name].annotation, default=cls.model_fields[name].get_default())
            for name, cell in cells.items()
            if name in cls.model_fields
        }


def shape_of(kind: ElementType) -> type[ElementShape]:
    """The rows of that element: the fields of the API's body, with an id that must be there."""
    fields: dict[str, Any] = {
        name: (field.annotation, copy(field))
        for name, field in kind.body.model_fields.items()
        if name not in _NOT_IN_FILES
    }
    return create_model(f"{kind.word.title()}Row", __base__=ElementShape, **fields)


def _placed(cls: type[Shape], row: dict[str, Any]) -> dict[str, Any]:
    """A GeoJSON geometry in the columns that the element has: a point, or a footprint and the point in its middle."""
    geometry = row.pop("territory", None)
    if not isinstance(geometry, dict) or "latitude" not in cls.model_fields:
        return row
    if geometry.get("type") == "Point":
        longitude, latitude = geometry["coordinates"][:2]
        return row | {"latitude": latitude, "longitude": longitude}
    if "footprint" in cls.model_fields:
        footprint = territory_from(geometry)
        longitude, latitude = label_of(footprint)["coordinates"]
        return {"latitude": latitude, "longitude": longitude} | row | {"footprint": footprint}
    return row


def _value(cell: Any, annotation: Any, *, default: Any) -> Any:
    if cell is None:
        return default
    if not isinstance(cell, str):
        return cell
    written = str(annotation)
    if "dict" in written or "Entrance" in written:
        return json.loads(cell)
    if "list" in written:
        return [part.strip() for part in cell.split(SEPARATOR) if part.strip()]
    return cell
