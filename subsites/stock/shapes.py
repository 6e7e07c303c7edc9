"""The bodies of /stores and /commodities, in and out."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, Field, model_validator

from registry.api.fields import Id, Line
from registry.api.paging import PageQuery
from subsites.record.shapes import Text
from subsites.stock.model import Move

__all__ = [
    "Commodity", "CommodityList", "LedgerOut", "LedgerPage", "LedgerQuery", "MoveIn", "Quantity", "ReportOut",
    "ReportQuery", "StoreIn", "StoreOut", "StorePage",
]  # fmt: skip

Quantity = Annotated[int, Field(ge=1, le=1_000_000)]


class Commodity(BaseModel, extra="forbid"):
    """Something that is handed out. unit: what one of it is; retired: not chosen any more."""

    code: str = Field(pattern=r"^[a-z0-9-]{1,40}$")
    name_en: Line
    name_zh: Line
    unit_en: Line
    unit_zh: Line
    retired: bool = False


class CommodityList(BaseModel):
    """All of them, by code."""

    items: list[Commodity]


class StoreIn(BaseModel, extra="forbid"):
    """Where goods lie. organisation: id of whose they are."""

    organisation: Id
    name: Line
    address: Line | None = None


class Held(BaseModel):
    """How much there is of a commodity."""

    commodity: str
    quantity: int


class StoreOut(StoreIn, extra="ignore"):
    """A store, and what it has."""

    id: str
    version: int
    organisation_name: str
    stock: list[Held]
    created_at: datetime
    ended_at: datetime | None


class StorePage(BaseModel):
    """Stores, the newest first."""

    items: list[StoreOut]
    next: str | None


class MoveIn(BaseModel, extra="forbid"):
    """delivery: so much came; correction: so much more or less (negative) is there; transfer: so much goes to `to`."""

    kind: Literal[Move.DELIVERY, Move.CORRECTION, Move.TRANSFER]
    commodity: Id
    quantity: int = Field(ge=-1_000_000, le=1_000_000)
    to: Id | None = Field(None, description="id of another store, of a transfer")
    note: Text | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.quantity == 0 or (self.quantity < 0 and self.kind is not Move.CORRECTION):
            raise ValueError("a quantity is 1 or more; of a correction it may be less than 0")
        if (self.to is None) != (self.kind is not Move.TRANSFER):
            raise ValueError("say `to` of a transfer, and of nothing else")
        if self.kind is Move.CORRECTION and self.note is None:
            raise ValueError("say why stock is corrected: note")
        return self


class LedgerOut(BaseModel):
    """An entry. change: what came (positive) or went; balance: what was there after it."""

    at: datetime
    store: str
    store_name: str
    commodity: str
    kind: Move
    change: int
    balance: int
    other: str | None
    other_name: str | None
    receipt: str | None
    note: str | None
    actor: str


class LedgerPage(BaseModel):
    """Entries, the newest first."""

    items: list[LedgerOut]
    next: str | None


class LedgerQuery(PageQuery):
    """Which entries."""

    store: str | None = Field(None, max_length=128, description="id")
    commodity: str | None = Field(None, max_length=40, description="code")


class ReportQuery(BaseModel, extra="forbid"):
    """Of which organisation, and since when."""

    organisation: str | None = Field(None, max_length=128, description="id; its whole subtree")
    days: int = Field(30, ge=1, le=3_660, description="up to now")


class ReportRow(BaseModel):
    """opening + delivered - issued + moved + corrected = quantity; moved: by transfers, negative where they went."""

    store: str
    store_name: str
    organisation_name: str
    commodity: str
    opening: int
    delivered: int
    issued: int
    moved: int
    corrected: int
    quantity: int


class ReportOut(BaseModel):
    """By store and commodity. since: the beginning of what is counted."""

    since: datetime
    items: list[ReportRow]
