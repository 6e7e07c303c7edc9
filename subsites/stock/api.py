"""/commodities, /stores and what they hold; /reports/stock.csv: the ledger as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dispatch.exports.service import csv_of
from registry.api.paging import after_key, page_of
from registry.api.route import ADMINISTRATORS, EVERYBODY, Call, Download, Route
from subsites.record.routes import CLERKS, READERS, RoomRoutes, listed
from subsites.record.shapes import RoomQuery
from subsites.stock.service import StockService
from subsites.stock.shapes import (
    Commodity,
    CommodityList,
    LedgerOut,
    LedgerPage,
    LedgerQuery,
    MoveIn,
    ReportOut,
    ReportQuery,
    StoreIn,
    StoreOut,
    StorePage,
)

__all__ = ["routes"]

_COLUMNS = tuple(LedgerOut.model_fields)


class _Handlers:
    def __init__(self, service: StockService) -> None:
        self._service = service

    async def commodities(self, _: Call) -> CommodityList:
        """What is handed out."""
        return CommodityList.model_validate({"items": await self._service.commodities()})

    async def put_commodity(self, call: Call) -> Commodity:
        """Add or change one."""
        body: Commodity = call.body
        await self._service.put_commodity(call.user, body.model_dump())
        return body

    async def add(self, call: Call) -> StoreOut:
        """A store."""
        body: StoreIn = call.body
        return StoreOut.model_validate(await self._service.add(call.user, body.model_dump(), call.idempotency_key))

    async def move(self, call: Call) -> StoreOut:
        """Goods come or go."""
        body: MoveIn = call.body
        row = await self._service.move(call.path["id"], call.user, body.model_dump(), call.idempotency_key)
        return StoreOut.model_validate(row)

    async def ledger(self, call: Call) -> LedgerPage:
        """Entries."""
        query: LedgerQuery = call.query
        rows = await self._entries(call, after_key(query.cursor), query.limit)
        return page_of(LedgerPage, rows, query.limit)

    async def report(self, call: Call) -> ReportOut:
        """What came and went."""
        query: ReportQuery = call.query
        since, rows = await self._service.report(call.user, query.organisation, query.days)
        return ReportOut.model_validate({"since": since, "items": rows})

    async def csv(self, call: Call) -> Download:
        """The ledger."""

        async def pages(before: int, limit: int) -> Sequence[dict[str, Any]]:
            return await self._entries(call, before, limit)

        return Download(media_type="text/csv; charset=utf-8", chunks=csv_of(_COLUMNS, pages), filename="stock.csv")

    async def _entries(self, call: Call, before: int, limit: int) -> list[dict[str, Any]]:
        asked: LedgerQuery = call.query
        return await self._service.ledger(
            call.user, before=before, limit=limit, store=asked.store, commodity=asked.commodity
        )


def routes(service: StockService) -> list[Route]:
    """The stores' routes."""
    handlers, tag, room = _Handlers(service), "stores", RoomRoutes("/stores", StoreOut)
    return [
        Route(method="GET", path="/commodities", handler=handlers.commodities, tag=tag, answer=CommodityList,
              summary="What is handed out", roles=EVERYBODY),
        Route(method="PUT", path="/commodities", handler=handlers.put_commodity, tag=tag, body=Commodity,
              answer=Commodity, summary="Add a commodity, or change the one of that code", roles=ADMINISTRATORS),
        listed("/stores", service.page, RoomQuery, StorePage, "Stores and what they hold, the newest first"),
        Route(method="POST", path="/stores", handler=handlers.add, tag=tag, body=StoreIn, answer=StoreOut, status=201,
              summary="Add a store", roles=CLERKS, problems=(404, 409), idempotent=True),
        room.command("movements", handlers.move, "Goods come, are counted or go to another store", MoveIn,
                     idempotent=True),
        Route(method="GET", path="/stock/ledger", handler=handlers.ledger, tag=tag, query=LedgerQuery,
              answer=LedgerPage, summary="Every change of stock, the newest first", roles=READERS),
        Route(method="GET", path="/stock/report", handler=handlers.report, tag=tag, query=ReportQuery,
              answer=ReportOut, summary="What each store holds, and what came and went", roles=READERS),
        Route(method="GET", path="/reports/stock.csv", handler=handlers.csv, tag="reports", query=LedgerQuery,
              media_type="text/csv", summary="The ledger of stock as CSV", roles=READERS),
    ]  # fmt: skip
