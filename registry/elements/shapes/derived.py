"""The bodies that follow from others: what a change may say from what an addition says, a page from one record."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, create_model

from registry.api.fields import UNSET
from registry.elements.shapes.common import ElementIn, ElementPatch

__all__ = ["page_shape", "patch_of"]


def patch_of(body: type[ElementIn]) -> type[ElementPatch]:
    """`ThingPatch` of `ThingIn`: the same fields with the same limits, each of which may be left out."""
    fields: dict[str, Any] = {
        name: (Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation, UNSET)
        for name, field in body.model_fields.items()
        if name not in ElementIn.model_fields
    }
    doc = "What to change. A number is sent whole, or not at all; null takes it away."
    return create_model(_named(body, "In", "Patch"), __base__=ElementPatch, __doc__=doc, **fields)


def page_shape(out: type[BaseModel], title: str) -> type[BaseModel]:
    """`ThingPage` of `ThingOut`. title: what they are called."""
    fields: dict[str, Any] = {"items": list[out], "next": str | None}  # type: ignore[valid-type]  # made at run time
    return create_model(_named(out, "Out", "Page"), __doc__=f"{title} in the order they were added.", **fields)


def _named(model: type[BaseModel], suffix: str, becomes: str) -> str:
    return model.__name__.removesuffix(suffix) + becomes
